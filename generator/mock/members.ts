import type { ApiModel } from "../model/api-model.ts";
import { absentProperties, inPlace, isAbsent } from "../model/direction.ts";
import { isPureReference, referenced } from "../model/walk.ts";
import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import type { MemberTraits } from "../runtime/validation/operation-validators.ts";

/**
 * What a server does to the members of a body beyond checking them, as the generated validators say it: which are readOnly, and which
 * have a default. Those of a named schema are made when they are looked at, since it may hold itself.
 */
export function traitsOf(model: ApiModel, schema: Schema): MemberTraits | undefined {
  if (typeof schema === "boolean") return undefined;
  const target = referenced(model, schema);
  if (target === undefined || !isPureReference(schema)) return traitsOfMembers(model, schema);
  const { schema: named } = target;
  if (typeof named === "boolean") return undefined;
  return { of: () => namedTraits(model, named) };
}

const known = new WeakMap<object, MemberTraits>();

function namedTraits(model: ApiModel, schema: SchemaObject): MemberTraits {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const made = traitsOfMembers(model, schema) ?? {};
  known.set(schema, made);
  return made;
}

function traitsOfMembers(model: ApiModel, schema: SchemaObject): MemberTraits | undefined {
  const parts = inPlace(model, schema);
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const properties = new Map<string, MemberTraits>();
  for (const name of absentProperties(model, schema, "request")) properties.set(name, { readOnly: true });
  for (const [name, property] of parts.flatMap((part) => Object.entries(part.properties ?? {}))) {
    if (properties.has(name) || isAbsent(model, property, "request")) continue;
    const fallback = required.has(name)
      ? undefined
      : inPlace(model, property).find((part) => part.default !== undefined)?.default;
    const traits = { ...(fallback === undefined ? {} : { default: fallback }), ...traitsOf(model, property) };
    if (Object.keys(traits).length > 0) properties.set(name, traits);
  }
  const first = (pick: (part: SchemaObject) => Schema | undefined): MemberTraits | undefined =>
    parts.map((part) => traitsOf(model, pick(part) ?? true)).find((traits) => traits !== undefined);
  const items = first((part) => part.items);
  const rest = first((part) => part.additionalProperties);
  const traits: MemberTraits = {
    ...(properties.size === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(items === undefined ? {} : { items }),
    ...(rest === undefined ? {} : { rest }),
  };
  return Object.keys(traits).length === 0 ? undefined : traits;
}
