import type { Diagnostics } from "../../diagnostics/diagnostic.ts";
import { child, type Location } from "../../diagnostics/location.ts";
import type { Bundle } from "../bundle.ts";
import type { Dialect } from "../document.ts";
import { isObject, kindOf, type JsonObject, type Node } from "../node.ts";
import type { SchemaRegistry } from "./schema-registry.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What the readers of one document share. */
export interface Context {
  readonly dialect: Dialect;
  readonly bundle: Bundle;
  readonly diagnostics: Diagnostics;
  readonly schemas: SchemaRegistry;
  /** Which keywords the dialects of the schemas have. */
  readonly vocabulary: Vocabulary;
  /** Where the objects that were made come from. */
  readonly origins: WeakMap<object, Location>;
  /** Objects that references lead to, by kind and place: each is made once and shared. */
  readonly shared: Map<string, object | undefined>;
  /** How many references have been replaced by what they lead to. */
  readonly followed: { count: number };
  /** The targets that are being read now, to notice one that contains itself. */
  readonly open: Set<string>;
  /** Keywords that stand beside a `$ref` and do not count, each with its first place and how often. */
  readonly ignoredSiblings: Map<string, { readonly at: Location; count: number }>;
  /** Fields that nothing is made of, by what they stand in and their name, each with its first place and how often. */
  readonly unusedFields: Map<string, { readonly field: string; readonly what: string; readonly at: Location; count: number }>;
}

/** An object on the way to its normalized shape. */
export type Draft = Record<string, unknown>;

/** Reads what a node holds; `undefined` leaves it out, after a report when that loses something. */
export type Reader<T = unknown> = (node: Node, context: Context) => T | undefined;

/** Remembers where an object comes from. */
export function made<T extends object>(object: T, node: Node, context: Context): T {
  if (!context.origins.has(object)) context.origins.set(object, node.at);
  return object;
}

/** The finished shape of a draft. */
export function finish<T extends object>(draft: Draft, node: Node, context: Context): T {
  // The one unchecked step: a reader put into the draft what the shape names, and the compiler cannot follow it there.
  return made(draft, node, context) as T;
}

/** The object at a node, or `undefined` after a report. An empty YAML value stands for an empty object. */
export function objectAt(node: Node, what: string, context: Context): JsonObject | undefined {
  const { value } = node;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject; // What is left of `object` after null and arrays.
  if (value === null) {
    context.diagnostics.report("value-missing", node.at, { what }, { atKey: true });
    return {};
  }
  context.diagnostics.report("value-wrong-kind", node.at, { what, found: kindOf(value), expected: "an object" });
  return undefined;
}

/** Counts a field that nothing is made of. */
export function countUnused(field: string, what: string, at: Location, context: Context): void {
  const key = `${what} ${field}`;
  const known = context.unusedFields.get(key);
  if (known !== undefined) known.count++;
  else context.unusedFields.set(key, { field, what, at, count: 1 });
}

/** Counts a keyword beside a `$ref` that does not count. */
export function ignoreSibling(keyword: string, node: Node, context: Context): void {
  const known = context.ignoredSiblings.get(keyword);
  if (known !== undefined) known.count++;
  else context.ignoredSiblings.set(keyword, { at: child(node.at, keyword), count: 1 });
}

/** References that a reference may lead through; more than any author has patience for. */
export const maxHops = 100;

/** A chain of references that is given up, told at its start. */
export function reportLongChain(start: Node, diagnostics: Diagnostics): void {
  const reference = isObject(start.value) ? start.value["$ref"] : undefined;
  diagnostics.report("reference-chain-too-long", child(start.at, "$ref"), { reference: String(reference), count: maxHops });
}
