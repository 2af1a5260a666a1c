/**
 * `fuzz.ts [--runs N] FOLDER|FILE… [PART…]`: spoiled requests to every operation of each document. `FAST_CHECK_SEED=N` tries others;
 * without it they are the same in every run.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { documentsOf } from "./corpus/documents.ts";
import { fuzz } from "./malice/fuzz.ts";

const { values, positionals } = parseArgs({ options: { runs: { type: "string", default: "20" } }, allowPositionals: true });
const seed = Number(process.env["FAST_CHECK_SEED"] ?? 20261123);
for (const file of await documentsOf(positionals)) {
  const total = { operations: 0, sent: 0, accepted: 0, failed: 0 };
  const started = performance.now();
  for await (const { operation, sent, accepted, failure } of fuzz(path.resolve(file), { runs: Number(values.runs), seed })) {
    total.operations += 1;
    total.sent += sent;
    total.accepted += accepted;
    if (failure === undefined) continue;
    total.failed += 1;
    console.log(`${operation.method.toUpperCase()} ${operation.path}\n    ${failure.replaceAll("\n", "\n    ")}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${path.basename(file).padEnd(30)} ${total.operations} operations, ${total.failed} failed; ${total.sent} requests, ${total.accepted} accepted; ${seconds} s`,
  );
  if (total.failed > 0) process.exitCode = 1;
}
