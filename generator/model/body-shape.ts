import type { Schema } from "../openapi/shapes.ts";
import type { Shape } from "../runtime/operation.ts";
import type { ApiModel, Content } from "./api-model.ts";
import { sequenceOf } from "./sequence.ts";
import { shapeOf } from "./shape.ts";

type Model = Pick<ApiModel, "schemaByReference">;

/** The schema of a body as it is decoded; `undefined` when there is nothing to check. */
export function bodySchema(model: Model, content: Content): Schema | undefined {
  const { kind, mediaType, schema } = content;
  switch (kind) {
    case "binary":
      return schema === undefined ? undefined : { type: "string", format: "binary" };
    case "text":
      // XML goes through as text, whatever its schema says of the tree in it.
      return /[/+]xml\b/i.test(mediaType) ? undefined : schema;
    case "json-lines":
    case "event-stream":
      return sequenceOf(model, content)?.list;
    default:
      return schema;
  }
}

/** What the text of such a body becomes; `undefined` where nothing in it is text, or JSON says what it is. */
export function bodyShape(model: Model, { kind, encoding, partHeaders = {} }: Content, schema: Schema): Shape | undefined {
  if (kind === "json" || kind === "binary") return undefined;
  const shape = shapeOf(model, schema);
  if (kind !== "multipart" || typeof shape === "string" || !("object" in shape)) return shape;
  const members = Object.entries(shape.object).map(([name, member]): [string, Shape] => {
    const { style, explode, allowReserved } = (Object.hasOwn(encoding, name) ? encoding[name] : undefined) ?? {};
    if (Object.hasOwn(partHeaders, name)) return [name, withoutMembers(partValueShape(member))];
    return [name, (style ?? explode ?? allowReserved) === undefined ? withoutMembers(member) : member];
  });
  return { ...shape, object: Object.fromEntries(members) };
}

/** What the values of parts with headers become: of `{ value, headers }`, or of a list of such, the value. */
export function partValueShape(shape: Shape): Shape {
  if (typeof shape === "string" || "union" in shape) return shape;
  if ("array" in shape) return { array: partValueShape(shape.array) };
  return shape.object["value"] ?? "any";
}

/** An object in a part of its own travels as JSON, which carries its types: that it is one is all there is to know. */
function withoutMembers(shape: Shape): Shape {
  if (typeof shape === "string") return shape;
  if ("union" in shape) return { union: shape.union.map(withoutMembers) };
  if ("array" in shape)
    return {
      array: withoutMembers(shape.array),
      ...(shape.prefix === undefined ? {} : { prefix: shape.prefix.map(withoutMembers) }),
    };
  return { object: {}, rest: "any" };
}
