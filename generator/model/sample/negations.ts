import type { Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import type { ApiModel } from "../api-model.ts";
import { inPlace } from "../direction.ts";
import { referenced } from "../walk.ts";

type Schemas = Pick<ApiModel, "schemaByReference">;

/** More ways than this not to be something are not looked for. */
const enough = 40;

/**
 * Schemas whose values do not meet a schema, or are likely not to: one of its keywords broken in each. Where `own` is given, no other
 * properties may be used for that. Proof is left to whoever makes the value.
 */
export function negations(model: Schemas, schema: Schema, own?: ReadonlySet<string>): Schema[] {
  if (typeof schema === "boolean") return schema ? [] : [true];
  const parts = inPlace(model, schema);
  if (parts.some((part) => part.allOf?.includes(false) === true || referenced(model, part)?.schema === false)) return [true];
  return parts.flatMap((part) => brokenIn(part, own)).slice(0, enough);
}

/** The properties that schemas declare for the same value. */
export function declaredIn(model: Schemas, schemas: readonly Schema[]): ReadonlySet<string> {
  const parts = schemas.flatMap((schema) => inPlace(model, schema));
  return new Set(parts.flatMap(({ properties = {} }) => Object.keys(properties)));
}

function brokenIn(part: SchemaObject, own: ReadonlySet<string> | undefined): Schema[] {
  return [...brokenObject(part, own), ...brokenArray(part), ...brokenScalar(part), ...brokenUnion(part)];
}

function brokenObject(part: SchemaObject, own: ReadonlySet<string> | undefined): Schema[] {
  const ways: Schema[] = [];
  for (const name of part.required ?? []) ways.push({ type: "object", properties: { [name]: false } });
  for (const [name, schema] of Object.entries(part.properties ?? {})) {
    if (schema === true || (own !== undefined && !own.has(name))) continue;
    ways.push({ type: "object", properties: { [name]: { not: schema } }, required: [name] });
  }
  const { minProperties = 0, maxProperties } = part;
  if (minProperties > 0) ways.push({ type: "object", maxProperties: minProperties - 1 });
  if (maxProperties !== undefined) ways.push({ type: "object", minProperties: maxProperties + 1 });
  for (const others of [part.additionalProperties, part.unevaluatedProperties]) {
    if (others === undefined || others === true || own !== undefined) continue;
    // One property more than those that are known.
    const known = Object.keys(part.properties ?? {}).length;
    ways.push({ type: "object", minProperties: known + 1, additionalProperties: { not: others } });
  }
  return ways;
}

function brokenArray({ items, contains, minItems = 0, maxItems }: SchemaObject): Schema[] {
  const ways: Schema[] = [];
  if (items !== undefined && items !== true) ways.push({ type: "array", contains: { not: items } });
  if (contains !== undefined && contains !== false) ways.push({ type: "array", items: { not: contains } });
  if (minItems > 0) ways.push({ type: "array", maxItems: minItems - 1 });
  if (maxItems !== undefined) ways.push({ type: "array", minItems: maxItems + 1 });
  return ways;
}

function brokenScalar(part: SchemaObject): Schema[] {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength = 0, maxLength } = part;
  const ways: Schema[] = [];
  if (minimum !== undefined) ways.push({ type: "number", exclusiveMaximum: minimum });
  if (maximum !== undefined) ways.push({ type: "number", exclusiveMinimum: maximum });
  if (exclusiveMinimum !== undefined) ways.push({ type: "number", maximum: exclusiveMinimum });
  if (exclusiveMaximum !== undefined) ways.push({ type: "number", minimum: exclusiveMaximum });
  if (minLength > 0) ways.push({ type: "string", maxLength: minLength - 1 });
  if (maxLength !== undefined) ways.push({ type: "string", minLength: maxLength + 1 });
  const others = type === undefined ? [] : allTypes.filter((one) => ![type].flat().includes(one));
  if (others.length > 0 && type !== undefined)
    ways.push({ type: [type].flat().includes("number") ? others.filter(isNoNumber) : others });
  return ways;
}

function brokenUnion({ anyOf, oneOf, not, const: constant, enum: values }: SchemaObject): Schema[] {
  const ways: Schema[] = [];
  for (const members of [anyOf, oneOf])
    if (members !== undefined) ways.push({ allOf: members.map((member) => ({ not: member })) });
  if (not !== undefined) ways.push(not);
  // Other values than these need no help.
  if (constant !== undefined || values !== undefined) ways.push(true);
  return ways;
}

const allTypes: readonly TypeName[] = ["string", "number", "boolean", "object", "array", "null", "integer"];

function isNoNumber(type: TypeName): boolean {
  return type !== "integer";
}
