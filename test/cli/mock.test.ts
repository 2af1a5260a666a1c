import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { openWorkspace, smallDocument, type Workspace } from "../support/command-line.ts";

const tool = fileURLToPath(new URL("../../generator/cli.ts", import.meta.url));
let place: Workspace;
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
  place.close();
});

/** Starts the mock, and waits until what it prints holds a text. */
function start(argv: readonly string[]): {
  readonly until: (text: string) => Promise<string>;
  readonly ended: Promise<number | null>;
} {
  const running = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), tool, "mock", ...argv], { cwd: place.folder });
  child = running;
  let printed = "";
  const wakers = new Set<() => void>();
  for (const stream of [running.stdout, running.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      for (const wake of wakers) wake();
    });
  return {
    until: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!printed.includes(text)) return;
          wakers.delete(look);
          resolve(printed);
        };
        wakers.add(look);
        look();
      }),
    ended: new Promise((resolve) => running.on("exit", resolve)),
  };
}

const urlIn = (printed: string): string => /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? "";

it("serves, logs what is asked, reads the document again when it changes, and leaves with Ctrl+C", async () => {
  place = openWorkspace({ "api.yaml": smallDocument() });
  const mock = start(["api.yaml", "--port", "0", "--watch"]);
  const url = urlIn(await mock.until("stop: Ctrl+C"));
  expect((await fetch(`${url}/pets/1`)).status).toBe(200);
  expect(await mock.until("getPet")).toMatch(/\n {2}\d\d:\d\d:\d\d {2}GET \/pets\/1 {2}200 {2}[\d.]+ ms {3}getPet\n/);
  place.put("api.yaml", smallDocument({ "/pets/{id}": "/cats/{id}" }));
  await mock.until("Read again");
  expect([(await fetch(`${url}/cats/1`)).status, (await fetch(`${url}/pets/1`)).status]).toEqual([200, 404]);
  place.put("api.yaml", "openapi: 3.1.0\npaths: 7\n");
  await mock.until("goes on as before");
  expect((await fetch(`${url}/cats/1`)).status).toBe(200);
  child?.kill("SIGINT");
  expect(await mock.ended).toBe(0);
});

it("says in a line that the port is taken", async () => {
  place = openWorkspace({ "api.yaml": smallDocument() });
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { code, err } = await place.run(["mock", "api.yaml", "--port", String(port)]);
  other.close();
  expect([code, err]).toEqual([
    2,
    `openapi-triad: Port ${port} of 127.0.0.1 is taken by another program. Choose another with --port, or --port 0 for any that is free.\n`,
  ]);
});

it("shows the errors of a document, and ends", async () => {
  place = openWorkspace({ "api.yaml": "openapi: 3.1.0\npaths: 7\n" });
  const { code, err } = await place.run(["mock", "api.yaml", "--port", "0"]);
  expect(code).toBe(1);
  expect(err).toContain("api.yaml");
});
