import { child, type Location } from "../../diagnostics/location.ts";
import type { Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import type { ApiModel } from "../api-model.ts";
import { referenced } from "../walk.ts";
import { matches } from "../validate/pattern.ts";

export type Schemas = Pick<ApiModel, "schemaByReference">;

/** A schema that applies to a value, and where it is written. */
export interface Applied<S extends Schema = Schema> {
  readonly schema: S;
  readonly at: Location;
}

/** All that applies to the same value: behind references and `allOf`, each schema once. `false` stands among them as it is. */
export function appliedIn(model: Schemas, one: Applied, found: Applied[] = []): Applied[] {
  const { schema, at } = one;
  if (found.some((other) => other.schema === schema)) return found;
  found.push(one);
  if (typeof schema === "boolean") return found;
  const target = referenced(model, schema);
  if (target !== undefined) appliedIn(model, target, found);
  for (const [index, member] of (schema.allOf ?? []).entries())
    appliedIn(model, { schema: member, at: child(at, "allOf", index) }, found);
  return found;
}

/** Those that are more than `true` or `false`. */
export function objectsOf(all: readonly Applied[]): Applied<SchemaObject>[] {
  return all.filter((one): one is Applied<SchemaObject> => typeof one.schema === "object");
}

/** The members of a union. */
export function membersOf({ schema, at }: Applied<SchemaObject>, keyword: "anyOf" | "oneOf"): Applied[] {
  return (schema[keyword] ?? []).map((member, index) => ({ schema: member, at: child(at, keyword, index) }));
}

/** All that applies to a property. */
export function ofProperty(model: Schemas, all: readonly Applied<SchemaObject>[], name: string): Applied[] {
  const found: Applied[] = [];
  for (const { schema, at } of all) {
    const { properties = {}, patternProperties = {}, additionalProperties } = schema;
    const declared = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (declared !== undefined) appliedIn(model, { schema: declared, at: child(at, "properties", name) }, found);
    const patterns = Object.entries(patternProperties);
    const matching = patterns.filter(([pattern]) => matches(pattern, name) === true);
    for (const [pattern, rule] of matching)
      appliedIn(model, { schema: rule, at: child(at, "patternProperties", pattern) }, found);
    // Whether a pattern that is not understood matches is not known.
    const isKnown = declared !== undefined || patterns.some(([pattern]) => matches(pattern, name) !== false);
    if (!isKnown && additionalProperties !== undefined)
      appliedIn(model, { schema: additionalProperties, at: child(at, "additionalProperties") }, found);
  }
  return found;
}

/** All that applies to the first item. */
export function ofFirstItem(model: Schemas, all: readonly Applied<SchemaObject>[]): Applied[] {
  const found: Applied[] = [];
  for (const { schema, at } of all) {
    const [first] = schema.prefixItems ?? [];
    if (first !== undefined) appliedIn(model, { schema: first, at: child(at, "prefixItems", 0) }, found);
    else if (schema.items !== undefined) appliedIn(model, { schema: schema.items, at: child(at, "items") }, found);
  }
  return found;
}

/** The types that all of them leave. */
export function typesLeft(all: readonly Applied<SchemaObject>[]): readonly TypeName[] {
  let left: readonly TypeName[] = ["null", "boolean", "object", "array", "number", "string"];
  for (const { schema } of all) if (schema.type !== undefined) left = commonTypes(left, [schema.type].flat());
  return left;
}

/** The types of values that are of one of either. */
export function commonTypes(some: readonly TypeName[], others: readonly TypeName[]): TypeName[] {
  return [
    ...new Set(
      some.flatMap((type): TypeName[] => {
        if (others.includes(type)) return [type];
        if (type === "integer" && others.includes("number")) return ["integer"];
        return type === "number" && others.includes("integer") ? ["integer"] : [];
      }),
    ),
  ];
}
