import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { inPlace } from "../direction.ts";
import type { SampleValue } from "../sample.ts";
import { validate } from "../validate.ts";
import { equal, positionIn } from "../validate/equal.ts";
import { isObject } from "../validate/run.ts";
import { isOfType } from "../validate/scalar.ts";
import type { Side } from "./applying.ts";
import { pointerTo } from "./places.ts";

/**
 * The places that must stay as they are for a value to go on to fail a schema, as JSON Pointers: none where its types and its members
 * say it, the constant that is another, or the whole.
 */
export function keepsFailing(side: Side, schema: Schema, value: SampleValue): readonly string[] {
  return reason(side, schema, value, 0) ?? [""];
}

/** `undefined` where nothing is found that keeps it failing. */
function reason(side: Side, schema: Schema, value: SampleValue, depth: number): readonly string[] | undefined {
  if (schema === false) return [];
  if (schema === true || depth > deepest) return undefined;
  const parts = inPlace(side.model, schema);
  if (parts.some((part) => hasOtherShape(side, part, value))) return [];
  if (parts.some((part) => isOtherConstant(part, value))) return [""];
  const found = parts.flatMap((part) => {
    const inner = memberReason(side, part, value, depth) ?? unionReason(side, part, value, depth);
    return inner === undefined ? [] : [inner];
  });
  return found.sort((a, b) => a.length - b.length)[0];
}

/** Constants stand near the top. */
const deepest = 4;

/** What does not change when a value varies: types, which members there are, and how many. */
function hasOtherShape({ model, direction }: Side, part: SchemaObject, value: SampleValue): boolean {
  if (part.type !== undefined && ![part.type].flat().some((type) => isOfType(value, type))) return true;
  const { properties: _properties, required, additionalProperties, minProperties, maxProperties } = part;
  if (Array.isArray(value)) {
    const { minItems = 0, maxItems = Infinity } = part;
    return value.length < minItems || value.length > maxItems;
  }
  if (!isObject(value)) return false;
  const shape: SchemaObject = {
    // What is absent on a side is not required there, as the properties tell.
    ...(required === undefined
      ? {}
      : { required, ...(part.properties === undefined ? {} : { properties: open(part.properties) }) }),
    ...(additionalProperties === false
      ? { additionalProperties, properties: open(part.properties ?? {}), patternProperties: open(part.patternProperties ?? {}) }
      : {}),
    ...(minProperties === undefined ? {} : { minProperties }),
    ...(maxProperties === undefined ? {} : { maxProperties }),
  };
  return Object.keys(shape).length > 0 && validate(model, shape, value, { direction }).length > 0;
}

/** The same names with schemas that say no more than the side they are absent on. */
function open(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      if (typeof schema !== "object") return [name, true];
      const { readOnly, writeOnly } = schema;
      return [name, { ...(readOnly === undefined ? {} : { readOnly }), ...(writeOnly === undefined ? {} : { writeOnly }) }];
    }),
  );
}

function isOtherConstant(part: SchemaObject, value: SampleValue): boolean {
  return (
    (part.enum !== undefined && positionIn(part.enum, value) === -1) || (part.const !== undefined && !equal(part.const, value))
  );
}

/** A member that keeps failing keeps the whole from passing. */
function memberReason(side: Side, part: SchemaObject, value: SampleValue, depth: number): readonly string[] | undefined {
  if (!isObject(value)) return undefined;
  let best: readonly string[] | undefined;
  for (const [name, schema] of Object.entries(part.properties ?? {})) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member === undefined) continue;
    // Members of a sample are samples.
    const inner = reason(side, schema, member as SampleValue, depth + 1);
    if (inner?.length === 0) return [];
    const start = pointerTo(name);
    if (inner !== undefined) best ??= inner.map((pointer) => `${start}${pointer}`);
  }
  return best;
}

/** A union fails when each of its members does. */
function unionReason(side: Side, part: SchemaObject, value: SampleValue, depth: number): readonly string[] | undefined {
  const reasons = (part.anyOf ?? part.oneOf)?.map((member) => reason(side, member, value, depth + 1));
  if (reasons === undefined || reasons.includes(undefined)) return undefined;
  return reasons.flatMap((one) => one ?? []);
}
