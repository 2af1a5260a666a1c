import type { ApiModel } from "../../model/api-model.ts";
import { inPlace, isAbsent } from "../../model/direction.ts";
import { validate } from "../../model/validate.ts";
import type { Schema } from "../../openapi/shapes.ts";
import { isRecord, type Values } from "../exchange.ts";

/**
 * A value with members of another taken over, as far as the schema knows them and takes them: together, or else one by one. What only a
 * request has (writeOnly) stays out.
 */
export function fit(model: ApiModel, schema: Schema | undefined, base: Values, changes: Values): Values {
  const known = Object.entries(changes).filter(([name, value]) => value !== undefined && isKnown(model, schema, base, name));
  const whole = { ...base, ...Object.fromEntries(known) };
  if (schema === undefined || known.length === 0 || isValid(model, schema, whole)) return whole;
  let fitted = base;
  for (const [name, value] of known) {
    const before = fitted[name];
    const tries = isRecord(before) && isRecord(value) ? [value, { ...before, ...value }] : [value];
    fitted = tries.map((one) => ({ ...fitted, [name]: one })).find((one) => isValid(model, schema, one)) ?? fitted;
  }
  return fitted;
}

export function isValid(model: ApiModel, schema: Schema, value: unknown): boolean {
  return validate(model, schema, value, { direction: "response" }).length === 0;
}

function isKnown(model: ApiModel, schema: Schema | undefined, base: Values, name: string): boolean {
  const property = schema === undefined ? undefined : propertyOf(model, schema, name);
  if (property !== undefined) return !isAbsent(model, property, "response");
  return Object.hasOwn(base, name);
}

/** The schema of a member, wherever the schema of the whole names it. */
export function propertyOf(model: ApiModel, schema: Schema, name: string, depth = 0): Schema | undefined {
  const parts = inPlace(model, schema);
  for (const { properties } of parts) if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name];
  if (depth > 3) return undefined;
  for (const member of parts.flatMap((part) => [...(part.oneOf ?? []), ...(part.anyOf ?? [])])) {
    const found = propertyOf(model, member, name, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The schema of what keys lead to. */
export function schemaAt(model: ApiModel, schema: Schema | undefined, keys: readonly string[]): Schema | undefined {
  return keys.reduce<Schema | undefined>((one, key) => (one === undefined ? undefined : propertyOf(model, one, key)), schema);
}
