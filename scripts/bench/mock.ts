/** The mock beside Prism on GitHub's document: how long each takes until it answers, and what a request costs. Linux alone tells the CPU time. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { Agent, get } from "node:http";
import path from "node:path";
import type { Bench, Section } from "./section.ts";

export const mock: Section = { title: "Mock server", run };

const peer = "@stoplight/prism-cli@5.14.2";
const target = "/repos/ada/engine/labels";

interface Measured {
  /** Seconds of CPU until the first answer. */
  readonly start: number;
  /** Microseconds of CPU for a request. */
  readonly request: number;
  /** Requests a second, by the clock; whoever asks takes his share of the machine. */
  readonly rate: number;
}

async function run({ root, work, corpus, rounds }: Bench): Promise<string> {
  const folder = path.join(root, "node_modules/.cache/openapi-triad-prism");
  mkdirSync(folder, { recursive: true });
  const script = path.join(folder, "node_modules/@stoplight/prism-cli/dist/index.js");
  if (!existsSync(script))
    execFileSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", peer], {
      stdio: "inherit",
    });
  const document = path.join(corpus, "github.json");
  const ours = await best(rounds, () =>
    measured([path.join(root, "dist/cli.js"), "mock", document, "--port", "4917"], 4917, work, 4_000),
  );
  const theirs = await best(Math.min(rounds, 2), () => measured([script, "mock", document, "-p", "4918"], 4918, work, 200));
  const row = (name: string, { start, request, rate }: Measured): string =>
    `| ${name} | ${start.toFixed(1)} s | ${Math.round(request)} µs | ${Math.round(rate).toLocaleString("en")} |`;
  return [
    `GitHub's document, 1,223 operations; \`GET ${target}\` with 8 connections. CPU time of the process, which a busy machine does not change as it does the clock; requests a second by the clock, the asking process beside it. Best of the rounds.`,
    [
      "| | until it answers | a request | requests a second |",
      "| --- | --- | --- | --- |",
      row("openapi-triad mock", ours),
      row(peer, theirs),
      `| ratio | ${(theirs.start / ours.start).toFixed(1)} × | ${(theirs.request / ours.request).toFixed(1)} × | ${(ours.rate / theirs.rate).toFixed(1)} × |`,
    ].join("\n"),
  ].join("\n\n");
}

async function best(rounds: number, measure: () => Promise<Measured>): Promise<Measured> {
  const all: Measured[] = [];
  for (let round = 0; round < rounds; round++) all.push(await measure());
  return {
    start: Math.min(...all.map(({ start }) => start)),
    request: Math.min(...all.map(({ request }) => request)),
    rate: Math.max(...all.map(({ rate }) => rate)),
  };
}

async function measured(argv: readonly string[], port: number, cwd: string, requests: number): Promise<Measured> {
  const child = spawn(process.execPath, argv, { cwd, stdio: "ignore" });
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const ask = (): Promise<number> =>
    new Promise((resolve, reject) => {
      get({ port, host: "127.0.0.1", path: target, agent, headers: { authorization: "Bearer token" } }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      }).on("error", reject);
    });
  const many = async (count: number): Promise<void> => {
    let left = count;
    const one = async (): Promise<void> => {
      while (left-- > 0) if ((await ask()) !== 200) throw new Error("The answer is not 200.");
    };
    await Promise.all(Array.from({ length: 8 }, one));
  };
  try {
    for (let status = 0; status !== 200;)
      status = await ask().catch(() => {
        if (child.exitCode !== null) throw new Error(`${argv.join(" ")} ended.`);
        return new Promise<number>((resolve) => setTimeout(() => resolve(0), 50));
      });
    const start = cpuOf(child);
    // What is compiled as it runs is not counted.
    await many(requests / 2);
    const [before, started] = [cpuOf(child), performance.now()];
    await many(requests);
    const rate = requests / ((performance.now() - started) / 1_000);
    return { start, request: ((cpuOf(child) - before) * 1e6) / requests, rate };
  } finally {
    agent.destroy();
    child.kill();
  }
}

/** User and system time in seconds: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function cpuOf({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
