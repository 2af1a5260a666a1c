import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import type { ApiModel, NamedSchema } from "./api-model.ts";

const single = [
  "items",
  "contains",
  "unevaluatedItems",
  "additionalProperties",
  "propertyNames",
  "unevaluatedProperties",
  "not",
  "if",
  "then",
  "else",
  "contentSchema",
] as const;
const list = ["prefixItems", "allOf", "anyOf", "oneOf"] as const;
const record = ["$defs", "properties", "patternProperties", "dependentSchemas"] as const;

const holders: ReadonlySet<string> = new Set([...single, ...list, ...record]);

/** A schema inside another, with the keys that lead to it. */
export interface Subschema {
  readonly keys: readonly (string | number)[];
  readonly schema: Schema;
}

/** The schemas directly inside a schema, in keyword order. */
export function subschemas(schema: Schema): readonly Subschema[] {
  if (typeof schema === "boolean" || !holdsAny(schema)) return none;
  const found: Subschema[] = [];
  visitSubschemas(schema, (inner, keyword, key) => {
    found.push({ keys: key === undefined ? [keyword] : [keyword, key], schema: inner });
  });
  return found;
}

/** The same, one after the other and without a list: for walks over whole documents. */
export function visitSubschemas(
  schema: Schema,
  visit: (inner: Schema, keyword: string, key: string | number | undefined) => void,
): void {
  if (typeof schema === "boolean" || !holdsAny(schema)) return;
  for (const keyword of single) {
    const inner = schema[keyword];
    if (inner !== undefined) visit(inner, keyword, undefined);
  }
  for (const keyword of list) {
    const members = schema[keyword];
    if (members === undefined) continue;
    for (let index = 0; index < members.length; index++) visit(members[index] ?? true, keyword, index);
  }
  for (const keyword of record) {
    const members = schema[keyword];
    if (members === undefined) continue;
    for (const name of Object.keys(members)) visit(members[name] ?? true, keyword, name);
  }
}

// Most schemas are leaves, with few keywords.
function holdsAny(schema: SchemaObject): boolean {
  for (const keyword in schema) if (holders.has(keyword)) return true;
  return false;
}

const none: readonly Subschema[] = [];

/** The named schema that a schema refers to, if it is a reference (with or without keywords beside it). */
export function referenced(model: Pick<ApiModel, "schemaByReference">, schema: Schema): NamedSchema | undefined {
  if (typeof schema === "boolean" || schema.$ref === undefined) return undefined;
  return model.schemaByReference.get(schema.$ref);
}

/** Whether a schema is nothing but a reference; annotations such as `description` beside it do not count. */
export function isPureReference(schema: SchemaObject): boolean {
  return schema.$ref !== undefined && isOnly(schema, "$ref");
}

/** The reference of a schema that says no more than "this, or null": `anyOf: [{ $ref }, { type: "null" }]`, or so with `oneOf`. */
export function referenceOrNull(schema: SchemaObject): SchemaObject | undefined {
  const keyword = schema.anyOf !== undefined ? "anyOf" : "oneOf";
  const [reference, other, ...more] = schema[keyword] ?? [];
  if (typeof reference !== "object" || typeof other !== "object" || more.length > 0 || !isOnly(schema, keyword)) return undefined;
  return isPureReference(reference) && other.type === "null" && isOnly(other, "type") ? reference : undefined;
}

/** Whether a schema asserts nothing beside one keyword. */
function isOnly(schema: SchemaObject, only: string): boolean {
  return Object.keys(schema).every((keyword) => keyword === only || annotations.has(keyword) || keyword.startsWith("x-"));
}

const annotations = new Set([
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "$comment",
  "$schema",
  "externalDocs",
]);
