import type { Json, SchemaObject, TypeName } from "../../openapi/shapes.ts";

/** Whether a value is of one of the types that a `type` keyword names; an absent keyword names all. */
export function insideTypeName(value: Json, type: SchemaObject["type"]): boolean {
  if (type === undefined) return true;
  const names: readonly TypeName[] = typeof type === "string" ? [type] : type;
  return names.some((name) => isOfType(value, name));
}

function isOfType(value: Json, name: TypeName): boolean {
  switch (name) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === name;
  }
}
