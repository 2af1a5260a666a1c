import { splitLocation } from "../../diagnostics/location.ts";
import type { Bundle } from "../bundle.ts";
import { isObject, type Node } from "../node.ts";
import type { Schema, SchemaObject } from "../shapes.ts";
import { finish, type Context } from "./context.ts";
import { readSchema } from "./schema.ts";

/**
 * Reads a schema that will have a name. One that was part of a larger schema keeps the dialect that the larger one names, since
 * it loses its place there (https://json-schema.org/draft/2020-12/json-schema-core#section-8.1.1).
 */
export function readNamedSchema(node: Node, context: Context): Schema {
  const schema = readSchema(node, context);
  if (typeof schema === "boolean" || schema.$schema !== undefined) return schema;
  const $schema = dialectAround(node, context.bundle);
  return $schema === undefined ? schema : finish<SchemaObject>({ $schema, ...schema }, node, context);
}

function dialectAround({ at }: Node, bundle: Bundle): string | undefined {
  const { file, keys } = splitLocation(at);
  let value = treesOf(bundle).get(file);
  let found: string | undefined;
  for (const key of [undefined, ...keys]) {
    if (key !== undefined) value = isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[key] : undefined; // An array is indexed by its decimal keys, too.
    // What an API's document itself names there is for its editors.
    if (
      isObject(value) &&
      typeof value["$schema"] === "string" &&
      value["openapi"] === undefined &&
      value["swagger"] === undefined
    )
      found = value["$schema"];
  }
  return found;
}

const trees = new WeakMap<Bundle, ReadonlyMap<string, unknown>>();

function treesOf(bundle: Bundle): ReadonlyMap<string, unknown> {
  const known = trees.get(bundle) ?? new Map(bundle.sources.map(({ file, tree }) => [file, tree]));
  trees.set(bundle, known);
  return known;
}
