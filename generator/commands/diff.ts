import { structuredPatch } from "diff";
import type { Terminal } from "./terminal.ts";

const maximumLines = 40;

/** The hunks between two texts, indented below the file they belong to, cut after forty lines. */
export function showDiff(before: string, after: string, terminal: Terminal): string {
  const { red, green, cyan, dim } = terminal.colors;
  const patch = structuredPatch("", "", before, after, "", "", { context: 1 });
  const lines = patch.hunks.flatMap((hunk) => [
    cyan(`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`),
    ...hunk.lines.map((line) => (line.startsWith("-") ? red(line) : line.startsWith("+") ? green(line) : dim(line))),
  ]);
  const shown = lines.slice(0, maximumLines);
  if (lines.length > shown.length) shown.push(dim(`… ${lines.length - shown.length} more lines`));
  return shown.map((line) => `    ${line}\n`).join("");
}
