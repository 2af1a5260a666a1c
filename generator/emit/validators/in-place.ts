import type { ApiModel } from "../../model/api-model.ts";
import { inPlace } from "../../model/direction.ts";
import { referenced, subschemas } from "../../model/walk.ts";
import type { Schema } from "../../openapi/shapes.ts";

/** Whether a schema leads, without going into the value, to one of these. */
export function reachesInPlace(model: ApiModel, schema: Schema, targets: ReadonlySet<Schema>): boolean {
  if (targets.size === 0) return false;
  for (const found of inPlaceSchemas(model, schema)) if (targets.has(found)) return true;
  return false;
}

/** Whether a schema, without going into the value, requires one of these properties. */
export function requiresInPlace(model: ApiModel, schema: Schema, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  for (const found of inPlaceSchemas(model, schema)) {
    if (typeof found === "boolean") continue;
    const needed = [...(found.required ?? []), ...Object.values(found.dependentRequired ?? {}).flat()];
    if (needed.some((name) => names.has(name))) return true;
  }
  return false;
}

/** Whether requests and responses may differ in what a schema allows: at any depth, a property is declared absent on a side. */
export function hasSides(model: ApiModel, schema: Schema): boolean {
  if (typeof schema === "boolean") return false;
  const known = sides.get(schema);
  if (known !== undefined) return known;
  const found =
    // What a property refers to says so for it.
    inPlace(model, schema).some(({ readOnly, writeOnly }) => readOnly === true || writeOnly === true) ||
    referenced(model, schema)?.writableName !== undefined ||
    [...subschemas(schema)].some(({ schema: inner }) => hasSides(model, inner));
  sides.set(schema, found);
  return found;
}

// A cache of pure results: a schema belongs to one model.
const sides = new WeakMap<object, boolean>();

/** A schema and all that it applies to the same value, on whatever condition; each once. */
function inPlaceSchemas(model: ApiModel, schema: Schema, found = new Set<Schema>()): ReadonlySet<Schema> {
  if (typeof schema === "boolean" || found.has(schema)) return found;
  found.add(schema);
  const { not, if: condition, then, else: otherwise } = schema;
  const unions = [
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...Object.values(schema.dependentSchemas ?? {}),
  ];
  const inner = [...unions, not, condition, then, otherwise, referenced(model, schema)?.schema];
  for (const one of inner) if (one !== undefined) inPlaceSchemas(model, one, found);
  return found;
}
