import type { Config } from "../config.ts";
import { printDiagnostics, printGithub, toJson } from "../diagnostics/print.ts";
import { lint } from "../lint/lint.ts";
import { understand } from "../pipeline.ts";
import type { LintFormat } from "./lint-formats.ts";
import { count, type ExitCode, type Terminal } from "./terminal.ts";

/** `openapi-triad lint`: every problem of the document, errors and warnings; exit 1 when there is an error (or, when asked, a warning). */
export async function lintCommand(
  config: Config,
  options: { readonly format: LintFormat; readonly maxWarnings: number },
  terminal: Terminal,
): Promise<ExitCode> {
  const { diagnostics, sources, document, model } = await understand(config, (stage, detail) =>
    terminal.progress(`${stage} ${detail}`),
  );
  if (document !== undefined && model !== undefined) lint(document, model, diagnostics);
  terminal.progress("");
  const all = diagnostics.all.filter((diagnostic) => diagnostic.severity !== "info");
  const errors = all.filter((diagnostic) => diagnostic.severity === "error").length;
  const warnings = all.length - errors;
  const place = { sources, cwd: terminal.cwd };
  switch (options.format) {
    case "json":
      terminal.out(`${JSON.stringify(toJson(all, place), null, 2)}\n`);
      break;
    case "github":
      terminal.out(printGithub(all, place));
      break;
    case "pretty":
      if (all.length > 0) terminal.out(printDiagnostics(all, { ...place, colors: terminal.colors }));
      terminal.out(`${verdict(errors, warnings)} in ${count(sources.length, "file")}.\n`);
  }
  return errors > 0 || warnings > options.maxWarnings ? 1 : 0;
}

function verdict(errors: number, warnings: number): string {
  if (errors + warnings === 0) return "No problems";
  return [errors === 0 ? "" : count(errors, "error"), warnings === 0 ? "" : count(warnings, "warning")]
    .filter(Boolean)
    .join(", ");
}
