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

/** The schema of a member, wherever the schema of the whole names it: of several that apply, all of them. */
export function propertyOf(model: ApiModel, schema: Schema, name: string, depth = 0): Schema | undefined {
  const parts = inPlace(model, schema);
  const found = parts.flatMap(({ properties }) => {
    const own = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
    return own === undefined ? [] : [own];
  });
  if (found.length > 0) return together(found);
  if (depth > 3) return undefined;
  for (const member of parts.flatMap((part) => [...(part.oneOf ?? []), ...(part.anyOf ?? [])])) {
    const inner = propertyOf(model, member, name, depth + 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The schema of the items of a list, by all that is said of them. */
export function itemsOf(model: ApiModel, list: Schema): Schema | undefined {
  const found = inPlace(model, list).flatMap(({ items }) => (items === undefined ? [] : [items]));
  return together(found);
}

/** What meets all of some schemas; the same schema for the same ones, since samplers remember by it. */
function together(schemas: readonly Schema[]): Schema | undefined {
  const [first, ...others] = schemas.filter((schema) => schema !== true);
  if (others.length === 0) return first ?? schemas[0];
  if (typeof first !== "object") return first;
  const known = joined.get(first);
  if (known !== undefined && known.of.length === others.length && known.of.every((one, index) => one === others[index]))
    return known.schema;
  const schema: Schema = { allOf: [first, ...others] };
  joined.set(first, { of: others, schema });
  return schema;
}

const joined = new WeakMap<object, { readonly of: readonly Schema[]; readonly schema: Schema }>();

/** The schema of what keys lead to. */
export function schemaAt(model: ApiModel, schema: Schema | undefined, keys: readonly string[]): Schema | undefined {
  return keys.reduce<Schema | undefined>((one, key) => (one === undefined ? undefined : propertyOf(model, one, key)), schema);
}
