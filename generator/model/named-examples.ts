import type { Json } from "../openapi/shapes.ts";
import type { ApiModel, Content, Direction, NamedSchema } from "./api-model.ts";
import { sidesOf } from "./direction.ts";
import { validate } from "./validate.ts";
import { isPureReference, referenced } from "./walk.ts";

/** Names that say nothing of an example. */
const nameless = new Set(["default", "example", "examples", "response", "request"]);

/**
 * The examples of a schema that the document names, valid as the factory of the schema has them: those of media types whose schema it
 * is. Of several with one name, the first.
 */
export function namedExamples(model: ApiModel): ReadonlyMap<NamedSchema, ReadonlyMap<string, Json>> {
  const found = new Map<NamedSchema, Map<string, Json>>();
  const look = (content: Content, direction: Direction): void => {
    const { schema, examples, kind } = content;
    if (kind !== "json" || examples.length === 0 || typeof schema !== "object" || !isPureReference(schema)) return;
    const target = referenced(model, schema);
    if (target === undefined || (direction === "request" && target.writableName !== undefined)) return;
    const own = found.get(target) ?? new Map<string, Json>();
    for (const { key, value } of examples) {
      if (value === undefined || nameless.has(key) || own.has(key)) continue;
      if (validate(model, target.schema, value, { direction: "response" }).length === 0) own.set(key, value);
    }
    if (own.size > 0) found.set(target, own);
  };
  for (const operation of model.operations) {
    const sides = sidesOf(operation);
    for (const content of operation.body?.contents ?? []) look(content, sides.request);
    for (const response of operation.responses) for (const content of response.contents) look(content, sides.response);
  }
  return found;
}
