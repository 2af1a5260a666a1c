import type { HeaderObject, ResponseObject } from "../shapes.ts";
import { isObject, member, members, put, type Node } from "../node.ts";
import { finish, made, type Context, type Draft, type Reader } from "./context.ts";
import { literal, mapOf, readFields, skip, text } from "./fields.ts";
import { readSchema } from "./schema.ts";
import { collectionStyle, readTypedSchema, typeKeywords } from "./swagger2-collections.ts";

/**
 * Reads a Swagger 2.0 response: its schema goes under each media type that the operation produces. Where there are examples and no schema,
 * their media types have bodies of any kind: by the letter there is none, but nobody shows what is never sent.
 */
export function readSwaggerResponse(node: Node, produces: readonly string[], context: Context): ResponseObject {
  const draft = readFields(
    node,
    { description: text, headers: mapOf(readSwaggerHeader), schema: skip, examples: skip },
    "a response",
    context,
  );
  const schema = member(node, "schema");
  if (schema.value !== undefined) {
    // A file is bytes of any type; any other value is JSON unless the document says otherwise.
    const isFile = isObject(schema.value) && schema.value["type"] === "file";
    const types = produces.length > 0 ? produces : [isFile ? "application/octet-stream" : "application/json"];
    const read = readSchema(schema, context);
    const content: Draft = {};
    for (const type of types) put(content, type, made({ schema: read, ...examplesFor(type, node, context) }, schema, context));
    draft["content"] = made(content, schema, context);
  }
  const examples = member(node, "examples");
  const shown = [...members(examples)];
  if (schema.value === undefined && shown.length > 0) {
    const content: Draft = {};
    for (const [type] of shown) put(content, type, made(examplesFor(type, node, context), examples, context));
    draft["content"] = made(content, examples, context);
  }
  for (const [type, example] of shown) {
    if (!isObject(draft["content"]) || !Object.hasOwn(draft["content"], type))
      context.diagnostics.report("example-without-media-type", example.at, { mediaType: type }, { atKey: true });
  }
  return finish<ResponseObject>(draft, node, context);
}

function examplesFor(type: string, node: Node, context: Context): Draft {
  const example = member(member(node, "examples"), type);
  return example.value === undefined
    ? {}
    : { examples: { example: made({ value: literal(example, context) }, example, context) } };
}

const readSwaggerHeader: Reader<HeaderObject> = (node, context) => {
  const draft = readFields(
    node,
    { description: text, collectionFormat: skip, ...Object.fromEntries(typeKeywords.map((keyword) => [keyword, skip])) },
    "a header",
    context,
  );
  return finish<HeaderObject>(
    { ...draft, ...collectionStyle(node, "header", context), schema: readTypedSchema(node, context) },
    node,
    context,
  );
};
