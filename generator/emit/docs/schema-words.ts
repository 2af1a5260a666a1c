import type { ApiModel } from "../../model/api-model.ts";
import { referenced } from "../../model/walk.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";

/** One property of an object schema, for a table. */
export interface PropertyRow {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** A schema in a few words: `string`, `SessionRecording[]`, `"asc" | "desc"`. With `follow` false a reference is not named but told. */
export function typeWords(model: ApiModel, schema: Schema, follow = true, depth = 0): string {
  if (typeof schema === "boolean") return schema ? "anything" : "nothing";
  const named = follow ? referenced(model, schema) : undefined;
  if (named !== undefined) return named.name;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return shorten(schema.enum.map((value) => JSON.stringify(value)));
  const members = schema.oneOf ?? schema.anyOf;
  if (members !== undefined && depth < 3)
    return shorten([...new Set(members.map((member) => typeWords(model, member, true, depth + 1)))]);
  if (schema.allOf !== undefined && depth < 3)
    return [...new Set(schema.allOf.map((member) => typeWords(model, member, true, depth + 1)))].join(" & ");
  const types = schema.type === undefined ? [] : typeof schema.type === "string" ? [schema.type] : schema.type;
  if (types.length === 0)
    return schema.properties !== undefined
      ? "object"
      : schema.items !== undefined
        ? arrayWords(model, schema, depth)
        : "anything";
  return types
    .map((type) => (type === "array" ? arrayWords(model, schema, depth) : plainWords(model, schema, type, depth)))
    .join(" | ");
}

/** The properties of a schema, its own and those of `allOf` members written in place; those of references are found under their name. */
export function propertyRows(model: ApiModel, schema: Schema): PropertyRow[] {
  if (typeof schema === "boolean") return [];
  const required = new Set(schema.required ?? []);
  const own = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    type: typeWords(model, property),
    required: required.has(name),
    description: propertyWords(model, property),
  }));
  return [...own, ...(schema.allOf ?? []).flatMap((member) => propertyRows(model, member))];
}

function propertyWords(model: ApiModel, property: Schema): string {
  if (typeof property === "boolean") return "";
  const target = referenced(model, property)?.schema;
  const description = property.description ?? (typeof target === "object" ? target.description : undefined) ?? "";
  const facts = [
    property.deprecated === true ? "Deprecated." : "",
    property.readOnly === true ? "Read only." : "",
    property.writeOnly === true ? "Write only." : "",
    property.default === undefined ? "" : `Default: \`${JSON.stringify(property.default)}\`.`,
  ];
  return [...facts.slice(0, 1), description, ...facts.slice(1)].filter(Boolean).join(" ");
}

function arrayWords(model: ApiModel, schema: SchemaObject, depth: number): string {
  if (schema.items === undefined || depth > 3) return "array";
  const item = typeWords(model, schema.items, true, depth + 1);
  return / [|&] /.test(item) ? `(${item})[]` : `${item}[]`;
}

function plainWords(model: ApiModel, schema: SchemaObject, type: string, depth: number): string {
  if (type === "string" && schema.format !== undefined) return schema.format === "binary" ? "file" : `string (${schema.format})`;
  const values = schema.additionalProperties;
  if (type === "object" && schema.properties === undefined && typeof values === "object" && depth < 3) {
    return `{ [key]: ${typeWords(model, values, true, depth + 1)} }`;
  }
  return type;
}

function shorten(words: readonly string[]): string {
  const shown = words.slice(0, 12);
  return [...shown, ...(words.length > shown.length ? [`… ${words.length - shown.length} more`] : [])].join(" | ");
}
