import { count, seconds } from "./terminal.ts";

/** The last line of a run: `  2 files written, 85 unchanged, 0 removed · 0.9 s`. */
export function outcomeLine(
  { written, unchanged, removed }: { readonly written: number; readonly unchanged: number; readonly removed: number },
  milliseconds: number,
): string {
  return `  ${count(written, "file")} written, ${unchanged} unchanged, ${removed} removed · ${seconds(milliseconds)}\n`;
}

/** What `--check` tells when all is well. */
export function upToDateLine(files: number): string {
  return `  ${count(files, "file")} up to date\n`;
}
