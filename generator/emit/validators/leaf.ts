import { typeIdentifier } from "../../model/names.ts";
import { isPureReference } from "../../model/walk.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { formats, numberFormats } from "../../runtime/validation/formats.ts";

/** What the function of a simple schema is called after, and what else must be equal for two schemas to share it. */
export interface Leaf {
  readonly name: string;
  readonly key: string;
}

/**
 * Names a schema by what it says, when that is no more than scalar types with a format, a few values, or a list of such:
 * `String`, `DateTimeOrNull`, `ReadOrWrite`, `PetList`; `undefined` for any other schema. `validator` names that of a reference.
 */
export function leafOf(schema: Schema, validator: (reference: SchemaObject) => string | undefined): Leaf | undefined {
  if (typeof schema === "boolean" || !Object.keys(schema).every((keyword) => allowed.has(keyword) || keyword.startsWith("x-")))
    return undefined;
  if (schema.enum !== undefined) return enumLeaf(schema, schema.enum);
  if (schema.type === "array" && schema.items !== undefined) return listLeaf(schema.items, validator);
  return schema.items === undefined ? typeLeaf(schema) : undefined;
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
  const item = leafOf(items, validator);
  return item === undefined ? undefined : { name: `${item.name}List`, key: `list ${item.key}` };
}

function typeLeaf(schema: SchemaObject): Leaf | undefined {
  if (schema.type === undefined) return undefined;
  const types = [schema.type].flat();
  if (types.length > 2 || types.includes("object") || types.includes("array")) return undefined;
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
