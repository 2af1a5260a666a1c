/** The one wall around the `yaml` package: text in; values, problems and ranges of offsets out. */
import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type ErrorCode,
  type Node,
  type Pair,
} from "yaml";

/** Offsets into a text in UTF-16 units; the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a YAML text. */
export type YamlProblem =
  | { readonly kind: "syntax"; readonly message: string; readonly cure: string | undefined; readonly span: Span }
  /** The values that aliases repeat are too many. */
  | { readonly kind: "aliases-multiply" }
  /** Collections are nested deeper than the parser's stack. */
  | { readonly kind: "too-deep"; readonly span: Span }
  | { readonly kind: "duplicate-key"; readonly key: string; readonly span: Span; readonly first: Span };

/**
 * How often aliases may multiply before a text is taken for a bomb ("billion laughs"). A file that uses one anchor
 * hundreds of times is ordinary; nested anchors reach this bound after a few levels.
 */
const maxAliasCount = 10_000;

// The usual causes of the parser's complaints.
const cures: Partial<Record<ErrorCode, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'put the value in quotes: it contains ": "',
  BAD_INDENT: "close what is open above, or correct the indentation",
  MISSING_CHAR: "add the missing character where it belongs",
  MULTILINE_IMPLICIT_KEY: 'write ": " after the key, on one line',
  TAB_AS_INDENT: "indent with spaces",
  BAD_SCALAR_START: "put the value in quotes",
};

/** Reads YAML 1.2 (core schema, merge keys). Every key is a string, as in JSON; a date is a string, too. */
export function parseYaml(text: string): { readonly value: unknown; readonly problems: readonly YamlProblem[] } {
  try {
    const document = parse(text);
    const overflow = document.errors.find((error) => isOverflow(error.message));
    // What the parser says beside that follows from it.
    if (overflow !== undefined)
      return { value: undefined, problems: [{ kind: "too-deep", span: { start: overflow.pos[0], end: overflow.pos[1] } }] };
    const problems: YamlProblem[] = document.errors.map((error) => ({
      kind: "syntax",
      message: sentence(error.message),
      cure: cures[error.code],
      span: { start: error.pos[0], end: error.pos[1] },
    }));
    problems.push(...duplicateKeys(document));
    return { value: problems.length > 0 ? undefined : document.toJS({ maxAliasCount }), problems };
  } catch (error) {
    // The package throws for unresolved aliases, too many aliases, and texts nested deeper than the stack.
    const message = error instanceof Error ? sentence(error.message) : "The text cannot be read.";
    const problem: YamlProblem = message.startsWith("Excessive alias count")
      ? { kind: "aliases-multiply" }
      : isOverflow(message)
        ? { kind: "too-deep", span: { start: 0, end: 1 } }
        : { kind: "syntax", message, cure: undefined, span: { start: 0, end: 1 } };
    return { value: undefined, problems: [problem] };
  }
}

function isOverflow(message: string): boolean {
  return message.startsWith("Maximum call stack size exceeded");
}

/** Where the values of a YAML text stand; the text is parsed when the first one is asked for. */
export function yamlPositions(text: string): (keys: readonly string[], atKey: boolean) => Span {
  let document: Document.Parsed | undefined;
  return (keys, atKey) => {
    document ??= parse(text);
    let node: Node | null | undefined = document.contents;
    let span: Span = { start: node?.range?.[0] ?? 0, end: node?.range?.[0] ?? 0 };
    for (const [depth, key] of keys.entries()) {
      const found = memberOf(node, key, document);
      if (found === undefined) return span;
      const wanted = atKey && depth === keys.length - 1 ? (found.key ?? found.value) : preferred(found, text);
      span = spanOf(wanted) ?? span;
      node = found.value;
    }
    return span;
  };
}

function parse(text: string): Document.Parsed {
  // Keys are compared by `duplicateKeys`: the package's own check takes the square of a map's size.
  const options = { merge: true, stringKeys: true, uniqueKeys: false, prettyErrors: false, logLevel: "silent" } as const;
  return parseDocument(text, options);
}

function duplicateKeys(document: Document.Parsed): YamlProblem[] {
  const problems: YamlProblem[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Map<string, Span>();
      for (const { key } of map.items) {
        const span = isScalar(key) ? spanOf(key) : undefined;
        if (!isScalar(key) || span === undefined || key.value === "<<") continue;
        const name = String(key.value);
        const first = seen.get(name);
        if (first === undefined) seen.set(name, span);
        else problems.push({ kind: "duplicate-key", key: name, span, first });
      }
    },
  });
  return problems;
}

interface Member {
  readonly key?: Node;
  readonly value: Node | null | undefined;
}

function memberOf(node: Node | null | undefined, key: string, document: Document.Parsed): Member | undefined {
  if (isAlias(node)) return memberOf(node.resolve(document), key, document);
  if (isSeq(node)) {
    const item = /^\d+$/.test(key) ? node.items[Number(key)] : undefined;
    return isNode(item) ? { value: item } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => keyOf(item) === key);
  if (pair !== undefined)
    return { ...(isNode(pair.key) ? { key: pair.key } : {}), value: isNode(pair.value) ? pair.value : undefined };
  for (const item of node.items) {
    if (keyOf(item) !== "<<" || !isNode(item.value)) continue;
    const merged = isSeq(item.value) ? item.value.items.filter(isNode) : [item.value];
    for (const from of merged) {
      const found = memberOf(from, key, document);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A scalar, or a collection on one line, is shown itself; a longer one is shown by its key. */
function preferred({ key, value }: Member, text: string): Node | null | undefined {
  const span = spanOf(value);
  if (key === undefined) return value;
  if (span === undefined || span.start === span.end) return key;
  return (isCollection(value) || /^[|>]/.test(text.slice(span.start, span.start + 1))) &&
    text.slice(span.start, span.end).trimEnd().includes("\n")
    ? key
    : value;
}

function spanOf(node: Node | null | undefined): Span | undefined {
  return node?.range ? { start: node.range[0], end: node.range[1] } : undefined;
}

function keyOf(pair: Pair<unknown, unknown>): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value) : undefined;
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isCollection(value) || (isAlias(value) && !isPair(value));
}

function sentence(message: string): string {
  const line = message.split("\n")[0] ?? message;
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
