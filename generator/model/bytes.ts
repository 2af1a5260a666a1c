import type { Document } from "../openapi/document.ts";
import type { Schema } from "../openapi/shapes.ts";

/** Whether a schema, behind its references, is `{ type: "string", format: "binary" }`. */
export function isBytes(document: Document, schema: Schema): boolean {
  const seen = new Set<Schema>();
  for (let current = schema; typeof current === "object" && !seen.has(current); ) {
    if (current.format === "binary") return true;
    seen.add(current);
    if (current.$ref === undefined) return false;
    current = document.resolve(current.$ref).schema;
  }
  return false;
}
