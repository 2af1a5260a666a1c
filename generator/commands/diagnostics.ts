import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { printDiagnostics } from "../diagnostics/print.ts";
import type { Understood } from "../pipeline.ts";
import { count, type Terminal } from "./terminal.ts";

/** More warnings of one kind than this are grouped: nobody reads hundreds, and what is rare would drown among them. */
const many = 20;
/** So many of these are shown. */
const shown = 5;

/** Prints problems with their places, and how many there are, on stderr. Every error is shown; warnings that are many are grouped by kind. */
export function showDiagnostics({ diagnostics, sources }: Pick<Understood, "diagnostics" | "sources">, terminal: Terminal): void {
  const all = diagnostics.all.filter((diagnostic) => diagnostic.severity !== "info");
  if (all.length === 0) return;
  const { few, more } = grouped(all);
  terminal.err(printDiagnostics(few, { sources, cwd: terminal.cwd, colors: terminal.colors }));
  for (const [code, left] of more)
    terminal.err(`\n${count(left, "more warning")} ${terminal.colors.dim(code)}; \`openapi-triad lint\` shows each\n`);
  const errors = all.filter((diagnostic) => diagnostic.severity === "error").length;
  const numbers = [
    errors === 0 ? "" : count(errors, "error"),
    errors === all.length ? "" : count(all.length - errors, "warning"),
  ];
  terminal.err(`${numbers.filter(Boolean).join(", ")}\n`);
}

function grouped(all: readonly Diagnostic[]): {
  readonly few: readonly Diagnostic[];
  readonly more: ReadonlyMap<string, number>;
} {
  const total = new Map<string, number>();
  const isWarning = ({ severity }: Diagnostic): boolean => severity === "warning";
  for (const { code } of all.filter(isWarning)) total.set(code, (total.get(code) ?? 0) + 1);
  const passed = new Map<string, number>();
  const few = all.filter((diagnostic) => {
    if (!isWarning(diagnostic) || (total.get(diagnostic.code) ?? 0) <= many) return true;
    const before = passed.get(diagnostic.code) ?? 0;
    passed.set(diagnostic.code, before + 1);
    return before < shown;
  });
  return { few, more: new Map([...passed].map(([code, met]) => [code, met - shown])) };
}
