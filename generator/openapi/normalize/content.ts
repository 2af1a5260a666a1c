/** Bodies, responses, headers, examples and links of OpenAPI 3. */
import type { ExampleObject, HeaderObject, LinkObject, MediaTypeObject, RequestBodyObject, ResponseObject } from "../shapes.ts";
import { isObject, items, member, members, put, type Node } from "../node.ts";
import { finish, made, objectAt, type Context, type Draft, type Reader } from "./context.ts";
import { exampleValue, flag, has, literal, mapOf, readFields, skip, text, unused, type Fields } from "./fields.ts";
import { inline } from "./inline.ts";
import { readServer } from "./root-objects.ts";
import { readInlineSchema, readSchema } from "./schema.ts";
import { through } from "./through.ts";

const rawExample: Reader<ExampleObject> = (node, context) => {
  const { value } = node;
  const isExample =
    isObject(value) &&
    ["value", "externalValue", "dataValue", "serializedValue", "summary", "description"].some((key) => Object.hasOwn(value, key));
  if (!isExample) {
    context.diagnostics.report("example-without-value", node.at, {}, { atKey: true });
    return made({ value: literal(node, context) }, node, context) as ExampleObject; // JSON by origin.
  }
  const draft = readFields(
    node,
    {
      summary: text,
      description: text,
      value: exampleValue,
      dataValue: exampleValue,
      serializedValue: unused("serializedValue", "an example"),
      externalValue: unused("externalValue", "an example", text),
    },
    "an example",
    context,
  );
  // OpenAPI 3.2 tells the value from its spelling: https://spec.openapis.org/oas/v3.2.0#example-object
  if ("dataValue" in draft && !("value" in draft)) draft["value"] = draft["dataValue"];
  return finish<ExampleObject>(draft, node, context);
};

/** Reads an example, or a bare value where an Example Object belongs. */
export const readExample: Reader<ExampleObject> = (node, context) =>
  isObject(node.value) ? inline("example", rawExample)(node, context) : rawExample(node, context);

/** `examples`: a map of Example Objects, or by mistake the array of values that schemas have. */
const readExamples: Reader<Record<string, ExampleObject>> = (node, context) => {
  if (!Array.isArray(node.value)) return mapOf(readExample)(node, context);
  context.diagnostics.report(
    "value-repaired",
    node.at,
    { what: '"examples"', found: "an array", expected: "an object", used: "an object of its values" },
    { atKey: true },
  );
  const map: Record<string, ExampleObject> = {};
  for (const [index, item] of items(node).entries())
    map[String(index + 1)] = made({ value: literal(item, context) }, item, context) as ExampleObject; // JSON by origin.
  return made(map, node, context);
};

/** Puts `example` first among `examples`. */
export function mergeExample(node: Node, draft: Draft, context: Context): void {
  const example = member(node, "example");
  if (example.value === undefined) return;
  const first = made({ value: exampleValue(example, context) }, example, context);
  draft["examples"] = made({ example: first, ...(isObject(draft["examples"]) ? draft["examples"] : {}) }, node, context);
}

const rawHeader: Reader<HeaderObject> = (node, context) =>
  finish<HeaderObject>(readHeaderFields(node, {}, "a header", context), node, context);
/** Reads a header. */
export const readHeader: Reader<HeaderObject> = inline("header", rawHeader);

const schemaKeywords = [
  "type",
  "format",
  "items",
  "enum",
  "default",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "uniqueItems",
  "multipleOf",
  "nullable",
];

/** The fields that parameters and headers share. */
export function readHeaderFields(node: Node, more: Fields, what: string, context: Context): Draft {
  const fields: Fields = {
    ...more,
    description: text,
    required: flag,
    deprecated: flag,
    allowEmptyValue: flag,
    style: text,
    explode: flag,
    allowReserved: flag,
    schema: readSchema,
    content: mapOf(readMediaType),
    examples: readExamples,
    example: skip,
  };
  const bare = !has(node, "schema") && !has(node, "content") && has(node, "type");
  const keywords = bare ? schemaKeywords : [];
  const draft = readFields(node, { ...fields, ...Object.fromEntries(keywords.map((keyword) => [keyword, skip])) }, what, context);
  if (bare) {
    context.diagnostics.report("schema-inlined", member(node, "type").at, { what }, { atKey: true });
    draft["schema"] = readInlineSchema(node, keywords, context);
  }
  mergeExample(node, draft, context);
  return draft;
}

const rawMediaType: Reader<MediaTypeObject> = (node, context) => {
  const encoding = mapOf((inner, here) =>
    readFields(
      inner,
      {
        contentType: text,
        headers: mapOf(readHeader),
        style: text,
        explode: flag,
        allowReserved: flag,
        encoding: unused("encoding", "an encoding"),
        prefixEncoding: unused("prefixEncoding", "an encoding"),
        itemEncoding: unused("itemEncoding", "an encoding"),
      },
      "an encoding",
      here,
    ),
  );
  const draft = readFields(
    node,
    {
      schema: readSchema,
      itemSchema: readSchema,
      examples: readExamples,
      example: skip,
      encoding,
      prefixEncoding: unused("prefixEncoding", "a media type"),
      itemEncoding: unused("itemEncoding", "a media type"),
    },
    "a media type",
    context,
  );
  mergeExample(node, draft, context);
  return finish<MediaTypeObject>(draft, node, context);
};

/** Reads a media type; an empty YAML value (`application/json:`) is one without a schema. */
export const readMediaType: Reader<MediaTypeObject> = (node, context) =>
  node.value === null ? made({}, node, context) : inline("mediaType", rawMediaType)(node, context);

const rawRequestBody: Reader<RequestBodyObject> = (node, context) => {
  const draft = readFields(node, { description: text, required: flag, content: mapOf(readMediaType) }, "a request body", context);
  return finish<RequestBodyObject>({ ...draft, content: draft["content"] ?? {} }, node, context);
};
/** Reads a request body. */
export const readRequestBody: Reader<RequestBodyObject> = inline("requestBody", rawRequestBody);

const rawLink: Reader<LinkObject> = (node, context) =>
  finish<LinkObject>(
    readFields(
      node,
      { operationId: text, operationRef: text, parameters: literal, requestBody: literal, description: text, server: readServer },
      "a link",
      context,
    ),
    node,
    context,
  );
/** Reads a link. */
export const readLink: Reader<LinkObject> = inline("link", rawLink);

const rawResponse: Reader<ResponseObject> = (node, context) =>
  finish<ResponseObject>(
    readFields(
      node,
      { summary: text, description: text, headers: mapOf(readHeader), content: mapOf(readMediaType), links: mapOf(readLink) },
      "a response",
      context,
    ),
    node,
    context,
  );
/** Reads a response. */
export const readResponse: Reader<ResponseObject> = inline("response", rawResponse);

/** Reads the responses of an operation, by status. An empty response (`204:`) is one without a body. */
export const readResponses: Reader<Record<string, ResponseObject>> = (written, context) => {
  const node = through(written, context);
  if (node === undefined || objectAt(node, '"responses"', context) === undefined) return undefined;
  const responses: Record<string, ResponseObject> = {};
  for (const [status, inner] of members(node)) {
    if (status.startsWith("x-")) continue;
    if (inner.value === null) context.diagnostics.report("value-missing", inner.at, { what: "the response" }, { atKey: true });
    const response = inner.value === null ? made({}, inner, context) : readResponse(inner, context);
    if (response !== undefined) put(responses, status, response);
  }
  return made(responses, node, context);
};
