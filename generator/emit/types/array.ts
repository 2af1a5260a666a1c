import type { SchemaObject } from "../../openapi/shapes.ts";
import { insideType, type Scope } from "./schema.ts";
import { neverType, unknownType, type Type } from "./type.ts";

/** Arrays of at most this many items, and of a fixed number, are written as tuples. */
const longestTuple = 4;

/**
 * An array, or a tuple when positions have types of their own. `prefixItems` alone does not ask for the items to be there
 * (JSON Schema Core §10.3.1.1), but nobody means that: they are optional only where `minItems` says so.
 */
export function arrayType(schema: SchemaObject, scope: Scope): Type {
  const { prefixItems = [], minItems, maxItems } = schema;
  const items = schema.items === undefined ? unknownType : insideType(schema.items, scope);
  if (prefixItems.length === 0) {
    if (items === neverType || maxItems === 0) return { kind: "tuple", items: [], required: 0 };
    return isTuple(schema)
      ? { kind: "tuple", items: Array<Type>(minItems ?? 0).fill(items), required: minItems ?? 0 }
      : { kind: "array", items };
  }
  const first = prefixItems.slice(0, maxItems).map((item) => insideType(item, scope));
  const required = Math.min(minItems ?? first.length, first.length);
  const closed = items === neverType || (maxItems !== undefined && maxItems <= prefixItems.length);
  return closed ? { kind: "tuple", items: first, required } : { kind: "tuple", items: first, required, rest: items };
}

/** Whether the type of an array tells how many items it has. */
export function isTuple({ prefixItems, minItems, maxItems }: SchemaObject): boolean {
  return (prefixItems ?? []).length > 0 || (minItems !== undefined && minItems === maxItems && minItems <= longestTuple);
}
