import { locationOf, type Location } from "../../diagnostics/location.ts";
import type { Source } from "../load.ts";
import { isObject, items, members, type Node } from "../node.ts";

/** The schemas that have names of their own: https://json-schema.org/draft/2020-12/json-schema-core#section-8.2 */
export interface Anchors {
  /** By absolute `$id`, or by `$id` as written when nothing makes it absolute. */
  readonly byId: ReadonlyMap<string, Node>;
  /** The absolute `$id` of the schema at a place. */
  readonly idOf: ReadonlyMap<Location, string>;
  /** By the place of the resource, a space, and the `$anchor` or `$dynamicAnchor`. */
  readonly byName: ReadonlyMap<string, Node>;
  readonly dynamic: ReadonlyMap<string, readonly Node[]>;
}

/** Finds them in the files that have some; most have none and are not walked. */
export function anchorsOf(sources: readonly Source[]): Anchors {
  const byId = new Map<string, Node>();
  const idOf = new Map<Location, string>();
  const byName = new Map<string, Node>();
  const dynamic = new Map<string, Node[]>();

  const visit = (node: Node, base: string): void => {
    const { value } = node;
    for (const item of items(node)) visit(item, base);
    if (!isObject(value)) return;
    const written = value["$id"] ?? value["$self"];
    const id =
      typeof written === "string"
        ? URL.canParse(written, base)
          ? new URL(written, base).href.replace(/#$/, "")
          : written
        : undefined;
    const scope: Node = id === undefined ? node : { ...node, resource: node };
    if (id !== undefined) {
      byId.set(id, scope);
      idOf.set(node.at, id);
    }
    const resource = scope.resource?.at ?? locationOf(node.file, []);
    for (const keyword of ["$anchor", "$dynamicAnchor"]) {
      const name = value[keyword];
      if (typeof name !== "string") continue;
      byName.set(`${resource} ${name}`, scope);
      if (keyword === "$dynamicAnchor") dynamic.set(name, [...(dynamic.get(name) ?? []), scope]);
    }
    for (const [, inner] of members(scope)) visit(inner, id ?? base);
  };

  for (const { file, text, tree, amended } of sources) {
    if (amended === true || /\$(id|anchor|dynamicAnchor|self)\b/.test(text))
      visit({ value: tree, at: locationOf(file, []), file }, "");
  }
  return { byId, idOf, byName, dynamic };
}
