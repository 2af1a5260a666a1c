import { child, pointerKeys, splitLocation, type Location } from "../../diagnostics/location.ts";
import type { Schema } from "../shapes.ts";
import { isObject, members, put, type Node } from "../node.ts";
import { made, type Context } from "./context.ts";
import { componentKindOf, kindNames } from "./component-kind.ts";
import { nameFrom } from "./schema-name.ts";

/**
 * Gives every schema that is referred to one key under `components.schemas`, wherever it stands. Its key is the one that
 * the entry gives it (`Pet: { $ref: ./pet.yaml }` makes the file `Pet`), or else is made from its place.
 */
export interface SchemaRegistry {
  /** The key of the schema that a reference leads to; `undefined` after a report when it leads nowhere. */
  keyOf(reference: string, from: Node, at?: Location): string | undefined;
  /** The key of the schema at a node. */
  keyAt(node: Node): string;
  /** The key of a schema in the entry's own `components.schemas`. */
  has(key: string): boolean;
  /** Reads every schema: the entry's in their order, then the others in the order in which they were first referred to. */
  readAll(read: (node: Node, context: Context) => Schema, context: Context): Record<string, Schema>;
}

/** A registry that knows the entry's own schemas: `declared` is its `components.schemas`, or `definitions`. */
export function schemaRegistry(declared: Node, context: Omit<Context, "schemas">): SchemaRegistry {
  const { bundle, diagnostics } = context;
  const keyByPlace = new Map<Location, string>();
  const places = new Map<string, Node>();
  const hopeless = new Set<string>();

  for (const [key, node] of members(declared)) {
    keyByPlace.set(node.at, key);
    places.set(key, node);
  }
  for (const [key, node] of members(declared)) {
    if (pureReference(node) === undefined) continue;
    const chain = chainOf(node);
    const end = chain.at(-1);
    if (end === undefined) hopeless.add(key);
    else if (!keyByPlace.has(end.at)) {
      // The entry names a schema that stands elsewhere: there is one schema then, and this is its name.
      for (const place of chain) if (!keyByPlace.has(place.at)) keyByPlace.set(place.at, key);
      places.set(key, end);
    }
  }

  /** The places a pure reference passes, itself first; empty when they lead back to it or nowhere. */
  function chainOf(start: Node): Node[] {
    const chain: Node[] = [];
    for (let node = start; ;) {
      if (chain.some((place) => place.at === node.at)) {
        if (node.at === start.at)
          diagnostics.report("reference-to-itself", child(start.at, "$ref"), { reference: pureReference(start) ?? "" });
        return [];
      }
      chain.push(node);
      const reference = pureReference(node);
      if (reference === undefined) return chain;
      const next = bundle.follow(reference, node);
      if (next === undefined) return [];
      node = next;
    }
  }

  function keyAt(node: Node): string {
    const known = keyByPlace.get(node.at);
    if (known !== undefined) return known;
    const { file, keys } = splitLocation(node.at);
    const { name, authored } = nameFrom(file, keys);
    let key = name;
    for (let count = 2; places.has(key); count++) key = `${name}_${count}`;
    const other = places.get(name);
    if (key !== name && authored && other !== undefined) {
      const related = [{ at: other.at, message: `"${name}" is this schema` }];
      diagnostics.report("schema-name-clash", node.at, { name, key, entry: bundle.entry.file }, { related, atKey: true });
    }
    keyByPlace.set(node.at, key);
    places.set(key, node);
    return key;
  }

  function keyOf(reference: string, from: Node, at?: Location): string | undefined {
    let target = bundle.follow(reference, from, at);
    for (let hops = 0; target !== undefined; hops++) {
      const kind = componentKindOf(target, context.dialect);
      if (kind !== undefined && kind !== "schema") {
        diagnostics.report("reference-wrong-kind", at ?? child(from.at, "$ref"), {
          reference,
          found: kindNames[kind],
          expected: kindNames.schema,
        });
        return undefined;
      }
      const known = keyByPlace.get(target.at);
      if (known !== undefined) return known;
      const next = pureReference(target);
      if (next === undefined) return keyAt(target);
      if (hops > 50) {
        diagnostics.report("reference-to-itself", at ?? child(from.at, "$ref"), { reference });
        return undefined;
      }
      target = bundle.follow(next, target);
    }
    return undefined;
  }

  return {
    keyOf,
    keyAt,
    has: (key) => isObject(declared.value) && Object.hasOwn(declared.value, key),
    readAll(read, full) {
      const schemas: Record<string, Schema> = {};
      // Reading a schema can add places to the end; a Map's iteration sees them.
      for (const [key, node] of places) put(schemas, key, hopeless.has(key) ? made({}, node, full) : read(node, full));
      return schemas;
    },
  };
}

/** The reference of a schema that is nothing else. */
export function pureReference({ value }: Node): string | undefined {
  return isObject(value) && typeof value["$ref"] === "string" && Object.keys(value).length === 1 ? value["$ref"] : undefined;
}

/** `#/components/schemas/<key>`. */
export function referenceTo(key: string): string {
  return `#/components/schemas/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The key in `#/components/schemas/<key>`. */
export function keyIn(reference: string): string {
  return pointerKeys(reference.slice(1).replaceAll("~2", "~02"))[2] ?? "";
}
