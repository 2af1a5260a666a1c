/** Whether values are of the TypeScript type that their schemas are written as: wider than what a schema allows in most ways, and narrower in some. */
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { ApiModel, Direction } from "../api-model.ts";
import { absentProperties, inPlace } from "../direction.ts";
import type { SampleValue } from "../sample.ts";
import { positionIn } from "../validate/equal.ts";
import { Bytes, isOfType } from "../validate/scalar.ts";
import { writtenType } from "./parts.ts";
import type { Task } from "./task.ts";

/** What a type depends on, beside its schema. */
interface Side {
  readonly model: Pick<ApiModel, "schemaByReference">;
  readonly direction: Direction;
}

type Members = { readonly [name: string]: SampleValue };

/**
 * Whether the compiler takes a valid value for its schema's type. It is stricter than JSON Schema where properties are said to be of an
 * object without a `type`, and where an object has none of the properties of a type in which all are optional.
 */
export function isOfWrittenType(side: Side, schema: Schema, value: SampleValue): boolean {
  return fits(side, schema, value, []) && !isStranger(side, schema, value);
}

/** The same of a task's value, where it may be of another type than is written: by a member of a union, or by an example. */
export function compiles(side: Side, { schema, level }: Pick<Task, "schema" | "level">, value: SampleValue): boolean {
  const isSettled = typeof schema === "boolean" || (level > 0 && schema.oneOf === undefined && schema.anyOf === undefined);
  return isSettled || isOfWrittenType(side, schema, value);
}

function fits(side: Side, schema: Schema, value: SampleValue, trail: readonly Schema[]): boolean {
  if (typeof schema === "boolean" || value instanceof Bytes || trail.includes(schema)) return true;
  const parts = inPlace(side.model, schema);
  // To the letter of JSON Schema, types are as wide as it is.
  if (parts.some(({ $schema }) => $schema !== undefined)) return true;
  const isTyped = parts.some(({ type }) => type !== undefined);
  return parts.every((part) => fitsPart(side, part, value, isTyped, [...trail, schema]));
}

function fitsPart(side: Side, part: SchemaObject, value: SampleValue, isTyped: boolean, trail: readonly Schema[]): boolean {
  if (part.enum !== undefined) return value !== undefined && positionIn(part.enum, value) !== -1;
  if (part.type !== undefined && ![part.type].flat().some((type) => isOfType(value, type === "integer" ? "number" : type)))
    return false;
  const unions = [part.oneOf, part.anyOf].filter((members) => members !== undefined);
  const written = isTyped || unions.length > 0 ? undefined : writtenType(part);
  if (written !== undefined && !isOfType(value, written)) return false;
  if (!unions.every((members) => members.some((member) => fits(side, member, value, trail)))) return false;
  if (Array.isArray(value)) {
    const { items, prefixItems } = part;
    return items === undefined || prefixItems !== undefined || value.every((item) => isOfWrittenType(side, items, item));
  }
  return !isMembers(value) || fitsObject(side, part, value);
}

function fitsObject(side: Side, part: SchemaObject, value: Members): boolean {
  const { properties = {}, required = [] } = part;
  const absent = absentProperties(side.model, part, side.direction);
  return (
    required.every((name) => Object.hasOwn(value, name) || absent.has(name) || !Object.hasOwn(properties, name)) &&
    Object.entries(value).every(
      ([name, inner]) => !Object.hasOwn(properties, name) || isOfWrittenType(side, properties[name] ?? true, inner),
    )
  );
}

/** Whether an object has members, and none of a type that lists some and asks for none (TS2559). */
function isStranger({ model }: Side, schema: Schema, value: SampleValue): boolean {
  if (!isMembers(value) || Object.keys(value).length === 0) return false;
  const parts: SchemaObject[] = [];
  gather(model, schema, parts);
  const isOpen = parts.some(
    ({ required = [], additionalProperties = false, patternProperties, enum: values }) =>
      required.length > 0 || additionalProperties !== false || patternProperties !== undefined || values !== undefined,
  );
  const names = new Set(parts.flatMap(({ properties = {} }) => Object.keys(properties)));
  return !isOpen && names.size > 0 && !Object.keys(value).some((name) => names.has(name));
}

/** All schemas that may speak of a value, the members of unions among them. */
function gather(model: Side["model"], schema: Schema, found: SchemaObject[]): void {
  for (const part of inPlace(model, schema)) {
    if (found.includes(part)) continue;
    found.push(part);
    for (const member of [...(part.oneOf ?? []), ...(part.anyOf ?? [])]) gather(model, member, found);
  }
}

function isMembers(value: SampleValue): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Bytes);
}
