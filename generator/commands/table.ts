/** Rows as lines, indented by two: the first column to the left, numbers and all others to the right, and no spaces at the ends. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
      return `  ${cells.join("   ")}`.trimEnd();
    })
    .map((line) => `${line}\n`)
    .join("");
}
