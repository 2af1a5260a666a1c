import { jsonPositions } from "./json.ts";
import { yamlPositions, type Span } from "./yaml.ts";

/** A range in a text; lines and columns count from 1, columns in UTF-16 units. The end is exclusive. */
export interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** One file of a document: its text, and where each of its values stands. */
export interface SourceFile {
  /** Absolute path, or URL. The `file` of Locations into it. */
  readonly file: string;
  readonly text: string;
  /** Where the value behind these keys stands (or its key, with `atKey`); the nearest ancestor that exists, at worst the start. */
  locate(keys: readonly string[], atKey?: boolean): Range;
  /** The value behind these keys as it is spelled, such as `1.10`. */
  textAt(keys: readonly string[]): string;
  /** A line, counted from 1, without its end; nothing beyond the last. */
  lineAt(line: number): string;
  /** The lines and columns of a span of offsets, for what has no keys, such as a mistake in the syntax. */
  rangeOf(span: Span): Range;
}

/** A source file from its text. Nothing is parsed before a place in it is asked for. */
export function sourceFile(file: string, text: string, syntax: "json" | "yaml" | "text"): SourceFile {
  const positions =
    syntax === "json" ? jsonPositions(text) : syntax === "yaml" ? yamlPositions(text) : () => ({ start: 0, end: 0 });
  let starts: readonly number[] | undefined;
  const rangeOf = ({ start, end }: Span): Range => {
    starts ??= lineStarts(text);
    return { start: positionOf(start, starts), end: positionOf(Math.max(start, end), starts) };
  };
  const lineAt = (line: number): string => {
    starts ??= lineStarts(text);
    const next = starts[line];
    const whole = text.slice(starts[line - 1] ?? text.length, next === undefined ? text.length : next - 1);
    return whole.endsWith("\r") ? whole.slice(0, -1) : whole;
  };
  const textAt = (keys: readonly string[]): string => {
    const { start, end } = positions(keys, false);
    return text.slice(start, end);
  };
  return { file, text, textAt, lineAt, rangeOf, locate: (keys, atKey = false) => rangeOf(positions(keys, atKey)) };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function positionOf(offset: number, starts: readonly number[]): Range["start"] {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
