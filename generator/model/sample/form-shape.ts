import type { ContentDescriptor, Shape } from "../../runtime/operation.ts";
import { takesOthers } from "../../runtime/wire/decode-urlencoded.ts";
import type { ApiModel, Content } from "../api-model.ts";
import { partValueShape } from "../body-shape.ts";
import { shapeOf } from "../shape.ts";

type Schemas = Pick<ApiModel, "schemaByReference">;

/** Of the members of a form, the one and those that may take what is another's: the others bear on nothing. */
export function shapeAround(content: Content, shape: Shape, name: string): Shape {
  if (typeof shape === "string" || !("object" in shape)) return shape;
  const parts = partsOf(content);
  const known = greedy.get(shape) ?? Object.entries(shape.object).filter(([each, one]) => takesOthers(parts[each] ?? {}, one));
  greedy.set(shape, known);
  const own = Object.entries(Object.hasOwn(shape.object, name) ? { [name]: shape.object[name] ?? "any" } : {});
  return { ...shape, object: Object.fromEntries([...known, ...own]) };
}

const greedy = new WeakMap<object, readonly (readonly [string, Shape])[]>();

/** What the texts of a form become; of parts with headers, their values. Contents do not change, so it is found out once. */
export function formShape(model: Schemas, content: Content): Shape {
  const known = formShapes.get(content) ?? newFormShape(model, content);
  formShapes.set(content, known);
  return known;
}

const formShapes = new WeakMap<Content, Shape>();

function newFormShape(model: Schemas, { schema, partHeaders = {} }: Content): Shape {
  const shape = shapeOf(model, schema ?? true);
  if (typeof shape === "string" || !("object" in shape)) return shape;
  const members = Object.entries(shape.object).map(([name, member]): [string, Shape] => [
    name,
    Object.hasOwn(partHeaders, name) ? partValueShape(member) : member,
  ]);
  return { ...shape, object: Object.fromEntries(members) };
}

/** How the members of a form travel, as client and server know it. */
export function partsOf(content: Content): NonNullable<ContentDescriptor["parts"]> {
  return Object.fromEntries(
    Object.entries(content.encoding).map(([name, { contentType, style, explode, allowReserved }]) => [
      name,
      {
        ...(contentType === undefined ? {} : { contentType }),
        ...(style === undefined ? {} : { style }),
        ...(explode === undefined ? {} : { explode }),
        ...(allowReserved === true ? { allowReserved } : {}),
      },
    ]),
  );
}
