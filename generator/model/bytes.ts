import type { Document } from "../openapi/document.ts";
import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import { kindOfEssence } from "./media-types.ts";

/**
 * Where a schema is used, as far as bytes are concerned: `bytes` is a binary body or an item of a part, `form` a multipart body,
 * `part` a member of one, `value` anything else. JSON has no bytes, so `format: binary` says nothing about a `value`.
 */
export type Use = "value" | "form" | "part" | "bytes";

/** The use of the schemas under a keyword of a schema that is used so. */
export function useInside(use: Use, keyword: string | number | undefined): Use {
  if (use === "value" || typeof keyword !== "string") return "value";
  if (sameValue.has(keyword)) return use;
  if (use === "form" && members.has(keyword)) return "part";
  return use === "part" && elements.has(keyword) ? "bytes" : "value";
}

/** The schema of bytes: what every emitter takes for a `Blob`. */
export const bytesSchema = { type: "string", format: "binary" } as const;

/** Whether a schema by itself, used in that way, means bytes. */
export function meansBytes(schema: SchemaObject, use: Use): boolean {
  if ((use !== "part" && use !== "bytes") || !acceptsStrings(schema)) return false;
  if (schema.format === "binary") return true;
  // OpenAPI 3.1: bytes have a media type and no encoding, https://spec.openapis.org/oas/v3.1.1#working-with-binary-data
  return (
    schema.contentMediaType !== undefined &&
    schema.contentEncoding === undefined &&
    kindOfEssence(schema.contentMediaType) === "binary"
  );
}

/** Whether the schema of a whole body, behind its references, means bytes. */
export function isBytes(document: Document, schema: Schema): boolean {
  return behindReferences(document, schema).some((part) => meansBytes(part, "bytes"));
}

/** The schema, what it refers to, what that refers to, and so on, each once. */
export function behindReferences(document: Document, schema: Schema): SchemaObject[] {
  const found: SchemaObject[] = [];
  for (let current = schema; typeof current === "object" && !found.includes(current);) {
    found.push(current);
    if (current.$ref === undefined) break;
    current = document.resolve(current.$ref).schema;
  }
  return found;
}

/** Whether a schema lets strings through by its `type` alone. */
export function acceptsStrings({ type }: SchemaObject): boolean {
  return type === undefined || type === "string" || (Array.isArray(type) && type.includes("string"));
}

const sameValue: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf", "if", "then", "else"]);
const members: ReadonlySet<string> = new Set(["properties", "patternProperties", "additionalProperties"]);
const elements: ReadonlySet<string> = new Set(["items", "prefixItems"]);
