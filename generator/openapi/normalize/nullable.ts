import type { Json } from "../shapes.ts";
import { put } from "../node.ts";
import type { Draft } from "./context.ts";

// What is said about a value, not asked of it: it stays outside when the rest moves into an alternative.
const annotations = new Set([
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "externalDocs",
  "xml",
  "$comment",
]);
const composition = ["$ref", "allOf", "anyOf", "oneOf", "not", "if"];

/**
 * A schema that also accepts null: what `nullable: true` means to those who write it. By the letter of OpenAPI 3.0.3 it
 * does nothing without a `type` beside it and nothing against an `enum` or an `allOf` that refuse null; no document that
 * says so beside those means that.
 */
export function withNull(schema: Draft): Draft {
  if (composition.some((keyword) => keyword in schema)) return asAlternative(schema);
  const result: Draft = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === "type") result["type"] = typesWithNull(value);
    else if (keyword === "enum" && Array.isArray(value) && !value.includes(null))
      result["enum"] = [...(value as Json[]), null]; // An enum holds JSON.
    else put(result, keyword, value);
  }
  if ("const" in schema && schema["const"] !== null) {
    delete result["const"];
    result["enum"] = [schema["const"], null];
  }
  // Without a `type`, null is accepted already; but these keywords show which type is meant beside it.
  if (!("type" in schema) && ("properties" in schema || "additionalProperties" in schema)) result["type"] = ["object", "null"];
  if (!("type" in schema) && "items" in schema) result["type"] = ["array", "null"];
  return result;
}

function typesWithNull(type: unknown): unknown {
  const types: unknown[] = Array.isArray(type) ? type : [type];
  return types.includes("null") ? type : [...types, "null"];
}

function asAlternative(schema: Draft): Draft {
  const outer: Draft = {};
  const inner: Draft = {};
  for (const [keyword, value] of Object.entries(schema))
    put(annotations.has(keyword) || keyword.startsWith("x-") ? outer : inner, keyword, value);
  const keywords = Object.keys(inner);
  const { anyOf, allOf } = inner;
  if (keywords.length === 1 && Array.isArray(anyOf)) {
    return { ...outer, anyOf: anyOf.some(isNull) ? (anyOf as unknown[]) : [...(anyOf as unknown[]), { type: "null" }] }; // `isArray` gives any[].
  }
  // `allOf` with one entry is how OpenAPI 3.0 puts keywords beside a reference.
  const single: unknown = keywords.length === 1 && Array.isArray(allOf) && allOf.length === 1 ? allOf[0] : inner;
  return { ...outer, anyOf: [single, { type: "null" }] };
}

function isNull(schema: unknown): boolean {
  return typeof schema === "object" && schema !== null && "type" in schema && schema.type === "null";
}
