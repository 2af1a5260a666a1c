import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import addFormats from "ajv-formats";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import type { Direction } from "../../generator/model/api-model.ts";
import { readDocument } from "../../generator/openapi/read.ts";
import type { OpenApiObject } from "../../generator/openapi/shapes.ts";

export const specFolder: string = path.resolve(import.meta.dirname, "../../spec");

/** Our own contract, bundled and normalized. Throws when anything at all is reported. */
export async function readContract(): Promise<OpenApiObject> {
  const diagnostics = new Diagnostics();
  const { document } = await readDocument(path.join(specFolder, "openapi.yaml"), {
    diagnostics,
    readFile: (file) => readFile(file, "utf8"),
    listFolder: (folder) => readdir(folder),
  });
  if (document === undefined || diagnostics.all.length > 0) throw new Error(diagnostics.all.map(({ message }) => message).join("\n"));
  return document.root;
}

/** An independent judge of values: gives what is wrong with one, or nothing. */
export type Judge = (schema: unknown, value: unknown) => string | undefined;

/** Ajv over the schemas of the contract, as one side of the wire has them: it knows nothing of our own validators. */
export function judgeOf(root: OpenApiObject, direction: Direction): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  // ajv-formats is CommonJS, and its types promise a default that is its namespace.
  (addFormats as unknown as typeof addFormats.default)(ajv);
  const sided = (schema: unknown): unknown => relocated(oneSided(schema, root, direction === "request" ? "readOnly" : "writeOnly"));
  ajv.addSchema({ $id: "contract", components: { schemas: Object.fromEntries(Object.entries(root.components?.schemas ?? {}).map(([key, schema]) => [key, sided(schema)])) } });
  const checks = new Map<unknown, ValidateFunction>();
  return (schema, value) => {
    const check = checks.get(schema) ?? ajv.compile(sided(schema) as object);
    checks.set(schema, check);
    return check(value) ? undefined : ajv.errorsText(check.errors);
  };
}

function relocated(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"contract#/components/'));
}

/** A schema in which what the side leaves out is not required (OpenAPI 3.1, §4.8.24.1). */
function oneSided(schema: unknown, root: OpenApiObject, keyword: "readOnly" | "writeOnly"): unknown {
  if (Array.isArray(schema)) return schema.map((one) => oneSided(one, root, keyword));
  if (!isObject(schema)) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, oneSided(value, root, keyword)]));
  const { required, properties } = schema;
  // Nothing is one of no values (JSON Schema Validation, §6.1.2); Ajv does not compile such a list.
  if (Array.isArray(schema["enum"]) && schema["enum"].length === 0) return { not: {} };
  if (!Array.isArray(required) || !isObject(properties)) return inner;
  return { ...inner, required: required.filter((name: string) => !says(properties[name], root, keyword)) };
}

function says(schema: unknown, root: OpenApiObject, keyword: string): boolean {
  if (!isObject(schema)) return false;
  const target = typeof schema["$ref"] === "string" ? root.components?.schemas?.[schema["$ref"].slice("#/components/schemas/".length)] : undefined;
  return schema[keyword] === true || says(target, root, keyword);
}

export function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
