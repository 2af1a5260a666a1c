import { availableParallelism } from "node:os";
import type { Config } from "../config.ts";
import { visible } from "../diagnostics/frame.ts";
import { placesIn, written } from "../diagnostics/place.ts";
import { generate, type Generated } from "../pipeline.ts";
import { withAssistant } from "../threads/assistant.ts";
import { proveLaw, type OperationVerdict } from "../verify/law.ts";
import { unseenStatuses } from "../verify/subject.ts";
import { showDiagnostics } from "./diagnostics.ts";
import { table } from "./table.ts";
import { count, seconds, type ExitCode, type Terminal } from "./terminal.ts";
import { lawReport, type LawReport } from "./verify-report.ts";

/** What `verify` is asked beside its settings. */
export interface VerifyOptions {
  /** The report on stdout as JSON, and nothing else. */
  readonly json?: boolean;
  /** Default: as many as there are processors, four at most, for a big document; none for a small one. */
  readonly threads?: number;
}

/** `openapi-triad verify`: proves client, server and fixtures against each other over real HTTP; exit 1 when one operation fails. */
export async function verifyCommand(config: Config, options: VerifyOptions, terminal: Terminal): Promise<ExitCode> {
  const started = terminal.now();
  const generated = await generateForLaw(config, terminal);
  const { files, model } = generated;
  if (files === undefined || model === undefined) return 1;
  const total = model.operations.length + model.webhooks.length + model.callbacks.length;
  const verdicts: OperationVerdict[] = [];
  for await (const verdict of proveLaw(model, files, { threads: options.threads ?? threadsFor(total) })) {
    verdicts.push(verdict);
    terminal.progress(`verify ${number(verdicts.length)}/${number(total)} ${verdict.operation.path}`);
    if (options.json !== true) terminal.out(linesOf(verdict, generated, terminal));
  }
  terminal.progress("");
  const elapsed = terminal.now() - started;
  const report = lawReport(verdicts, { ...generated, cwd: terminal.cwd, document: config.spec, seconds: elapsed / 1000 });
  if (options.json === true) terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  else terminal.out(summaryOf(report, unseenStatuses(verdicts.map(({ operation }) => operation)), terminal));
  return verdicts.every(({ failures }) => failures.length === 0) ? 0 : 1;
}

/** Everything that the law needs, in memory; problems of the document are shown. */
export async function generateForLaw(config: Config, terminal: Terminal): Promise<Generated> {
  const whole: Config = { ...config, emit: ["client", "server", "webhooks", "fixtures"] };
  const generated = await withAssistant(whole, (assistant) =>
    generate(whole, (stage, detail) => terminal.progress(`${stage} ${detail}`), assistant),
  );
  terminal.progress("");
  showDiagnostics(generated, terminal);
  return generated;
}

/** A thread has everything to load that the first one has, so that a small document is proven sooner without. */
function threadsFor(operations: number): number {
  const processors = availableParallelism();
  return operations < 150 || processors < 2 ? 0 : Math.min(processors, 4);
}

function linesOf({ operation, impossible, failures }: OperationVerdict, generated: Generated, terminal: Terminal): string {
  const { green: _, ...colors } = terminal.colors;
  const placeOf = placesIn({ sources: generated.sources, cwd: terminal.cwd });
  const name = visible(`${operation.method.toUpperCase()} ${operation.path}`);
  if (impossible) return `  ${colors.yellow("–")} ${name}   no request can prove it; the warning fixture-impossible says why\n`;
  return failures
    .map(({ exchange, between, message, at }) => {
      const place = placeOf({ at, atKey: true });
      return [
        `  ${colors.red("✗")} ${name}   ${visible(exchange)}\n`,
        `      ${between.join(" ≠ ")}: ${visible(message)}\n`,
        `      ${colors.bold(visible(written(place)))}  ${colors.dim(visible(place.pointer))}\n`,
      ].join("");
    })
    .join("");
}

function summaryOf(
  { totals, responses, edges, refused, seconds: time }: LawReport,
  unseen: readonly string[],
  terminal: Terminal,
): string {
  const rows = totals.filter(({ all, kind }) => all > 0 || kind === "operation");
  const passed = rows.reduce((sum, row) => sum + row.passed, 0);
  const failed = rows.some((row) => row.failed > 0);
  const facts = [
    count(responses, "response"),
    ...(edges === 0 ? [] : [`${count(edges, "edge")}`]),
    `${count(refused, "invalid request")} refused`,
    failed ? "not every value arrives equal" : "client → server → client, every value equal",
  ];
  const impossible = rows.reduce((sum, row) => sum + row.impossible, 0);
  return [
    `${table([["", "all", "pass", "fail", "impossible"], ...rows.map((row) => [`${row.kind}s`, ...[row.all, row.passed, row.failed, row.impossible].map(number)])])}`,
    `  ${failed ? terminal.colors.red("✗") : terminal.colors.green("✓")} ${facts.join(" · ")}\n`,
    unseen.length === 0 ? "" : `  not tried: responses that no fetch delivers (${unseen.join(", ")})\n`,
    `  ${rows.map((row) => `${number(row.passed)} of ${count(row.all, row.kind)}`).join(" · ")} ${passed === 1 ? "passes" : "pass"}${impossible === 0 ? "" : ` · ${impossible} impossible`} · ${seconds(time * 1000)}\n`,
  ].join("");
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
