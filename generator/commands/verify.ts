import type { Config } from "../config.ts";
import { generate } from "../pipeline.ts";
import { proveLaw, type OperationVerdict } from "../verify/law.ts";
import { showDiagnostics } from "./diagnostics.ts";
import { count, seconds, type ExitCode, type Terminal } from "./terminal.ts";

/** `openapi-triad verify`: proves client, server and fixtures against each other over real HTTP; exit 1 when one operation fails. */
export async function verifyCommand(config: Config, terminal: Terminal): Promise<ExitCode> {
  const started = terminal.now();
  const generated = await generate({ ...config, emit: ["client", "server", "webhooks", "fixtures"] }, (stage, detail) =>
    terminal.progress(`${stage} ${detail}`),
  );
  terminal.progress("");
  showDiagnostics(generated, terminal);
  if (generated.files === undefined || generated.model === undefined) return 1;
  const { operations, webhooks, callbacks } = generated.model;
  const total = operations.length + webhooks.length + callbacks.length;
  const verdicts: OperationVerdict[] = [];
  for await (const verdict of proveLaw(generated.model, generated.files)) {
    verdicts.push(verdict);
    terminal.progress(
      `verify ${verdicts.length.toLocaleString("en-US")}/${total.toLocaleString("en-US")} ${verdict.operation.path}`,
    );
    if (verdict.impossible)
      terminal.out(
        `  ${terminal.colors.yellow("–")} ${verdict.operation.method.toUpperCase()} ${verdict.operation.path}   no request can prove it; the warning fixture-impossible says why\n`,
      );
    for (const failure of verdict.failures)
      terminal.out(
        `  ${terminal.colors.red("✗")} ${verdict.operation.method.toUpperCase()} ${verdict.operation.path}   ${failure}\n`,
      );
  }
  terminal.progress("");
  const passed = verdicts.filter((verdict) => verdict.failures.length === 0 && !verdict.impossible);
  const impossible = verdicts.filter((verdict) => verdict.impossible).length;
  const sum = (of: (verdict: OperationVerdict) => number): number => passed.reduce((all, verdict) => all + of(verdict), 0);
  const served = passed.filter(({ operation }) => operation.sent !== true).length;
  const heard = passed.filter(({ operation }) => webhooks.some((webhook) => webhook === operation)).length;
  const kinds = [
    { word: "operation", all: operations.length, passed: served },
    { word: "webhook", all: webhooks.length, passed: heard },
    { word: "callback", all: callbacks.length, passed: passed.length - served - heard },
  ];
  const facts = [
    ...kinds.filter(({ all }) => all > 0).map(({ passed, word }) => count(passed, word)),
    count(
      sum((verdict) => verdict.responses),
      "response",
    ),
    `${count(
      sum((verdict) => verdict.refused),
      "invalid request",
    )} refused`,
    "client → server → client, every value equal",
  ];
  terminal.out(`  ${terminal.colors.green("✓")} ${facts.join(" · ")}\n`);
  terminal.out(
    `  ${kinds
      .filter(({ all, word }) => all > 0 || (word === "operation" && total === 0))
      .map((kind) => `${kind.passed.toLocaleString("en-US")} of ${count(kind.all, kind.word)}`)
      .join(" · ")} pass${impossible === 0 ? "" : ` · ${impossible} impossible`} · ${seconds(terminal.now() - started)}\n`,
  );
  return passed.length + impossible === total ? 0 : 1;
}
