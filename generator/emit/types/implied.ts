import { inPlace } from "../../model/direction.ts";
import { constantsOf, impliedType, typesOf } from "../../model/sample/parts.ts";
import type { ApiModel } from "../../model/api-model.ts";
import type { Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";

/**
 * Whether a property only seems to be an object or an array, since its schema has `properties` or `items` and no `type`, while another
 * schema for the same value says that it is something else. `{ properties: … }` beside `{ type: "null" }` is met by `null`.
 */
export function isOverruled(
  model: Pick<ApiModel, "schemaByReference">,
  parts: readonly SchemaObject[],
  name: string,
  property: Schema,
): boolean {
  const own = inPlace(model, property);
  if (own.length === 0 || own.some(saysType)) return false;
  const implied = impliedType(own);
  if (implied === undefined) return false;
  const stated = parts.flatMap((part) => {
    const other = Object.hasOwn(part.properties ?? {}, name) ? part.properties?.[name] : undefined;
    return other === undefined || other === property ? [] : inPlace(model, other).filter(saysType);
  });
  if (stated.length === 0) return false;
  const allowed = constantsOf(stated)?.map(typeOfValue) ?? typesOf(stated);
  return allowed.length > 0 && !allowed.includes(implied);
}

function saysType({ type, const: constant, enum: constants }: SchemaObject): boolean {
  return type !== undefined || constant !== undefined || constants !== undefined;
}

function typeOfValue(value: unknown): TypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "number" || type === "boolean" || type === "string" ? type : "object";
}
