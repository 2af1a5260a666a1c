/**
 * `soak.ts [--minutes 10] [--callers 32]`: the generated server under full load on loopback, from callers of whom most are honest, some
 * wrong, and some gone before the end. Exit code 1 when its memory grows, a request hangs, or it answers 500.
 */
import { fork } from "node:child_process";
import { loadavg } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startLoad } from "./malice/load.ts";
import type { Held } from "./malice/soak-server.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, callers: { type: "string", default: "32" } },
});
const seconds = Number(values.minutes) * 60;
const every = Math.max(1, Math.min(10, seconds / 30));

const server = fork(path.join(import.meta.dirname, "malice/soak-server.ts"), [], {
  execArgv: ["--expose-gc", "--import", "tsx"],
});
server.once("exit", (code) => {
  if (code !== 0 && code !== null) throw new Error(`The server has ended with ${code}.`);
});
const told = <Message>(): Promise<Message> =>
  new Promise((resolve) => server.once("message", (message) => resolve(message as Message)));
const { port } = await told<{ readonly port: number }>();
const measure = (): Promise<Held> => {
  const held = told<Held>();
  server.send("measure");
  return held;
};

const mebibyte = 1_048_576;
const load = startLoad(port, Number(values.callers));
const samples: (Held & { readonly at: number })[] = [];
const started = performance.now();
const before = await measure();
console.log("seconds   requests/s   p50 ms   p99 ms      RSS      heap  external  open");
for (let count = 0; ;) {
  await wait(every * 1000);
  const at = (performance.now() - started) / 1000;
  const held = await measure();
  samples.push({ ...held, at });
  const rate = (load.latencies.count - count) / every;
  count = load.latencies.count;
  const row = [
    at.toFixed(0),
    rate.toFixed(0),
    millis(load.latencies.percentile(50)),
    millis(load.latencies.percentile(99)),
    ...sizes(held),
    total(held),
  ];
  const widths = [7, 12, 8, 8, 8, 9, 9, 5];
  console.log(row.map((text, index) => String(text).padStart(widths[index] ?? 0)).join(" "));
  if (at >= seconds) break;
}
await load.stop();
const requests = load.latencies.count;
const elapsed = (performance.now() - started) / 1000;
// What is kept alive is let go of by then.
await wait(8000);
const after = await measure();
server.disconnect();

const judged = samples.filter(({ at }) => at > seconds / 3);
const heap = slope(judged.map(({ at, heap: used, external }) => [at, used + external]));
const rss = slope(judged.map(({ at, rss: size }) => [at, size]));
const span = seconds * (2 / 3);
const grown = (perSecond: number, from: number): number => (perSecond * span) / from;
const first = judged[0] ?? before;
const outcomes = Object.fromEntries([...load.statuses].sort());
const hung = Object.keys(outcomes).filter((outcome) => outcome === "hangs" || /^5/.test(outcome));
console.log(`
${requests} requests in ${elapsed.toFixed(0)} s from ${values.callers} callers: ${(requests / elapsed).toFixed(0)} a second, p50 ${millis(load.latencies.percentile(50))} ms, p99 ${millis(load.latencies.percentile(99))} ms
CPU of the server: ${((after.cpu - before.cpu) / requests).toFixed(0)} µs a request; load average ${loadavg()[0]?.toFixed(1)}
outcomes: ${JSON.stringify(outcomes)}
after the first third: heap and buffers ${perMinute(heap)}, RSS ${perMinute(rss)}
at the end: ${JSON.stringify(after.resources)}; onError was told ${after.errors} times`);
const faults = [
  ...(grown(heap, first.heap + first.external) > 0.05 ? ["the heap grows"] : []),
  ...(grown(rss, first.rss) > 0.1 ? ["RSS grows"] : []),
  ...hung.map((outcome) => `there are answers of ${outcome}`),
  ...(after.errors > 0 ? ["onError was told of errors"] : []),
  ...((after.resources["TCPSocketWrap"] ?? 0) > 0 ? ["sockets are left open"] : []),
];
console.log(faults.length === 0 ? "flat" : `not well: ${faults.join(", ")}`);
process.exitCode = faults.length === 0 ? 0 : 1;

function millis(nanoseconds: number): string {
  return (nanoseconds / 1e6).toFixed(1);
}

function sizes(held: Held): readonly string[] {
  return [held.rss, held.heap, held.external].map((bytes) => (bytes / mebibyte).toFixed(1));
}

function total({ resources }: Held): number {
  return Object.values(resources).reduce((sum, count) => sum + count, 0);
}

function perMinute(perSecond: number): string {
  return `${((perSecond * 60) / mebibyte).toFixed(3)} MiB a minute`;
}

/** By least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (pick: 0 | 1): number => points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return over === 0 ? 0 : points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / over;
}
