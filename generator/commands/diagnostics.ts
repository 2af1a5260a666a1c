import { printDiagnostics } from "../diagnostics/print.ts";
import type { Understood } from "../pipeline.ts";
import { count, type Terminal } from "./terminal.ts";

/** Prints every problem with its place, and how many there are, on stderr. */
export function showDiagnostics({ diagnostics, sources }: Pick<Understood, "diagnostics" | "sources">, terminal: Terminal): void {
  const all = diagnostics.all.filter((diagnostic) => diagnostic.severity !== "info");
  if (all.length === 0) return;
  terminal.err(printDiagnostics(all, { sources, cwd: terminal.cwd, colors: terminal.colors }));
  const errors = all.filter((diagnostic) => diagnostic.severity === "error").length;
  const numbers = [
    errors === 0 ? "" : count(errors, "error"),
    errors === all.length ? "" : count(all.length - errors, "warning"),
  ];
  terminal.err(`${numbers.filter(Boolean).join(", ")}\n`);
}
