/** A layout comes in, and the text in lines goes out; what a layout is stands in layout.ts. */
import { columnsOf } from "./columns.ts";
import type { Layout, Measure } from "./layout.ts";

/** The width of our lines, in columns; `.prettierrc.json` of the repository says the same. */
export const lineWidth = 110;

/** Where a text begins and how wide it may be; all in columns. */
export interface Place {
  /** The spaces before its further lines. Default: 0. */
  readonly indent?: number;
  /** What stands before it on its first line. Default: `indent`. */
  readonly column?: number;
  /** What follows on its last line, such as a semicolon. Default: 0. */
  readonly after?: number;
  /** Default: 110. */
  readonly width?: number;
}

/** Prints a layout; lines are parted by `\n` and have no spaces at their end. */
export function print(layout: Layout, place: Place = {}): string {
  const start = place.indent ?? 0;
  const width = place.width ?? lineWidth;
  // What is still to be printed, the next at the end, with its indentation. All of it stands in groups that are broken.
  const layouts: Layout[] = [spaces(place.after ?? 0), layout];
  const indents: number[] = [start, start];
  let column = place.column ?? start;
  const chunks: string[] = [];
  while (layouts.length > 1) {
    const current = layouts.pop() ?? "";
    const indentation = indents.pop() ?? 0;
    if (typeof current === "string") {
      if (current !== "") chunks.push(current);
      column += columnsOf(current);
      continue;
    }
    switch (current.kind) {
      case "concat":
        for (let index = current.content.length - 1; index >= 0; index--) {
          layouts.push(current.content[index] ?? "");
          indents.push(indentation);
        }
        break;
      case "indent":
        layouts.push(current.content);
        indents.push(indentation + 2);
        break;
      case "group":
        if (!current.hard && fits(current, layouts, width - column)) {
          column += writeFlat(current.content, chunks);
          break;
        }
        layouts.push(current.content);
        indents.push(indentation);
        break;
      case "choice":
        layouts.push(current.content.broken);
        indents.push(indentation);
        break;
      case "line":
        newline(chunks, indentation);
        column = indentation;
        break;
      case "fill":
        for (let index = 0; index < current.content.length; index++) {
          const word = current.content[index] ?? "";
          // A comma will follow the last word too.
          const room = index < current.content.length - 1 ? width : width - 1;
          if (index > 0 && column + 1 + word.length > room) {
            newline(chunks, indentation);
            column = indentation;
          } else if (index > 0) {
            chunks.push(" ");
            column += 1;
          }
          chunks.push(word);
          column += columnsOf(word);
        }
        break;
      case "block": {
        const lines = current.content(indentation).trimStart();
        if (lines === "") break;
        chunks.push(lines);
        if (indentation > 0) chunks.push(spaces(indentation));
        column = indentation;
        break;
      }
    }
  }
  return chunks.join("");
}

/** Starts a line: no spaces stay at the end of the one before. No chunk is empty. */
function newline(chunks: string[], indentation: number): void {
  for (let last = chunks.at(-1); last?.endsWith(" ") === true; last = chunks.at(-1)) {
    chunks.pop();
    const kept = last.replace(/ +$/, "");
    if (kept !== "") chunks.push(kept);
  }
  chunks.push(breaks[indentation] ?? `\n${spaces(indentation)}`);
}

function spaces(count: number): string {
  return breaks[count]?.slice(1) ?? " ".repeat(count);
}

const breaks: readonly string[] = Array.from({ length: 80 }, (_, count) => `\n${" ".repeat(count)}`);

/** Writes a layout on one line, and tells its columns. */
function writeFlat(layout: Layout, chunks: string[]): number {
  if (typeof layout === "string") {
    if (layout !== "") chunks.push(layout);
    return columnsOf(layout);
  }
  switch (layout.kind) {
    case "concat": {
      let columns = 0;
      for (let index = 0; index < layout.content.length; index++) columns += writeFlat(layout.content[index] ?? "", chunks);
      return columns;
    }
    case "indent":
    case "group":
      return writeFlat(layout.content, chunks);
    case "choice":
      return writeFlat(layout.content.flat, chunks);
    case "line":
      if (layout.content !== "") chunks.push(layout.content);
      return layout.content.length;
    case "fill":
      chunks.push(layout.content.join(" "));
      return layout.width;
    case "block":
      return 0;
  }
}

// Whether a layout on one line, with the text up to the next line break, stands in the rest of the line.
function fits(first: Measure, following: readonly Layout[], room: number): boolean {
  let rest = room - first.width - (first.starts && first.width > 0 ? 1 : 0);
  if (rest < 0) return false;
  let pending: Layout[] | undefined;
  let next = following.length;
  // A space that ends a line will be cut, so it counts only when a text follows it.
  let space = first.ends ? 1 : 0;
  while (rest >= 0) {
    const layout: Layout | undefined = pending?.pop() ?? following[--next];
    if (layout === undefined) return true;
    if (typeof layout === "string") {
      if (layout === "") continue;
      rest -= space + columnsOf(layout);
      space = 0;
      continue;
    }
    switch (layout.kind) {
      case "concat":
        pending ??= [];
        for (let index = layout.content.length - 1; index >= 0; index--) pending.push(layout.content[index] ?? "");
        break;
      case "indent":
      case "group":
        pending ??= [];
        pending.push(layout.content);
        break;
      case "choice":
        pending ??= [];
        pending.push(layout.content.broken);
        break;
      case "fill":
        rest -= layout.width;
        break;
      case "line":
      case "block":
        return true;
    }
  }
  return false;
}
