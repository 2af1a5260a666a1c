import { child, locationOf, splitLocation, type Location } from "../../diagnostics/location.ts";
import { isDataKey, isKnownKey, isMapKey } from "../load/references.ts";
import { absoluteId, uriOf } from "../load/targets.ts";
import type { Source } from "../load.ts";
import { entered, identifierOf, isObject, items, members, type Node } from "../node.ts";

/** The schemas that have names of their own: https://json-schema.org/draft/2020-12/json-schema-core#section-8.2 */
export interface Anchors {
  /** By absolute `$id`, and by `$id` as written for those who refer to it so. */
  readonly byId: ReadonlyMap<string, Node>;
  /** The absolute `$id` of the schema at a place. */
  readonly idOf: ReadonlyMap<Location, string>;
  /** The node with an `$anchor` or a `$dynamicAnchor` of that name, as seen from a node: in its scope, or else in its file. */
  named(name: string, from: Node): Node | undefined;
  /** Whether the scope of a node has a node of that name itself. */
  isNamedIn(name: string, from: Node): boolean;
  /** The dynamic anchors of the scope that a node stands in. */
  dynamicsIn(node: Node): ReadonlyMap<string, Node>;
  /** Every node with a `$dynamicAnchor` of that name. */
  dynamics(name: string): readonly Node[];
  /** How many nodes have a `$dynamicAnchor`, of any name. */
  readonly dynamicsCount: number;
  /** The root of the scope that a node stands in. */
  scopeOf(node: Node): Location;
}

/**
 * Finds them in the files that have some; most have none and are not walked.
 * A scope is a schema with an `$id`, or a file; in an OpenAPI document each outermost schema is one, since nobody means the
 * anchors of the other components: docs/decisions/0008-dynamic-references.md.
 */
export function anchorsOf(sources: readonly Source[]): Anchors {
  const ids = new Map<string, Node>();
  const doubtful = new Map<string, Node>();
  const idOf = new Map<Location, string>();
  const byName = new Map<string, Node>();
  // By the file: those that stand in no schema with an `$id`, and the others.
  const outside = new Map<string, Node>();
  const inside = new Map<string, Node>();
  const dynamicsIn = new Map<Location, Map<string, Node>>();
  const dynamics = new Map<string, Node[]>();
  // OpenAPI documents, and the outermost schemas in them.
  const documents = new Set<string>();
  const schemas = new Set<Location>();

  const isOuter = ({ resource, file }: Node): boolean => resource === undefined || resource.at === locationOf(file, []);
  const scopeOf = (node: Node): Location => {
    if (node.resource !== undefined && !isOuter(node)) return node.resource.at;
    let at = locationOf(node.file, []);
    if (!documents.has(node.file)) return at;
    for (const key of splitLocation(node.at).keys) {
      at = child(at, key);
      if (schemas.has(at)) return at;
    }
    return locationOf(node.file, []);
  };

  // Under a keyword that is not known an `$id` is likely to be data, but may be a schema that references lead to.
  const visit = (written: Node, base: string, isMap: boolean, sure: boolean): void => {
    for (const item of items(written)) visit(item, base, false, sure);
    const { value } = written;
    if (!isObject(value)) return;
    if (!isMap && isOutermost(written)) schemas.add(written.at);
    const identifier = isMap ? undefined : identifierOf(value);
    const id = identifier === undefined ? undefined : absoluteId(identifier, base);
    const node = entered(written);
    if (identifier !== undefined && id !== undefined) {
      const known = sure ? ids : doubtful;
      for (const key of [id, identifier]) if (!known.has(key)) known.set(key, node);
      idOf.set(node.at, id);
    }
    if (!isMap) for (const keyword of ["$anchor", "$dynamicAnchor", "$id"] as const) note(node, keyword);
    for (const [key, inner] of members(node)) {
      if (!isMap && isDataKey(key, inner.value)) continue;
      visit(inner, id ?? base, !isMap && isMapKey(key, inner.value), sure && (isMap || isKnownKey(key)));
    }
  };

  const isOutermost = (node: Node): boolean => {
    if (!documents.has(node.file) || scopeOf(node) !== locationOf(node.file, [])) return false;
    const { keys } = splitLocation(node.at);
    const isComponent = keys.length === 3 ? keys[0] === "components" && keys[1] === "schemas" : keys[0] === "definitions";
    return keys.at(-1) === "schema" || keys.at(-1) === "itemSchema" || (isComponent && keys.length <= 3 && keys.length > 1);
  };

  const note = (node: Node, keyword: "$anchor" | "$dynamicAnchor" | "$id"): void => {
    const text = isObject(node.value) ? node.value[keyword] : undefined;
    if (typeof text !== "string" || (keyword === "$id" && !/^#[\w.-]+$/.test(text))) return;
    // Up to draft 7, `$id: "#name"` is what `$anchor: name` is now.
    const name = keyword === "$id" ? text.slice(1) : text;
    const scope = scopeOf(node);
    if (!byName.has(`${scope} ${name}`)) byName.set(`${scope} ${name}`, node);
    const outer = isOuter(node) ? outside : inside;
    if (!outer.has(`${node.file} ${name}`)) outer.set(`${node.file} ${name}`, node);
    if (keyword !== "$dynamicAnchor") return;
    const own = dynamicsIn.get(scope) ?? new Map<string, Node>();
    dynamicsIn.set(scope, own);
    if (!own.has(name)) own.set(name, node);
    dynamics.set(name, [...(dynamics.get(name) ?? []), node]);
  };

  for (const { file, text, tree, amended } of sources) {
    if (amended !== true && !/\$(id|anchor|dynamicAnchor|recursiveRef|self)\b/.test(text)) continue;
    if (isObject(tree) && ("openapi" in tree || "swagger" in tree || "components" in tree)) documents.add(file);
    visit({ value: tree, at: locationOf(file, []), file }, uriOf(file), false, true);
  }
  return {
    byId: new Map([...doubtful, ...ids]),
    idOf,
    named(name, from) {
      const key = `${from.file} ${name}`;
      return byName.get(`${scopeOf(from)} ${name}`) ?? outside.get(key) ?? inside.get(key);
    },
    isNamedIn: (name, from) => byName.has(`${scopeOf(from)} ${name}`),
    dynamicsIn: (node) => dynamicsIn.get(scopeOf(node)) ?? none,
    dynamics: (name) => dynamics.get(name) ?? [],
    dynamicsCount: [...dynamics.values()].reduce((sum, nodes) => sum + nodes.length, 0),
    scopeOf,
  };
}

const none: ReadonlyMap<string, Node> = new Map();
