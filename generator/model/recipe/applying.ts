import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { ApiModel, Direction } from "../api-model.ts";
import { inPlace } from "../direction.ts";
import type { SampleValue } from "../sample.ts";
import { samplerOf } from "../sample/sampler.ts";
import { validate } from "../validate.ts";
import { isObject } from "../validate/run.ts";
import { pointerTo } from "./places.ts";
import { keepsFailing } from "./failing.ts";

/** The side of a model that values are for. */
export interface Side {
  readonly model: Pick<ApiModel, "schemaByReference">;
  readonly direction: Direction;
}

/** Schemas that a value must go on to meet, and the places that must stay so that it goes on to fail those that it must not meet. */
export interface Applying {
  readonly parts: readonly SchemaObject[];
  readonly frozen: readonly string[];
}

/**
 * All that applies to a value which is valid by the schemas: references and `allOf`, the members of unions that it meets, the way of a
 * condition that it takes. A value that goes on to meet the parts, with what is frozen, is valid. `undefined`: nothing may vary.
 */
export function applying(side: Side, schemas: readonly Schema[], value: SampleValue): Applying | undefined {
  const parts: SchemaObject[] = [];
  const frozen: string[] = [];
  const meets = (schema: Schema): boolean =>
    validate(side.model, schema, value, { direction: side.direction, proven: samplerOf(side.model, side.direction).proven })
      .length === 0;
  const add = (schema: Schema): void => void inPlace(side.model, schema, parts);
  const fail = (schema: Schema): void => void frozen.push(...keepsFailing(side, schema, value));
  for (const schema of schemas) add(schema);
  // The list grows while it is walked: what is met may hold unions too.
  for (const part of parts) {
    if (frozen.includes("")) return undefined;
    // The types hold each member to its tag, even where that is any text by the schemas: docs/decisions/0007-discriminators.md.
    if (part.discriminator !== undefined) frozen.push(pointerTo(part.discriminator.propertyName));
    if (part.anyOf !== undefined) {
      const met = part.anyOf.filter(meets);
      if (met.length === 0) return undefined;
      met.forEach(add);
    }
    for (const member of part.oneOf ?? []) {
      if (meets(member)) add(member);
      else fail(member);
    }
    if (part.not !== undefined) fail(part.not);
    if (part.if !== undefined) {
      const holds = meets(part.if);
      if (holds) add(part.if);
      else fail(part.if);
      const consequence = holds ? part.then : part.else;
      if (consequence !== undefined) add(consequence);
    }
    for (const [name, schema] of Object.entries(part.dependentSchemas ?? {}))
      if (isObject(value) && Object.hasOwn(value, name)) add(schema);
  }
  return { parts, frozen };
}
