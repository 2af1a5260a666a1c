import type { Json, Schema, SchemaObject } from "../openapi/shapes.ts";
import type { ApiModel } from "./api-model.ts";
import { inPlace } from "./direction.ts";
import { sample, type SampleValue } from "./sample.ts";
import { constantsOf } from "./sample/parts.ts";
import { referenced } from "./walk.ts";

/** The members of a union that a property tells apart. */
export interface UnionMembers {
  readonly by: string;
  /** A value of the union for each value of the property, the usual one first. */
  readonly values: ReadonlyMap<string, SampleValue>;
}

/** More members than these have no values of their own. */
const most = 64;

/**
 * The members of a schema that is a union of objects, with a value of the whole for each; nothing where no property tells them apart by a
 * text of its own in each: the discriminator's, or one that each of them has a constant for.
 */
export function unionMembers(model: ApiModel, schema: Schema, usual: SampleValue, name: string): UnionMembers | undefined {
  const union = inPlace(model, schema).find((part) => (part.oneOf ?? part.anyOf) !== undefined);
  const members = union?.oneOf ?? union?.anyOf ?? [];
  if (union === undefined || members.length < 2 || members.length > most) return undefined;
  const by = union.discriminator?.propertyName ?? telling(model, members);
  const first = by === undefined ? undefined : textAt(usual, by);
  if (by === undefined || first === undefined) return undefined;
  const values = new Map([[first, usual]]);
  for (const tag of members.flatMap((member) => tagsOf(model, union, member, by) ?? [])) {
    if (values.has(tag) || values.size > most) continue;
    const tagged: Schema = { allOf: [schema, { type: "object", properties: { [by]: { const: tag } }, required: [by] }] };
    const made = sample(model, tagged, { direction: "response", name });
    if (made.ok && textAt(made.value, by) === tag) values.set(tag, made.value);
  }
  return values.size < 2 ? undefined : { by, values };
}

/** A property that each member has a text of its own for. */
function telling(model: ApiModel, members: readonly Schema[]): string | undefined {
  const [first, ...others] = members;
  if (first === undefined) return undefined;
  const names = inPlace(model, first).flatMap((part) => Object.keys(part.properties ?? {}));
  return names.find((name) => {
    const all = [first, ...others].map((member) => constantsAt(model, member, name));
    return all.every((tags) => tags !== undefined) && new Set(all.flat()).size === all.flat().length;
  });
}

function tagsOf(model: ApiModel, union: SchemaObject, member: Schema, by: string): readonly string[] | undefined {
  const target = referenced(model, member);
  const mapped = Object.entries(union.discriminator?.mapping ?? {}).flatMap(([tag, reference]) =>
    reference === target?.reference ? [tag] : [],
  );
  if (mapped.length > 0) return mapped;
  return constantsAt(model, member, by) ?? (union.discriminator === undefined || target === undefined ? undefined : [target.key]);
}

/** The texts that a property may have by its `const` or `enum`; nothing where it may have others. */
function constantsAt(model: ApiModel, member: Schema, name: string): readonly string[] | undefined {
  const parts = inPlace(model, member).flatMap((part) => {
    const property = part.properties !== undefined && Object.hasOwn(part.properties, name) ? part.properties[name] : undefined;
    return property === undefined ? [] : inPlace(model, property);
  });
  const constants: readonly Json[] | undefined = constantsOf(parts);
  return constants?.every((one) => typeof one === "string") === true && constants.length > 0 ? constants : undefined;
}

function textAt(value: SampleValue, name: string): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  const text: unknown = new Map<string, unknown>(Object.entries(value)).get(name);
  return typeof text === "string" ? text : undefined;
}
