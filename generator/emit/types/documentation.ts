import type { Json, Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { Documentation } from "../text/jsdoc.ts";
import { literal, stringLiteral } from "../text/literal.ts";
import { code } from "../text/markdown.ts";
import { isTuple } from "./array.ts";

/** What a comment can say of a schema: its description, what TypeScript cannot express of it, its default and an example. */
export function schemaDocumentation(schema: Schema): Documentation | undefined {
  if (typeof schema === "boolean") return undefined;
  const [example] = schema.examples ?? [];
  const documentation: Documentation = {
    text: [schema.description ?? schema.title, facts(schema)],
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
  if (typeof value === "string") return value.length <= 80 && stringLiteral(value).length <= 80;
  return !hasMore(value, 40) && literal(value, { width: Number.MAX_SAFE_INTEGER }).length <= 80;
}

/** Whether a value holds more values than a text of twice as many characters can. */
function hasMore(value: Json, most: number): boolean {
  let left = most;
  const visit = (one: Json): boolean => {
    if (--left < 0) return true;
    return typeof one === "object" && one !== null && Object.values(one).some(visit);
  };
  return visit(value);
}

function facts(schema: SchemaObject): string {
  const found: string[] = [];
  const add = (fact: string | undefined): void => {
    if (fact !== undefined) found.push(fact);
  };
  if (schema.format !== undefined && !widths.has(schema.format)) add(`Format: ${code(schema.format)}.`);
  if (schema.pattern !== undefined) add(`Pattern: ${code(schema.pattern)}.`);
  add(bounds("Length", schema.minLength, schema.maxLength));
  if (!isTuple(schema)) add(bounds("Items", schema.minItems, schema.maxItems));
  add(bounds("Properties", schema.minProperties, schema.maxProperties));
  if (schema.minimum !== undefined) add(`Minimum: ${schema.minimum}.`);
  if (schema.exclusiveMinimum !== undefined) add(`Greater than: ${schema.exclusiveMinimum}.`);
  if (schema.maximum !== undefined) add(`Maximum: ${schema.maximum}.`);
  if (schema.exclusiveMaximum !== undefined) add(`Less than: ${schema.exclusiveMaximum}.`);
  if (schema.multipleOf !== undefined) add(`Multiple of: ${schema.multipleOf}.`);
  if (schema.uniqueItems === true) add("Unique items.");
  return found.join(" ");
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
