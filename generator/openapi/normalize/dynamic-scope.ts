/**
 * Dynamic references: `$dynamicRef` leads to the `$dynamicAnchor` of the outermost schema that was entered on the way
 * (https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2). The way is known when a document is read, so each
 * schema whose meaning depends on it is read once for each meaning: docs/decisions/0008-dynamic-references.md.
 */
import type { Location } from "../../diagnostics/location.ts";
import type { Bundle } from "../bundle.ts";
import { isDataKey, isMapKey } from "../load/references.ts";
import { splitReference } from "../load/address.ts";
import { entered, isObject, items, member, members, type Node } from "../node.ts";
import type { Context } from "./context.ts";

/** What dynamic anchors mean at a place. */
export type Scope = ReadonlyMap<string, Node>;

/** What a schema means, seen from a place. */
export interface Meaning {
  /** The same for the same meaning; that of a schema by itself is its place. */
  readonly id: string;
  readonly node: Node;
  /** Set when it means something else here than by itself. */
  readonly variant: { /** The anchors that make the difference. */ readonly foreign: readonly Node[] } | undefined;
}

/**
 * How many meanings one schema may have. A template has as many as it has uses, and each use has anchors of its own; a schema
 * with more of them is where several names multiply.
 */
const mostMeanings = (anchors: number): number => 100 + 2 * anchors;

/** The node with the anchors of its scope added to what is known: what came first has the say. */
export function withScope(node: Node, outer: Scope | undefined, { anchors }: Bundle): Node {
  if (anchors.dynamicsCount === 0) return node;
  const added = [...anchors.dynamicsIn(node)].filter(([name]) => outer?.has(name) !== true);
  const scope = added.length === 0 ? outer : new Map([...(outer ?? []), ...added]);
  return scope === undefined || scope === node.scope ? node : { ...node, scope };
}

/** Where a `$dynamicRef` leads from a node; `undefined` after a report when that is nowhere. */
export function dynamicTarget(
  node: Node,
  reference: string,
  { bundle, diagnostics }: Pick<Context, "bundle" | "diagnostics">,
): Node | undefined {
  const { anchors } = bundle;
  const { at } = member(node, "$dynamicRef");
  const { address, fragment } = splitReference(reference);
  const bound = node.scope?.get(fragment);
  if (address === "" && /^[^/]/.test(fragment) && !anchors.isNamedIn(fragment, node)) {
    // Nothing of that name stands here, which the specification forbids; what the schemas around say is what is meant.
    if (bound !== undefined) return bound;
    if (anchors.dynamics(fragment).length > 1) {
      diagnostics.report("dynamic-reference-unbound", at, { reference });
      return undefined;
    }
  }
  const initial = bundle.follow(reference, node, at);
  const isDynamic = initial !== undefined && isObject(initial.value) && initial.value["$dynamicAnchor"] === fragment;
  return isDynamic ? (bound ?? initial) : initial;
}

/** Finds out what schemas mean where they are referred to. */
export function meaningsOf({ bundle, diagnostics }: Pick<Context, "bundle" | "diagnostics">): { of(node: Node): Meaning } {
  const names = new Map<Location, ReadonlySet<string>>();
  const idsAt = new Map<Location, Set<string>>();
  const limit = mostMeanings(bundle.anchors.dynamicsCount);
  const of = (node: Node): Meaning => {
    if (node.scope === undefined) return { id: node.at, node, variant: undefined };
    const plain: Meaning = { id: node.at, node: withScope(unscoped(node), undefined, bundle), variant: undefined };
    const differs = [...node.scope].filter(([name, target]) => plain.node.scope?.get(name)?.at !== target.at);
    if (differs.length === 0) return plain;
    const used = names.get(node.at) ?? dynamicNames(node, bundle);
    names.set(node.at, used);
    const foreign = differs.flatMap(([name, target]) => (used.has(name) ? [target] : []));
    if (foreign.length === 0) return plain;
    const scope = new Map([...node.scope].filter(([name]) => used.has(name)).sort(([a], [b]) => (a < b ? -1 : 1)));
    const id = [node.at, ...[...scope].map(([name, target]) => `${name}=${target.at}`)].join(" ");
    const ids = idsAt.get(node.at) ?? new Set();
    idsAt.set(node.at, ids);
    if (!ids.has(id) && ids.size >= limit) {
      diagnostics.report("dynamic-references-multiply", node.at, { limit }, { atKey: true });
      return plain;
    }
    ids.add(id);
    return { id, node: { ...node, scope }, variant: { foreign } };
  };
  return { of };
}

/** A schema by itself, wherever it was reached from. */
export function unscoped({ scope: _, ...node }: Node): Node {
  return node;
}

/** The names that dynamic references ask for, in a schema and in all that it leads to. */
function dynamicNames(start: Node, bundle: Bundle): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<Location>();
  const waiting = [start];
  const visit = (written: Node, isMap: boolean): void => {
    for (const item of items(written)) visit(item, false);
    const node = isMap ? written : entered(written);
    for (const [key, inner] of members(node)) {
      if (!isMap && isDataKey(key, inner.value)) continue;
      if (isMap || typeof inner.value !== "string") visit(inner, !isMap && isMapKey(key, inner.value));
      else if (key === "$ref") push(bundle.follow(inner.value, node, inner.at));
      else if (key === "$dynamicRef") visitDynamic(inner.value, node, inner.at);
    }
  };
  const visitDynamic = (reference: string, node: Node, at: Location): void => {
    const { address, fragment } = splitReference(reference);
    push(address === "" && /^[^/]/.test(fragment) ? bundle.anchors.named(fragment, node) : bundle.follow(reference, node, at));
    if (!found.has(fragment)) waiting.push(...bundle.anchors.dynamics(fragment));
    found.add(fragment);
  };
  const push = (node: Node | undefined): void => {
    if (node !== undefined) waiting.push(node);
  };
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node.at)) continue;
    seen.add(node.at);
    visit(node, false);
  }
  return found;
}
