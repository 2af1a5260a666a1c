/**
 * Parts of a multipart document that have headers of their own (OpenAPI 3.1.1, §4.8.15.1.1): the value of such a part is
 * `{ value, headers }`, in the schema, and so in the types, the validators and the fixtures.
 */
import { child } from "../diagnostics/location.ts";
import type { MediaTypeObject, Schema, SchemaObject } from "../openapi/shapes.ts";
import type { Content, Header } from "./api-model.ts";
import { behindReferences } from "./bytes.ts";
import type { Building } from "./building.ts";
import { buildHeaders } from "./parameters.ts";

/** The headers of the parts, by property, and the schema of a body in which these parts have them. */
export interface PartHeaders {
  readonly schema: Schema;
  readonly partHeaders: Readonly<Record<string, readonly Header[]>>;
}

/**
 * Puts headers to the parts of a settled schema. Those of a part that is styled, or is no property, or of a body that has no parts,
 * are reported and left out.
 */
export function withPartHeaders(
  building: Building,
  { kind, written }: { readonly kind: Content["kind"]; readonly written: MediaTypeObject },
  settled: Schema,
): PartHeaders {
  let schema = settled;
  const partHeaders: [string, readonly Header[]][] = [];
  for (const [name, encoding] of Object.entries(written.encoding ?? {})) {
    const headers = buildHeaders(building, encoding.headers).filter(
      (header) => !ruled.has(header.name.toLowerCase()) && isToken(header.name),
    );
    if (headers.length === 0) continue;
    const styled = (encoding.style ?? encoding.explode ?? encoding.allowReserved) !== undefined;
    const replaced =
      styled || kind !== "multipart"
        ? undefined
        : replacedProperty(building, schema, name, (part) => partSchema(building, part, headers));
    if (replaced === undefined) {
      const at = child(building.locate(written), "encoding", name, "headers");
      building.diagnostics.report("field-unused", at, { field: "headers", what: "an encoding", count: 1 }, { atKey: true });
      continue;
    }
    schema = replaced;
    partHeaders.push([name, headers]);
  }
  return { schema, partHeaders: Object.fromEntries(partHeaders) };
}

/** A list is a part for each of its items. */
function partSchema(building: Building, part: Schema, headers: readonly Header[]): SchemaObject {
  const list = settledBehind(building, part).find((one) => one.type === "array");
  if (list !== undefined && !list.prefixItems) return { ...list, items: itemSchema(list.items ?? true, headers) };
  return itemSchema(part, headers);
}

function itemSchema(value: Schema, headers: readonly Header[]): SchemaObject {
  const required = headers.filter((header) => header.required).map(({ name }) => name);
  const described = headers.map((header): [string, Schema] => [header.name, describedBy(header)]);
  return {
    type: "object",
    properties: {
      value,
      headers: { type: "object", properties: Object.fromEntries(described), ...(required.length === 0 ? {} : { required }) },
    },
    required: required.length === 0 ? ["value"] : ["value", "headers"],
  };
}

function describedBy({ description, schema }: Header): Schema {
  return description === undefined || typeof schema === "boolean" || schema.$ref !== undefined
    ? schema
    : { ...schema, description };
}

/** The schema with another one for a property, found behind references and in `allOf`; `undefined` when there is no such property. */
function replacedProperty(
  building: Building,
  schema: Schema,
  name: string,
  replace: (schema: Schema) => Schema,
  seen: readonly Schema[] = [],
): SchemaObject | undefined {
  if (typeof schema === "boolean" || seen.includes(schema)) return undefined;
  const { properties = {}, allOf = [], $ref } = schema;
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (property !== undefined) {
    const entries = Object.entries(properties).map(([key, one]) => [key, key === name ? replace(one) : one] as const);
    return { ...schema, properties: Object.fromEntries(entries) };
  }
  for (const [index, member] of allOf.entries()) {
    const replaced = replacedProperty(building, member, name, replace, [...seen, schema]);
    if (replaced !== undefined) return { ...schema, allOf: allOf.map((one, position) => (position === index ? replaced : one)) };
  }
  if ($ref === undefined) return undefined;
  const target = building.settle(building.document.resolve($ref).schema, "form");
  const replaced = replacedProperty(building, target, name, replace, [...seen, schema]);
  if (replaced === undefined) return undefined;
  const { $ref: _reference, ...beside } = schema;
  return Object.keys(beside).length === 0 ? replaced : { ...beside, allOf: [...(beside.allOf ?? []), replaced] };
}

function settledBehind(building: Building, part: Schema): SchemaObject[] {
  return behindReferences(building.document, part).map((one) => {
    const settled = building.settle(one, "part");
    return typeof settled === "boolean" ? one : settled;
  });
}

// What the multipart document itself is written with. buildHeaders reports `Content-Type`.
const ruled: ReadonlySet<string> = new Set(["content-disposition"]);

function isToken(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
}
