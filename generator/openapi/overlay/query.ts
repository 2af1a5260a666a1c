/** JSONPath (RFC 9535), segment by segment: a text goes in; what each of its segments selects below a value comes out. */
import { jsonpath, JSONPathEnvironment, JSONPathError, JSONPathLexerError, JSONPathNode, type JSONValue } from "json-p3";
import { maxDepth } from "../load/references.ts";

/** A JSONPath that was understood. */
export interface Query {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** A part of a JSONPath, such as `.get` or `[?@.deprecated]`. */
export interface Segment {
  /** The offset in the text at which it starts. */
  readonly start: number;
  /** Whether it looks at everything below, as `..get` does. */
  readonly descends: boolean;
  /** The names that it asks for by name. */
  readonly names: readonly string[];
  /** The keys that lead from a value to what is selected; `root` is what `$` means inside a filter. */
  select(value: unknown, root: unknown): readonly (readonly string[])[];
}

/** Why a text is no JSONPath, and at which offset that shows. */
export interface QueryProblem {
  readonly reason: string;
  readonly offset: number;
}

// Trees are never nested deeper than the loader allows, and what an overlay adds is of the same kind.
const environment = new JSONPathEnvironment({ maxRecursionDepth: 4 * maxDepth });

/** Reads a JSONPath. */
export function parseQuery(text: string): Query | QueryProblem {
  try {
    const segments = environment.compile(text).segments.map((segment): Segment => ({
      start: startOf(text, segment.token.index),
      descends: text.slice(startOf(text, segment.token.index)).startsWith(".."),
      names: segment.selectors.flatMap((selector) =>
        selector instanceof jsonpath.selectors.NameSelector ? [selector.name] : [],
      ),
      select: (value, root) =>
        segment.resolve([new JSONPathNode(json(value), [], json(root))]).map(({ location }) => location.map(String)),
    }));
    return { text, segments };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // The library's messages end with the text around the place, which a code frame shows better.
    const reason =
      error instanceof JSONPathLexerError
        ? "it ends where a name or a bracket is expected"
        : error.message.replace(/ \('.*$/s, "");
    return { reason, offset: error instanceof JSONPathError ? error.token.index : 0 };
  }
}

/** The library names the token of a segment; the dots before it are part of the segment. */
function startOf(text: string, index: number): number {
  return index - (/[.\s]*$/.exec(text.slice(0, index))?.[0].length ?? 0);
}

/** Trees come from JSON or YAML parsers and hold nothing else. */
function json(value: unknown): JSONValue {
  return value as JSONValue; // The library's type for what `unknown` is here.
}
