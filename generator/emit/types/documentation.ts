import type { Json, Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { Documentation } from "../text/jsdoc.ts";
import { literal } from "../text/literal.ts";
import { code } from "../text/markdown.ts";
import { isTuple } from "./array.ts";

/** What a comment can say of a schema: its description, what TypeScript cannot express of it, its default and an example. */
export function schemaDocumentation(schema: Schema): Documentation | undefined {
  if (typeof schema === "boolean") return undefined;
  const [example] = schema.examples ?? [];
  const documentation: Documentation = {
    text: [schema.description ?? schema.title, facts(schema).join(" ")],
    ...(schema.deprecated === true ? { deprecated: true } : {}),
    ...(schema.default === undefined || !isShort(schema.default) ? {} : { default: schema.default }),
    ...(example === undefined || !isShort(example) ? {} : { examples: [example] }),
    ...(schema.externalDocs === undefined ? {} : { see: [schema.externalDocs] }),
  };
  return isEmpty(documentation) ? undefined : documentation;
}

/** Whether there is nothing to say. */
export function isEmpty(documentation: Documentation): boolean {
  const { text = [], deprecated, examples = [], see = [] } = documentation;
  return (
    text.every((paragraph) => (paragraph ?? "").trim() === "") &&
    deprecated !== true &&
    documentation.default === undefined &&
    examples.length + see.length === 0
  );
}

// A long value tells a reader less than it hides.
function isShort(value: Json): boolean {
  return literal(value, { width: Number.MAX_SAFE_INTEGER }).length <= 80;
}

function facts(schema: SchemaObject): string[] {
  return [
    schema.format === undefined || widths.has(schema.format) ? undefined : `Format: ${code(schema.format)}.`,
    schema.pattern === undefined ? undefined : `Pattern: ${code(schema.pattern)}.`,
    bounds("Length", schema.minLength, schema.maxLength),
    isTuple(schema) ? undefined : bounds("Items", schema.minItems, schema.maxItems),
    bounds("Properties", schema.minProperties, schema.maxProperties),
    schema.minimum === undefined ? undefined : `Minimum: ${schema.minimum}.`,
    schema.exclusiveMinimum === undefined ? undefined : `Greater than: ${schema.exclusiveMinimum}.`,
    schema.maximum === undefined ? undefined : `Maximum: ${schema.maximum}.`,
    schema.exclusiveMaximum === undefined ? undefined : `Less than: ${schema.exclusiveMaximum}.`,
    schema.multipleOf === undefined ? undefined : `Multiple of: ${schema.multipleOf}.`,
    schema.uniqueItems === true ? "Unique items." : undefined,
  ].filter((fact) => fact !== undefined);
}

// What every number is, and what the type says already.
const widths = new Set(["int32", "float", "double", "binary"]);

function bounds(what: string, least: number | undefined, most: number | undefined): string | undefined {
  const from = least === 0 ? undefined : least;
  if (from === undefined && most === undefined) return undefined;
  if (from === most) return `${what}: ${most}.`;
  if (most === undefined) return `${what}: at least ${from}.`;
  return from === undefined ? `${what}: at most ${most}.` : `${what}: ${from} to ${most}.`;
}
