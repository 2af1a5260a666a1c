/**
 * Lays text out in lines, after Wadler's "A prettier printer": a group stands on one line when it fits, and is broken at all
 * of its lines when it does not. It breaks where prettier would, so that our output needs no formatter.
 */
import { columnsOf } from "./columns.ts";

/** A text with places where it may be broken. */
export type Layout = string | Node;

type Node =
  | ({ readonly kind: "concat"; readonly parts: readonly Layout[] } & Measure)
  | ({ readonly kind: "indent" | "group"; readonly content: Layout } & Measure)
  | ({ readonly kind: "line"; readonly flat: string } & Measure)
  | ({ readonly kind: "choice"; readonly broken: Layout; readonly flat: Layout } & Measure)
  | ({ readonly kind: "fill"; readonly words: readonly string[] } & Measure)
  | ({ readonly kind: "block"; readonly write: (indent: number) => string } & Measure);

/** What a layout takes on one line; worked out once, as it is made, so that asking whether it fits costs the same for any size. */
interface Measure {
  /** Whether it holds a break which is always taken; then the rest says nothing. */
  readonly hard: boolean;
  /** Columns, but for spaces of `line` at the start and at the end. */
  readonly width: number;
  /** Whether it starts with such a space, and whether it ends with one. */
  readonly starts: boolean;
  readonly ends: boolean;
}

/** The width of our lines, in columns; `.prettierrc.json` of the repository says the same. */
export const lineWidth = 110;

const nothing: Measure = { hard: false, width: 0, starts: false, ends: false };
const broken: Measure = { ...nothing, hard: true };

/** A space, or a line break when its group is broken. */
export const line: Layout = { kind: "line", flat: " ", ...nothing, starts: true, ends: true };
/** Nothing, or a line break when its group is broken. */
export const softline: Layout = { kind: "line", flat: "", ...nothing };
/** A line break, always; the groups around it are broken. */
export const hardline: Layout = { kind: "line", flat: "", ...broken };

/** One after the other. */
export function concat(...parts: readonly Layout[]): Layout {
  return concatOf(parts);
}

function concatOf(parts: readonly Layout[]): Layout {
  let width = 0;
  let starts = false;
  let ends = false;
  for (const part of parts) {
    const isText = typeof part === "string";
    const own = isText ? columnsOf(part) : part.width;
    if (!isText) {
      if (part.hard) return { kind: "concat", parts, ...broken };
      if (width === 0) starts ||= part.starts;
    }
    // Two spaces that meet count once.
    if (own > 0 && width > 0 && (ends || (!isText && part.starts))) width += 1;
    width += own;
    ends = (ends && own === 0) || (!isText && part.ends);
  }
  return { kind: "concat", parts, hard: false, width, starts, ends };
}

/** With two more spaces at the start of its lines. */
export function indent(content: Layout): Layout {
  const { hard, width, starts, ends } = measureOf(content);
  return { kind: "indent", content, hard, width, starts, ends };
}

/** On one line if it fits there; `mustBreak` forbids that. */
export function group(content: Layout, mustBreak = false): Layout {
  const { hard, width, starts, ends } = measureOf(content);
  return { kind: "group", content, hard: hard || mustBreak, width, starts, ends };
}

/** One text where the group around is broken, another where it is not. */
export function choice(whenBroken: Layout, flat: Layout = ""): Layout {
  const { hard, width, starts, ends } = measureOf(flat);
  return { kind: "choice", broken: whenBroken, flat, hard: hard || measureOf(whenBroken).hard, width, starts, ends };
}

/** Words with spaces between, as many on a line as fit; of a list that has a comma at its end when it is broken. */
export function fill(words: readonly string[]): Layout {
  const width = words.reduce((sum, word) => sum + word.length + 1, 0);
  return { kind: "fill", words, ...nothing, width: Math.max(0, width - 1) };
}

