import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { circumstances, measure, megabytes, median, table } from "./measure.ts";
import { ours } from "./ours.ts";
import type { Bench, Section } from "./section.ts";
import { answers, type Call, document, probes, scenarios } from "./server/document.ts";
import { load } from "./server/load.ts";
import { installServers } from "./server/peers.ts";

interface Contestant {
  readonly name: string;
  readonly program: string;
  readonly argv?: readonly string[];
}

const contestants: readonly Contestant[] = [
  { name: "node:http, a constant answer", program: "bare" },
  { name: "**openapi-triad**", program: "ours" },
  { name: "openapi-triad, one reply in 100 checked", program: "ours", argv: ["sample"] },
  { name: "openapi-triad, every reply checked", program: "ours", argv: ["always"] },
  { name: "fastify 5.12 with its own schemas", program: "fastify" },
  { name: "fastify-openapi-glue 4.11", program: "glue" },
  { name: "hono 4.13 + @hono/zod-openapi 1.6", program: "hono" },
  { name: "express 5 + express-openapi-validator 5.6", program: "validator" },
  { name: "express 5 + openapi-backend 5.21", program: "backend" },
];

/** Microseconds of CPU that each server has for a request of one kind before it is measured, and in each round. */
const [warmUp, slice] = [1_500_000, 250_000];

/** What a request costs a server: the time of its processor, from one process to another over loopback. */
export const server: Section = {
  title: "What a request costs",
  async run(bench) {
    const home = installServers(path.join(bench.root, "node_modules/.cache/openapi-triad-bench-server"));
    cpSync(path.join(import.meta.dirname, "server/programs"), home, { recursive: true });
    writeFileSync(path.join(home, "subject.json"), JSON.stringify({ document, answers }));
    const spec = path.join(bench.work, "pets.json");
    writeFileSync(spec, JSON.stringify(document));
    await compiled(bench, spec, path.join(home, "ours"));
    const rows = await compare(bench, home);
    await compiled(bench, path.join(bench.corpus, "github.json"), path.join(home, "github"));
    return `A document of 43 operations, on 32 connections. CPU microseconds a request of the server's process, its threads included, and in
brackets how much that is to the bare server in the same round, which reads the same bodies and sends the same texts, made before. All take turns:
each has 1.5 s of CPU for each kind of request to warm up, and a quarter of a second in each round. All but the bare one decode and check parameters
and bodies by the document, and write their answers anew each time; Fastify writes them by its schemas, ours holds them to none unless the row
says so. Express makes no \`ETag\` here, as none of the others does. ${circumstances(bench, process.versions.node)}\n\n${rows}\n${await github(home)}`;
  },
};

/** Generates and compiles a server into a folder. */
async function compiled(bench: Bench, spec: string, target: string): Promise<void> {
  const contestant = ours(bench, spec, path.basename(target), ["types", "server", "validators"]);
  await measure({ ...bench, rounds: 1 }, [contestant]);
  const files = readdirSync(contestant.out, { recursive: true }).map((file) => path.join(contestant.out, String(file)));
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: files.filter((file) => file.endsWith(".ts")),
    outbase: contestant.out,
    outdir: target,
    format: "esm",
    platform: "node",
    target: "es2022",
  });
}

interface Running extends Contestant {
  readonly child: ChildProcess;
  readonly port: number;
  readonly statuses: readonly number[];
}

async function compare(bench: Bench, home: string): Promise<string> {
  const running: Running[] = [];
  try {
    for (const contestant of contestants) running.push(await start(home, contestant));
    const columns = Object.keys(scenarios).map((): string[] => []);
    for (const [index, call] of Object.values(scenarios).entries()) {
      const counts: number[] = [];
      for (const one of running) counts.push(await warmed(one, call));
      // A row for each round, so that a server is compared with what the bare one took at the same time.
      const rounds: number[][] = [];
      for (let round = 0; round < bench.rounds; round++) {
        const costs: number[] = [];
        // Each round begins with another, so that none always follows the same one.
        for (const index of running.keys()) {
          const place = (index + round) % running.length;
          const one = running[place];
          if (one !== undefined) costs[place] = await cost(one, call, counts[place] ?? 1);
        }
        rounds.push(costs);
      }
      for (const place of running.keys()) {
        const own = median(rounds.map((costs) => costs[place] ?? 0));
        const ratio = median(rounds.map((costs) => (costs[place] ?? 0) / (costs[0] ?? 1)));
        columns[index]?.push(`${own.toFixed(0)} (${ratio.toFixed(2)}×)`);
      }
    }
    const cells = running.map(({ name, statuses }, place) => [
      name,
      ...columns.map((column) => column[place] ?? ""),
      statuses.join(" "),
    ]);
    return table(["server", ...Object.keys(scenarios), "statuses"], cells);
  } finally {
    for (const { child } of running) child.disconnect();
  }
}

/** CPU microseconds that a request takes. */
async function cost({ child, port }: Running, call: Call, count: number): Promise<number> {
  const before = await usage(child);
  await load(port, call, count);
  return ((await usage(child)).cpu - before.cpu) / count;
}

/** Warms a server up for a request, and tells how many of them fill its time in a round. */
async function warmed(server: Running, call: Call): Promise<number> {
  const chunk = 1000;
  let each = 0;
  for (let spent = 0; spent < warmUp; spent += each * chunk) each = await cost(server, call, chunk);
  return Math.ceil(slice / each);
}

// Who answers a request that is right with anything else is not compared; 404 in place of 405 is told by the table.
async function start(home: string, contestant: Contestant): Promise<Running> {
  const child = forked(path.join(home, `${contestant.program}.mjs`), contestant.argv);
  const { port } = await told<{ port: number }>(child);
  const statuses: number[] = [];
  for (const probe of probes) {
    const [status = 0] = [...(await load(port, probe, 1)).keys()];
    if (contestant.program !== "bare" && status !== probe.status && probe.status !== 405)
      throw new Error(`${contestant.name} answers ${probe.method} ${probe.path} with ${status}, not ${probe.status}.`);
    statuses.push(status);
  }
  for (const { method, path: target, body = null, answer } of Object.values(scenarios)) {
    const headers = { Accept: "application/json", "Content-Type": "application/json" };
    const response = await fetch(`http://127.0.0.1:${port}${target}`, { method, body, headers });
    assert.deepEqual(await response.json(), answer, `${contestant.name} answers ${method} ${target} with something else.`);
  }
  return { ...contestant, child, port, statuses };
}

// Without the flags of this process, which bring a loader of TypeScript with them.
function forked(program: string, argv: readonly string[] = []): ChildProcess {
  return fork(program, argv, { env: { ...process.env, NODE_ENV: "production" }, execArgv: [] });
}

function usage(child: ChildProcess): Promise<{ readonly cpu: number; readonly memory: number }> {
  const answer = told<{ cpu: number; memory: number }>(child);
  child.send("usage");
  return answer;
}

function told<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`A server ended with ${code}.`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      // The programs beside this file send nothing else.
      resolve(message as Message);
    });
  });
}

async function github(home: string): Promise<string> {
  const child = forked(path.join(home, "github.mjs"));
  const {
    start: ready,
    memory,
    routing,
    operations,
  } = await told<{
    start: number;
    memory: number;
    routing: number;
    operations: number;
  }>(child);
  child.disconnect();
  return `GitHub's document, ${operations} operations: from the start of the program until its router is there ${ready.toFixed(0)} ms of CPU, and then
${megabytes(memory)} of memory (RSS); to find the operation of a path takes ${routing.toFixed(2)} µs.`;
}
