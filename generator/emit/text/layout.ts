/**
 * Lays text out in lines, after Wadler's "A prettier printer": a group stands on one line when it fits, and is broken at all
 * of its lines when it does not. It breaks where prettier would, so that our output needs no formatter.
 */
import { columnsOf } from "./columns.ts";

export { lineWidth, print, type Place } from "./print.ts";

/** A text with places where it may be broken. */
export type Layout = string | Node;

// All have the same members in the same order, so that the engine knows one shape: layouts are made by the million.
type Node =
  | ({ readonly kind: "concat"; readonly content: readonly Layout[] } & Measure)
  | ({ readonly kind: "indent" | "group"; readonly content: Layout } & Measure)
  | ({ readonly kind: "line"; readonly content: string } & Measure)
  | ({ readonly kind: "choice"; readonly content: { readonly broken: Layout; readonly flat: Layout } } & Measure)
  | ({ readonly kind: "fill"; readonly content: readonly string[] } & Measure)
  | ({ readonly kind: "block"; readonly content: (indent: number) => string } & Measure);

/** What a layout takes on one line; worked out once, as it is made, so that asking whether it fits costs the same for any size. */
export interface Measure {
  /** Whether it holds a break which is always taken; then the rest says nothing. */
  readonly hard: boolean;
  /** Columns, but for spaces of `line` at the start and at the end. */
  readonly width: number;
  /** Whether it starts with such a space, and whether it ends with one. */
  readonly starts: boolean;
  readonly ends: boolean;
}

/** A space, or a line break when its group is broken. */
export const line: Layout = { kind: "line", content: " ", hard: false, width: 0, starts: true, ends: true };
/** Nothing, or a line break when its group is broken. */
export const softline: Layout = { kind: "line", content: "", hard: false, width: 0, starts: false, ends: false };
/** A line break, always; the groups around it are broken. */
export const hardline: Layout = { kind: "line", content: "", hard: true, width: 0, starts: false, ends: false };

/** One after the other. */
export function concat(...parts: readonly Layout[]): Layout {
  return concatOf(parts);
}

/** The same of a list, which may be longer than a call has room for: about a hundred thousand. */
export function concatOf(content: readonly Layout[]): Layout {
  let width = 0;
  let starts = false;
  let ends = false;
  // By index, since an iterator makes an object for each part.
  for (let index = 0; index < content.length; index++) {
    const part = content[index] ?? "";
    if (typeof part === "string") {
      const own = columnsOf(part);
      if (own === 0) continue;
      // Two spaces that meet count once.
      width += ends && width > 0 ? own + 1 : own;
      ends = false;
      continue;
    }
    if (part.hard) return { kind: "concat", content, hard: true, width: 0, starts: false, ends: false };
    if (width === 0) starts ||= part.starts;
    if (part.width > 0 && width > 0 && (ends || part.starts)) width += 1;
    width += part.width;
    ends = (ends && part.width === 0) || part.ends;
  }
  return { kind: "concat", content, hard: false, width, starts, ends };
}

/** With two more spaces at the start of its lines. */
export function indent(content: Layout): Layout {
  if (typeof content === "string")
    return { kind: "indent", content, hard: false, width: columnsOf(content), starts: false, ends: false };
  const { hard, width, starts, ends } = content;
  return { kind: "indent", content, hard, width, starts, ends };
}

/** On one line if it fits there; `mustBreak` forbids that. */
export function group(content: Layout, mustBreak = false): Layout {
  if (typeof content === "string")
    return mustBreak ? { kind: "group", content, hard: true, width: columnsOf(content), starts: false, ends: false } : content;
  const { kind, hard, width, starts, ends } = content;
  if (kind === "group" && (hard || !mustBreak)) return content;
  return { kind: "group", content, hard: hard || mustBreak, width, starts, ends };
}

/** One text where the group around is broken, another where it is not. */
export function choice(whenBroken: Layout, flat: Layout = ""): Layout {
  const content = { broken: whenBroken, flat };
  const mustBreak = typeof whenBroken !== "string" && whenBroken.hard;
  if (typeof flat === "string")
    return { kind: "choice", content, hard: mustBreak, width: columnsOf(flat), starts: false, ends: false };
  return { kind: "choice", content, hard: flat.hard || mustBreak, width: flat.width, starts: flat.starts, ends: flat.ends };
}

/** A comma at the end of a list whose group is broken. */
export const trailingComma: Layout = choice(",");
/** A comma between the members of a list. */
export const comma: Layout = concat(",", line);

/** Words with spaces between, as many on a line as fit; of a list that has a comma at its end when it is broken. */
export function fill(words: readonly string[]): Layout {
  const width = words.reduce((sum, word) => sum + word.length + 1, 0);
  return { kind: "fill", content: words, hard: false, width: Math.max(0, width - 1), starts: false, ends: false };
}

/** Whole lines, such as a comment, written for the indentation they get; each ends with a line break. What follows starts a line. */
export function block(write: (indent: number) => string): Layout {
  return { kind: "block", content: write, hard: true, width: 0, starts: false, ends: false };
}

/** The parts with a separator between. */
export function join(separator: Layout, parts: readonly Layout[]): Layout {
  const all: Layout[] = [];
  for (let index = 0; index < parts.length; index++) {
    if (index > 0) all.push(separator);
    all.push(parts[index] ?? "");
  }
  return concatOf(all);
}
