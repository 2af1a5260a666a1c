import type { Json, SchemaObject } from "../../openapi/shapes.ts";
import { numberLiteral, stringLiteral } from "../text/literal.ts";
import { insideTypeName } from "./type-name.ts";
import { neverType, nullType, objectOf, primitive, union, type Type } from "./type.ts";

/** The union of the values of an `enum` or `const` that the schema's `type` allows; all of them when it allows none. */
export function literalsType(values: readonly Json[], schema: SchemaObject): Type {
  const allowed = values.filter((value) => insideTypeName(value, schema.type));
  return union((allowed.length === 0 ? values : allowed).map(literalType));
}

/** The type whose only value is this one. */
export function literalType(value: Json): Type {
  if (value === null) return nullType;
  if (typeof value === "string") return { kind: "atom", text: stringLiteral(value), of: "string" };
  if (typeof value === "boolean") return { kind: "atom", text: String(value), of: "boolean" };
  // Larger than any number that has a literal, as 1e400 is.
  if (typeof value === "number" && !Number.isFinite(value)) return primitive("number");
  if (typeof value === "number") return { kind: "atom", text: numberLiteral(Object.is(value, -0) ? 0 : value), of: "number" };
  if (isArray(value)) return { kind: "tuple", items: value.map(literalType), required: value.length };
  const members = Object.entries(value).map(([name, member]) => ({ name, type: literalType(member) }));
  return members.length === 0 ? objectOf([], neverType) : objectOf(members);
}

// `Array.isArray` does not narrow readonly arrays away.
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
