import { UsageError, type Config } from "../config.ts";
import { visible } from "../diagnostics/frame.ts";
import type { Generated } from "../pipeline.ts";
import { NoServerError, testContract, type ContractVerdict } from "../verify/contract.ts";
import { makeRunnable } from "../verify/transpile.ts";
import { createRedactor } from "../verify/redact.ts";
import { contractOptions, variableOf, type AgainstFlags } from "./against-options.ts";
import { table } from "./table.ts";
import { count, seconds, type ExitCode, type Terminal } from "./terminal.ts";
import { placeWriter, type PlaceJson } from "./verify-report.ts";
import { generateForLaw } from "./verify.ts";

/** `openapi-triad verify --against URL`: sends valid requests to a live server and tells where it breaks its contract; exit 1 when it does. */
export async function againstCommand(
  config: Config,
  flags: AgainstFlags & { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const started = terminal.now();
  const generated = await generateForLaw(config, terminal);
  const { files, model } = generated;
  if (files === undefined || model === undefined) return 1;
  const options = await contractOptions(flags, config, model, terminal);
  const redact = createRedactor(options.secrets);
  const place = placeWriter({ sources: generated.sources, cwd: terminal.cwd });
  const verdicts: ContractVerdict[] = [];
  const modules = await makeRunnable(files);
  try {
    for await (const verdict of testContract(model, modules, options)) {
      verdicts.push(verdict);
      terminal.progress(`against ${verdicts.length}/${model.operations.length} ${verdict.operation.path}`);
      if (flags.json !== true) terminal.out(redact(linesOf(verdict, place, terminal)));
    }
  } catch (error) {
    if (!(error instanceof NoServerError)) throw error;
    throw new UsageError(`Nothing answers at ${options.url}: ${redact(error.message)}`);
  } finally {
    await modules.remove();
  }
  terminal.progress("");
  const elapsed = terminal.now() - started;
  if (flags.json === true) {
    const report = {
      document: config.spec,
      against: options.url,
      ...reportOf(verdicts, place),
      seconds: Math.round(elapsed / 100) / 10,
    };
    terminal.out(`${redact(JSON.stringify(report, null, 2))}\n`);
  } else terminal.out(redact(summaryOf(verdicts, model, Object.keys(options.credentials), elapsed, terminal)));
  return verdicts.some(({ verdict }) => verdict === "broken") ? 1 : 0;
}

type Model = NonNullable<Generated["model"]>;
type Place = (at: ContractVerdict["operation"]["at"]) => PlaceJson;

function linesOf({ operation, breaches }: ContractVerdict, place: Place, { colors }: Terminal): string {
  return breaches
    .map(({ check, message, answer, request, at }) => {
      const { file, line, column, pointer } = place(at);
      const where = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
      return [
        `  ${colors.red("✗")} ${visible(`${operation.method.toUpperCase()} ${operation.path}   ${answer ?? "no answer"}   ${check}`)}\n`,
        `      ${visible(message)}\n`,
        `      ${colors.dim(visible(request))}\n`,
        `      ${colors.bold(visible(where))}  ${colors.dim(visible(pointer))}\n`,
      ].join("");
    })
    .join("");
}

function reportOf(verdicts: readonly ContractVerdict[], place: Place): object {
  const having = (verdict: ContractVerdict["verdict"]): number => verdicts.filter((one) => one.verdict === verdict).length;
  return {
    passed: having("broken") === 0,
    totals: { all: verdicts.length, kept: having("kept"), broken: having("broken"), skipped: having("skipped") },
    operations: verdicts.map(({ operation, breaches, ...verdict }) => ({
      id: operation.id,
      method: operation.method.toUpperCase(),
      path: operation.path,
      ...verdict,
      breaches: breaches.map(({ at, place: where, ...breach }) => ({ ...breach, place: where, ...place(at) })),
    })),
  };
}

function summaryOf(
  verdicts: readonly ContractVerdict[],
  model: Model,
  known: readonly string[],
  elapsed: number,
  { colors }: Terminal,
): string {
  const having = (verdict: ContractVerdict["verdict"]): readonly ContractVerdict[] =>
    verdicts.filter((one) => one.verdict === verdict);
  const [kept, broken, skipped] = [having("kept"), having("broken"), having("skipped")];
  const numbers = [verdicts, kept, broken, skipped].map(({ length }) => length.toLocaleString("en-US"));
  const statuses = verdicts.flatMap((verdict) => verdict.statuses);
  const classes = [2, 3, 4, 5].map(
    (first) => [first, statuses.filter((status) => Math.floor(status / 100) === first).length] as const,
  );
  const answers = classes
    .filter(([, number]) => number > 0)
    .map(([first, number]) => `${number.toLocaleString("en-US")} × ${first}xx`);
  const refused = verdicts.reduce((sum, verdict) => sum + verdict.refused, 0);
  const failed = kept.filter((verdict) => verdict.statuses.length > 0 && verdict.statuses.every((status) => status >= 400));
  const methods = [
    ...new Set(skipped.filter(({ reason }) => reason === "method").map(({ operation }) => operation.method.toUpperCase())),
  ];
  const impossible = skipped.filter(({ reason }) => reason === "impossible").length;
  const unknown = model.securitySchemes.filter(({ key, kind }) => kind !== "mutualTLS" && !known.includes(key));
  const needed = statuses.includes(401) || statuses.includes(403) ? unknown.map(variableOf) : [];
  const notes = [
    methods.length === 0 ? "" : `not sent, since they may change something: ${methods.join(", ")}; --methods all sends them`,
    impossible === 0
      ? ""
      : `no valid request can be made for ${count(impossible, "operation")}; the warning fixture-impossible says why`,
    failed.length === 0
      ? ""
      : `only errors were seen of ${count(failed.length, "operation")}: values that exist help (--param, --requests)`,
    needed.length === 0 ? "" : `no credentials in the environment: ${needed.join(", ")}`,
  ];
  const sign = broken.length > 0 ? colors.red("✗") : colors.green("✓");
  return [
    table([
      ["", "all", "kept", "broken", "not sent"],
      ["operations", ...numbers],
    ]),
    `  ${sign} ${[`answers: ${answers.join(", ") || "none"}`, ...(refused === 0 ? [] : [`${count(refused, "invalid request")} refused`])].join(" · ")}\n`,
    ...notes.filter(Boolean).map((note) => `  ${colors.yellow("–")} ${note}\n`),
    `  ${kept.length.toLocaleString("en-US")} of ${count(kept.length + broken.length, "operation")} kept as the document says · ${seconds(elapsed)}\n`,
  ].join("");
}
