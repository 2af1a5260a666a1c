import { child } from "../diagnostics/location.ts";
import type { MediaTypeObject, RequestBodyObject, ResponseObject, Schema, SchemaObject } from "../openapi/shapes.ts";
import type { Content, RequestBody, Response, StatusKey } from "./api-model.ts";
import { type Building, defined } from "./building.ts";
import { acceptsStrings, behindReferences, bytesSchema, isBytes, meansBytes } from "./bytes.ts";
import { contentKind, isMediaType } from "./media-types.ts";
import { buildHeaders, examplesOf } from "./parameters.ts";
import { withPartHeaders } from "./part-headers.ts";

/** A request body, with a codec for each media type. */
export function buildRequestBody(building: Building, written: RequestBodyObject): RequestBody {
  return {
    ...defined({ description: written.description }),
    required: written.required ?? false,
    contents: buildContents(building, written.content),
    at: building.locate(written),
  };
}

/** The responses by status; a key that is none is reported and left out. */
export function buildResponses(building: Building, responses: Readonly<Record<string, ResponseObject>> | undefined): Response[] {
  const built: Response[] = [];
  for (const [key, written] of Object.entries(responses ?? {})) {
    if (key.startsWith("x-")) continue;
    const status = statusOf(key);
    if (status === undefined) building.diagnostics.report("status-unknown", building.locate(written), { key }, { atKey: true });
    else built.push(buildResponse(building, status, written));
  }
  return built;
}

/** One response. */
export function buildResponse(building: Building, status: StatusKey, written: ResponseObject): Response {
  return {
    status,
    ...defined({ summary: written.summary, description: written.description }),
    contents: buildContents(building, written.content),
    headers: buildHeaders(building, written.headers),
    links: written.links ?? {},
    at: building.locate(written),
  };
}

// https://spec.openapis.org/oas/v3.1.1#patterned-fields-0
function statusOf(key: string): StatusKey | undefined {
  if (key.toLowerCase() === "default") return "default";
  if (/^[1-5]\d\d$/.test(key)) return Number(key);
  const range = key.toUpperCase();
  return ranges.find((known) => known === range);
}

const ranges = ["1XX", "2XX", "3XX", "4XX", "5XX"] as const;

function buildContents(building: Building, contents: Readonly<Record<string, MediaTypeObject>> | undefined): Content[] {
  const kinds = Object.entries(contents ?? {}).flatMap(([mediaType, written]) => {
    if (mediaType.startsWith("x-")) return [];
    if (!isMediaType(mediaType)) {
      building.diagnostics.report("media-type-invalid", building.locate(written), { key: mediaType }, { atKey: true });
      return [];
    }
    const kind = contentKind(mediaType, written.schema, (schema) => isBytes(building.document, schema));
    return [{ mediaType, written, kind }];
  });
  // Beside JSON, nothing is lost when another media type goes without its schema.
  const alone = !kinds.some(({ kind }) => kind === "json");
  return kinds.map(({ mediaType, written, kind }) => {
    const at = building.locate(written);
    if (written.itemSchema !== undefined && kind !== "json-lines" && kind !== "event-stream")
      building.diagnostics.report(
        "field-unused",
        child(at, "itemSchema"),
        { field: "itemSchema", what: "a media type", count: 1 },
        { atKey: true },
      );
    const schema = written.schema === undefined ? undefined : contentSchema(building, { kind, alone }, written.schema);
    const parts = written.encoding === undefined ? undefined : withPartHeaders(building, { kind, written }, schema ?? true);
    return {
      mediaType,
      kind,
      ...defined({
        schema: parts === undefined || isEmpty(parts.partHeaders) ? schema : parts.schema,
        partHeaders: parts === undefined || isEmpty(parts.partHeaders) ? undefined : parts.partHeaders,
        itemSchema: written.itemSchema === undefined ? undefined : building.settle(written.itemSchema),
        extensions: extensionsOf(written),
      }),
      encoding: encodingOf(building, kind, written),
      examples: examplesOf(written),
      at,
    };
  });
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}

/** How each part is written. A style is a way to write text: bytes, which it cannot write, are a file whatever it says. */
function encodingOf(
  { document }: Building,
  kind: Content["kind"],
  { schema, encoding = {} }: MediaTypeObject,
): Content["encoding"] {
  if (kind !== "multipart" || schema === undefined) return encoding;
  const parts = behindReferences(document, schema);
  const isFile = (name: string): boolean =>
    parts.some(({ properties = {} }) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (property === undefined) return false;
      return behindReferences(document, property).some(
        (part) => meansBytes(part, "part") || (part.items !== undefined && isBytes(document, part.items)),
      );
    });
  return Object.fromEntries(
    Object.entries(encoding).map(([name, one]) => {
      if (!isFile(name)) return [name, one];
      const { style: _style, explode: _explode, allowReserved: _reserved, ...others } = one;
      return [name, others];
    }),
  );
}

function extensionsOf(written: MediaTypeObject): Readonly<Record<string, unknown>> | undefined {
  const extensions = Object.entries(written).filter(([key]) => key.startsWith("x-"));
  return extensions.length === 0 ? undefined : Object.fromEntries(extensions);
}

/** The schema of a content, such as its codec can keep: bytes are bytes and text is a string, whatever the document hopes. */
function contentSchema(
  building: Building,
  { kind, alone }: { readonly kind: Content["kind"]; readonly alone: boolean },
  written: Schema,
): Schema {
  if (kind === "multipart") return building.settle(written, "form");
  const codecSchema = kind === "binary" ? bytesSchema : kind === "text" ? textSchema : undefined;
  if (codecSchema === undefined) return building.settle(written);
  const parts = behindReferences(building.document, written);
  const settled = building.settle(written, kind === "binary" ? "bytes" : "value");
  const described = parts.find((part) => part.description !== undefined)?.description;
  const plain = { ...codecSchema, ...defined({ description: described }) };
  if (kind === "binary") {
    if (parts.some((part) => meansBytes(part, "bytes")) && typeof settled === "object") return settled;
  } else if (parts.some((part) => part.type === "string")) return settled;
  if (alone && parts.some(hasStructure))
    building.diagnostics.report("content-schema-ignored", building.locate(parts[0] ?? plain), { kind });
  return plain;
}

const textSchema = { type: "string" } as const;

function hasStructure(schema: SchemaObject): boolean {
  return (
    !acceptsStrings(schema) ||
    [schema.properties, schema.allOf, schema.oneOf, schema.anyOf].some((keyword) => keyword !== undefined)
  );
}
