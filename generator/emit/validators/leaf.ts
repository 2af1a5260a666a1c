import { typeIdentifier } from "../../model/names.ts";
import { isPureReference, referenceOrNull } from "../../model/walk.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { formats, numberFormats } from "../../runtime/validation/formats.ts";

/** What the function of a simple schema is called after, and what else must be equal for two schemas to share it. */
export interface Leaf {
  readonly name: string;
  readonly key: string;
}

/**
 * Names a schema by what it says, when that is no more than types with a format, a few values, a reference or null, or a list of
 * such: `String`, `DateTimeOrNull`, `ReadOrWrite`, `PetOrNull`, `PetList`; `undefined` for any other schema. `validator` names that of a
 * reference; a schema `isAlone` when no other speaks of the same value.
 */
export function leafOf(
  schema: Schema,
  validator: (reference: SchemaObject) => string | undefined,
  isAlone: boolean,
): Leaf | undefined {
  if (typeof schema === "boolean") return undefined;
  if (schema.anyOf !== undefined) return isAlone ? nullableLeaf(schema, validator) : undefined;
  if (!Object.keys(schema).every((keyword) => allowed.has(keyword) || keyword.startsWith("x-"))) return undefined;
  if (schema.enum !== undefined) return enumLeaf(schema, schema.enum);
  if (schema.items === undefined) return typeLeaf(schema);
  if (schema.type === "array") return listLeaf(schema.items, validator);
  const isNullable =
    Array.isArray(schema.type) && schema.type.length === 2 && nullable.every((type) => schema.type?.includes(type));
  return isNullable ? orNull(listLeaf(schema.items, validator)) : undefined;
}

const nullable = ["array", "null"] as const;

/** A reference, or null. */
function nullableLeaf(schema: SchemaObject, validator: (reference: SchemaObject) => string | undefined): Leaf | undefined {
  const reference = referenceOrNull(schema);
  const name = reference === undefined ? undefined : validator(reference);
  return name === undefined ? undefined : orNull({ name: name.replace(/^.*validate/, ""), key: `any ${name}` });
}

function orNull(leaf: Leaf | undefined): Leaf | undefined {
  return leaf && { name: `${leaf.name}OrNull`, key: `${leaf.key} or null` };
}

function enumLeaf(schema: SchemaObject, values: readonly unknown[]): Leaf | undefined {
  if (schema.items !== undefined || values.length === 0 || values.length > 4) return undefined;
  if (!values.every((value) => value === null || (typeof value === "string" && /^[A-Za-z][\w-]*$/.test(value)))) return undefined;
  const words = values.map(String);
  if (words.join("").length > 40) return undefined;
  return { name: words.map(typeIdentifier).join("Or"), key: JSON.stringify([schema.type ?? null, values]) };
}

function listLeaf(items: Schema, validator: (reference: SchemaObject) => string | undefined): Leaf | undefined {
  if (typeof items === "object" && items.$ref !== undefined) {
    const name = isPureReference(items) ? validator(items) : undefined;
    return name === undefined ? undefined : { name: `${name.replace(/^.*validate/, "")}List`, key: name };
  }
  const item = leafOf(items, validator, true);
  return item === undefined ? undefined : { name: `${item.name}List`, key: `list ${item.key}` };
}

function typeLeaf(schema: SchemaObject): Leaf | undefined {
  if (schema.type === undefined) return undefined;
  const types = [schema.type].flat();
  if (types.length > 2) return undefined;
  const [first, ...rest] = [...types].sort((a, b) => Number(a === "null") - Number(b === "null"));
  if (first === undefined || (rest.length > 0 && rest[0] !== "null" && schema.format !== undefined)) return undefined;
  const name = [typeName(first, schema.format), ...rest.map((type) => typeIdentifier(type))].join("Or");
  return { name, key: "" };
}

function typeName(type: string, format: string | undefined): string {
  if (type === "string" && format === "binary") return "Blob";
  const known =
    format !== undefined &&
    ((type === "string" && Object.hasOwn(formats, format)) || (isNumeric(type) && Object.hasOwn(numberFormats, format)));
  if (!known) return typeIdentifier(type);
  return type === "number" ? `${typeIdentifier(format)}Number` : typeIdentifier(format);
}

function isNumeric(type: string): boolean {
  return type === "integer" || type === "number";
}

const allowed: ReadonlySet<string> = new Set([
  "type",
  "format",
  "enum",
  "items",
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "$comment",
  "externalDocs",
  "xml",
  "contentMediaType",
  "contentEncoding",
]);
