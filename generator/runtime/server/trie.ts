import { percentDecode } from "../wire/percent.js";
import { mixedSegment, type MixedSegment } from "./mixed-segment.js";

/** What a path leads to: the values by method, and the texts of its parameters, still percent-encoded. */
export interface Match<Value> {
  readonly values: ReadonlyMap<string, Value>;
  readonly texts: { readonly [name: string]: string };
}

/** Paths by their segments. A literal goes before a segment that is partly literal, and that before a parameter. */
export interface Trie<Value> {
  /** Adds a path. Of values that have all else alike the first stays. */
  add(template: string, method: string, value: Value, among?: Among): void;
  /** Everything that a path and its query lead to, the most specific first. */
  find(path: string, query?: string): Match<Value>[];
}

/** What tells values with the same path apart. */
export interface Among {
  /** What the query must hold to lead there. */
  readonly query?: string | undefined;
  /** What else a request has; it is not looked at here. */
  readonly tells?: readonly string[] | undefined;
}

interface Node<Value> {
  readonly literals: Map<string, Node<Value>>;
  readonly mixed: Map<string, { readonly segment: MixedSegment; readonly node: Node<Value> }>;
  any: Node<Value> | undefined;
  /**
   * By the method, so that the order of one does not depend on what another has; by the names of the parameters, since `/a/{id}` and
   * `/a/{name}` are one path with two spellings; and by the query.
   */
  readonly ends: Map<string, End<Value>>;
  /** The same: what has more to say goes first, in its query, then in its tells. */
  sorted: readonly End<Value>[];
}

interface End<Value> {
  readonly names: readonly string[];
  readonly query: readonly (readonly [string, string])[];
  readonly weight: number;
  readonly values: Map<string, Value>;
}

/** An empty trie. */
export function createTrie<Value>(): Trie<Value> {
  const root: Node<Value> = emptyNode();
  return {
    add(template, method, value, { query = "", tells = [] } = {}) {
      let node = root;
      const names: string[] = [];
      for (const segment of segmentsOf(template)) {
        if (segment.includes("{")) for (const [, name = ""] of segment.matchAll(parameter)) names.push(name);
        node = step(node, segment);
      }
      const key = [method, ...names, `?${query}`, ...tells].join("\0");
      const end = node.ends.get(key) ?? {
        names,
        query: query === "" ? [] : [...new URLSearchParams(query)],
        weight: tells.length,
        values: new Map<string, Value>(),
      };
      if (!node.ends.has(key)) {
        node.ends.set(key, end);
        node.sorted = [...node.ends.values()].sort(
          (one, other) => other.query.length - one.query.length || other.weight - one.weight,
        );
      }
      if (!end.values.has(method)) end.values.set(method, value);
    },
    find(path, query = "") {
      const found: Match<Value>[] = [];
      walk(root, { path, query, texts: [], found }, path.startsWith("/") ? 1 : 0);
      return found;
    },
  };
}

const parameter = /\{([^{}]*)\}/g;

function emptyNode<Value>(): Node<Value> {
  return { literals: new Map(), mixed: new Map(), any: undefined, ends: new Map(), sorted: [] };
}

function segmentsOf(path: string): string[] {
  return (path.startsWith("/") ? path.slice(1) : path).split("/");
}

function step<Value>(node: Node<Value>, segment: string): Node<Value> {
  const literals = segment.includes("{") ? segment.split(/\{[^{}]*\}/) : [segment];
  if (literals.length === 1) {
    const literal = percentDecode(segment) ?? segment;
    const next = node.literals.get(literal) ?? emptyNode<Value>();
    node.literals.set(literal, next);
    return next;
  }
  if (literals.length === 2 && literals.every((literal) => literal === ""))
    return (node.any ??= emptyNode<Value>());
  const mixed = mixedSegment(segment);
  const known = node.mixed.get(mixed.key);
  if (known !== undefined) return known.node;
  const made = { segment: mixed, node: emptyNode<Value>() };
  node.mixed.set(mixed.key, made);
  const sorted = [...node.mixed].sort(([, one], [, other]) => other.segment.weight - one.segment.weight);
  node.mixed.clear();
  for (const [key, each] of sorted) node.mixed.set(key, each);
  return made.node;
}

/** What is looked for, and what has been found on the way. */
interface Search<Value> {
  readonly path: string;
  readonly query: string;
  /** Those of the parameters down to where the search is. */
  readonly texts: string[];
  readonly found: Match<Value>[];
}

/** Goes on with the segment that begins at a place of the path; behind the last one, which has no slash after it, is -1. */
function walk<Value>(node: Node<Value>, search: Search<Value>, start: number): void {
  const { path, query: asked, texts, found } = search;
  if (start === -1) {
    for (const { names, query, values } of node.sorted)
      if (query.length === 0 || holds(new URLSearchParams(asked), query))
        found.push({ values, texts: textsByName(names, texts) });
    return;
  }
  const slash = path.indexOf("/", start);
  const segment = slash === -1 ? path.slice(start) : path.slice(start, slash);
  const next = slash === -1 ? -1 : slash + 1;
  const literal = node.literals.get(percentDecode(segment) ?? segment);
  if (literal !== undefined) walk(literal, search, next);
  const known = texts.length;
  if (node.mixed.size > 0)
    for (const { segment: form, node: below } of node.mixed.values()) {
      const captures = form.match(segment);
      if (captures === undefined) continue;
      texts.push(...captures);
      walk(below, search, next);
      texts.length = known;
    }
  if (node.any === undefined || segment === "") return;
  texts.push(segment);
  walk(node.any, search, next);
  texts.length = known;
}

function textsByName(names: readonly string[], texts: readonly string[]): Match<unknown>["texts"] {
  const named: { [name: string]: string } = {};
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? "";
    const value = texts[index] ?? "";
    // Not by assignment, which would let a parameter named "__proto__" set the prototype.
    if (name === "__proto__") Object.defineProperty(named, name, { value, enumerable: true });
    else named[name] = value;
  }
  return named;
}

function holds(given: URLSearchParams, wanted: readonly (readonly [string, string])[]): boolean {
  return wanted.every(([name, value]) => given.getAll(name).includes(value));
}
