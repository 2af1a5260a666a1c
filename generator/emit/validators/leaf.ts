import { typeIdentifier } from "../../model/names.ts";
import type { SchemaObject } from "../../openapi/shapes.ts";
import { formats, numberFormats } from "../../runtime/validation/formats.ts";

/**
 * What a schema of nothing but scalar types and perhaps a format is called: `String`, `IntegerOrNull`, `DateTime`;
 * `undefined` for any other schema.
 */
export function leafName(schema: SchemaObject): string | undefined {
  if (schema.type === undefined || !Object.keys(schema).every((keyword) => allowed.has(keyword) || keyword.startsWith("x-"))) return undefined;
  const types = [schema.type].flat();
  if (types.length > 2 || types.includes("object") || types.includes("array")) return undefined;
  const [first, ...rest] = [...types].sort((a, b) => Number(a === "null") - Number(b === "null"));
  if (first === undefined || (rest.length > 0 && rest[0] !== "null" && schema.format !== undefined)) return undefined;
  return [typeName(first, schema.format), ...rest.map((type) => typeIdentifier(type))].join("Or");
}

function typeName(type: string, format: string | undefined): string {
  if (type === "string" && format === "binary") return "Blob";
  const known = format !== undefined && ((type === "string" && Object.hasOwn(formats, format)) || (isNumeric(type) && Object.hasOwn(numberFormats, format)));
  if (!known) return typeIdentifier(type);
  return type === "number" ? `${typeIdentifier(format)}Number` : typeIdentifier(format);
}

function isNumeric(type: string): boolean {
  return type === "integer" || type === "number";
}

const allowed: ReadonlySet<string> = new Set([
  "type", "format", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment", "externalDocs", "xml",
  "contentMediaType", "contentEncoding",
]);
