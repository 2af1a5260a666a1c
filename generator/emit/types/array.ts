import type { SchemaObject } from "../../openapi/shapes.ts";
import { evaluatedItems } from "./evaluated-items.ts";
import { insideType, type Scope } from "./schema.ts";
import { neverType, unknownType, type Type } from "./type.ts";

/** Arrays of at most this many items, and of a fixed number, are written as tuples. */
const longestTuple = 4;

/**
 * An array, or a tuple when positions have types of their own. `prefixItems` alone does not ask for the items to be there
 * (JSON Schema Core §10.3.1.1), but in an API's document nobody means that: they are optional only where `minItems` says so.
 */
export function arrayType(schema: SchemaObject, scope: Scope): Type {
  if (scope.exact === true) return exactArrayType(schema, scope);
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

/** To the letter: an item is there when `minItems` asks for it, and none is beyond `maxItems`. */
function exactArrayType(schema: SchemaObject, scope: Scope): Type {
  const { prefixItems = [], minItems = 0, maxItems = Infinity, items, unevaluatedItems } = schema;
  const evaluated = unevaluatedItems === undefined || items !== undefined ? undefined : evaluatedItems(schema, scope.model);
  const others = evaluated === undefined ? (items ?? true) : (unevaluatedItems ?? true);
  const rest = insideType(others, scope);
  const length = rest === neverType ? Math.min(maxItems, Math.max(prefixItems.length, evaluated ?? 0)) : maxItems;
  const bounded = length <= longestTuple || length <= prefixItems.length;
  const written = Math.min(
    length,
    Math.max(prefixItems.length, evaluated ?? 0, Math.min(minItems, longestTuple), bounded ? length : 0),
  );
  const positions = Array.from({ length: written }, (_, index): Type => {
    const item = prefixItems[index];
    if (item !== undefined) return insideType(item, scope);
    return index < (evaluated ?? 0) ? unknownType : rest;
  });
  const impossible = positions.indexOf(neverType);
  if (minItems > length || (impossible !== -1 && impossible < minItems)) return neverType;
  const possible = impossible === -1 ? positions : positions.slice(0, impossible);
  const required = Math.min(minItems, possible.length);
  if (impossible !== -1 || bounded || rest === neverType) return { kind: "tuple", items: possible, required };
  return possible.length === 0 ? { kind: "array", items: rest } : { kind: "tuple", items: possible, required, rest };
}

/** Whether the type of an array tells how many items it has. */
export function isTuple({ prefixItems, minItems, maxItems }: SchemaObject): boolean {
  return (prefixItems ?? []).length > 0 || (minItems !== undefined && minItems === maxItems && minItems <= longestTuple);
}
