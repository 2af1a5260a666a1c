/** Runs programs in turn and tells what they took. */
import { spawn } from "node:child_process";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import path from "node:path";
import type { Bench } from "./section.ts";

/** A program that is to be measured: a script with its arguments. */
export interface Contestant {
  readonly script: string;
  readonly args: readonly string[];
  /** What it writes: removed before each run, and measured after the last. */
  readonly out: string;
  /** Whether what it wrote before stays there. Default: no. */
  readonly keepsOutput?: boolean;
}

/** Medians of all rounds. */
export interface Cost {
  /** Seconds until the program has ended. */
  readonly wall: number;
  /** Seconds of all its threads, system included. */
  readonly cpu: number;
  /** Bytes it held at most. */
  readonly memory: number;
  /** Bytes it wrote. */
  readonly written: number;
}

/** Runs all of them one after the other, as often as there are rounds, so that what else the machine does meets each alike. */
export async function measure(bench: Bench, contestants: readonly Contestant[]): Promise<readonly Cost[]> {
  const runs = contestants.map((): Omit<Cost, "written">[] => []);
  for (let round = 0; round < bench.rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      if (contestant.keepsOutput !== true) await rm(contestant.out, { recursive: true, force: true });
      runs[index]?.push(await once(bench, contestant));
    }
  }
  return Promise.all(
    runs.map(async (own, index) => ({
      wall: median(own.map(({ wall }) => wall)),
      cpu: median(own.map(({ cpu }) => cpu)),
      memory: median(own.map(({ memory }) => memory)),
      written: await sizeOf(contestants[index]?.out ?? ""),
    })),
  );
}

/** What the figures were measured on and how; the load tells whether the machine was ours alone. */
export function circumstances(bench: Bench, node: string = bench.peers.nodeVersion): string {
  const rounds = `${bench.rounds} ${bench.rounds === 1 ? "round" : "rounds"} in turn, medians`;
  const load = loadavg()[0] ?? 0;
  const cores = availableParallelism();
  const busy = load > 1.5 ? ` The machine had other work: at the end its load was ${load.toFixed(1)}.` : "";
  return `Node ${node}, ${cores} cores, ${rounds}.${busy}`;
}

/** Rows under a heading, as a Markdown table; all columns but the first are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return line(head) + line(head.map((_, index) => (index === 0 ? "---" : "--:"))) + rows.map(line).join("");
}

export function seconds(value: number): string {
  return `${value.toFixed(value < 1 ? 2 : 1)} s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

async function once(bench: Bench, { script, args }: Contestant): Promise<Omit<Cost, "written">> {
  const note = path.join(bench.work, "usage.json");
  await rm(note, { force: true });
  // The program itself notes what it used, since a parent is not told.
  const hook = `import { writeFileSync } from "node:fs";
process.on("exit", () => writeFileSync(${JSON.stringify(note)}, JSON.stringify(process.resourceUsage())));`;
  const started = performance.now();
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(bench.peers.node, ["--import", `data:text/javascript,${encodeURIComponent(hook)}`, script, ...args], {
      cwd: bench.work,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, NO_COLOR: "1", CI: "1", REDOCLY_TELEMETRY: "off" },
    });
    child.on("error", reject);
    child.on("close", resolve);
  });
  const wall = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${script} ${args.join(" ")} ended with ${code}.`);
  const usage = JSON.parse(await readFile(note, "utf8")) as NodeJS.ResourceUsage;
  // In kilobytes, as getrusage(2) has it.
  return { wall, cpu: (usage.userCPUTime + usage.systemCPUTime) / 1e6, memory: usage.maxRSS * 1024 };
}

async function sizeOf(place: string): Promise<number> {
  const found = await stat(place).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.size;
  const names = await readdir(place, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => stat(path.join(place, name))));
  return sizes.reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
