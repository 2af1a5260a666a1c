/** Spector as a server that judges each request. */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { spectorProgram, specsFolder } from "./packages.ts";

/** What Spector says of a scenario once its calls are made. */
export type Verdict = "pass" | "fail" | "not-implemented";

export interface MockServer {
  readonly url: string;
  verdicts(): Promise<Readonly<Record<string, Verdict>>>;
  close(): Promise<void>;
}

/** Starts the mock server on a port that the system chooses. */
export async function startMockServer(home: string): Promise<MockServer> {
  const argv = [
    spectorProgram(home),
    "serve",
    specsFolder(home),
    "--port",
    "0",
    "--coverageFile",
    path.join(home, "coverage.json"),
  ];
  const child = spawn(process.execPath, argv, { cwd: home, stdio: ["ignore", "pipe", "pipe"] });
  const url = `http://localhost:${await portOf(child)}`;
  return {
    url,
    async verdicts() {
      const reports = (await (await fetch(`${url}/.coverage`)).json()) as readonly {
        readonly results: Record<string, Verdict>;
      }[];
      return Object.assign({}, ...reports.map(({ results }) => results)) as Record<string, Verdict>;
    },
    close: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill();
      }),
  };
}

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const port = /Started server on (\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("exit", () => reject(new Error(`Spector does not start: ${said}`)));
  });
}