/** Whole lines, such as a comment, written for the indentation they get; each ends with a line break. What follows starts a line. */
export function block(write: (indent: number) => string): Layout {
  return { kind: "block", write, ...broken };
}

/** The parts with a separator between. */
export function join(separator: Layout, parts: readonly Layout[]): Layout {
  return concatOf(parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
}

function measureOf(layout: Layout): Measure {
  return typeof layout === "string" ? { hard: false, width: columnsOf(layout), starts: false, ends: false } : layout;
}

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
  const layouts: Layout[] = [" ".repeat(place.after ?? 0), layout];
  const indents: number[] = [start, start];
  let column = place.column ?? start;
  const chunks: string[] = [];
  const write = (text: string): void => {
    chunks.push(text);
    column += columnsOf(text);
  };
  const newline = (spaces: number): void => {
    for (let last = chunks.pop(); last !== undefined; last = chunks.pop()) {
      const kept = last.endsWith(" ") ? last.replace(/ +$/, "") : last;
      if (kept === "") continue;
      chunks.push(kept);
      break;
    }
    chunks.push("\n", " ".repeat(spaces));
    column = spaces;
  };
  const push = (next: Layout, spaces: number): void => {
    layouts.push(next);
    indents.push(spaces);
  };
  while (layouts.length > 1) {
    const current = layouts.pop() ?? "";
    const spaces = indents.pop() ?? 0;
    if (typeof current === "string") {
      write(current);
      continue;
    }
    switch (current.kind) {
      case "concat":
        for (let index = current.parts.length - 1; index >= 0; index--) push(current.parts[index] ?? "", spaces);
        break;
      case "indent":
        push(current.content, spaces + 2);
        break;
      case "group":
        if (!current.hard && fits(current, layouts, width - column)) write(flatText(current.content));
        else push(current.content, spaces);
        break;
      case "choice":
        push(current.broken, spaces);
        break;
      case "line":
        newline(spaces);
        break;
      case "fill":
        for (const [index, word] of current.words.entries()) {
          // A comma will follow the last word too.
          const room = index < current.words.length - 1 ? width : width - 1;
          if (index > 0 && column + 1 + word.length > room) newline(spaces);
          else if (index > 0) write(" ");
          write(word);
        }
        break;
      case "block": {
        const lines = current.write(spaces).trimStart();
        if (lines === "") break;
        chunks.push(lines, " ".repeat(spaces));
        column = spaces;
        break;
      }
    }
  }
  return chunks.join("");
}

/** The text on one line. */
function flatText(layout: Layout): string {
  if (typeof layout === "string") return layout;
  switch (layout.kind) {
    case "concat": {
      let text = "";
      for (const part of layout.parts) text += flatText(part);
      return text;
    }
    case "indent":
    case "group":
      return flatText(layout.content);
    case "choice":
    case "line":
      return flatText(layout.flat);
    case "fill":
      return layout.words.join(" ");
    case "block":
      return "";
  }
}

// Whether a layout on one line, with the text up to the next line break, stands in the rest of the line.
function fits(first: Measure, following: readonly Layout[], room: number): boolean {
  let rest = room - first.width - (first.starts && first.width > 0 ? 1 : 0);
  if (rest < 0) return false;
  const pending: Layout[] = [];
  let next = following.length;
  // A space that ends a line will be cut, so it counts only when a text follows it.
  let space = first.ends ? 1 : 0;
  while (rest >= 0) {
    const layout = pending.pop() ?? following[--next];
    if (layout === undefined) return true;
    if (typeof layout === "string") {
      if (layout === "") continue;
      rest -= space + columnsOf(layout);
      space = 0;
      continue;
    }
    switch (layout.kind) {
      case "concat":
        for (let index = layout.parts.length - 1; index >= 0; index--) pending.push(layout.parts[index] ?? "");
        break;
      case "indent":
      case "group":
        pending.push(layout.content);
        break;
      case "choice":
        pending.push(layout.broken);
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
