import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { matches } from "../validate/pattern.ts";

/** The schemas of a member, by all parts of its object; `undefined` where that hangs on what has been evaluated. */
export function memberSchemas(parts: readonly SchemaObject[], name: string): readonly Schema[] | undefined {
  const [only] = parts;
  if (only?.patternProperties === undefined && only?.unevaluatedProperties === undefined && parts.length === 1) {
    const { properties, additionalProperties = true } = only ?? {};
    const schema = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    return schema === undefined || schema === true ? [] : [schema];
  }
  let isEvaluated = false;
  const schemas = parts.flatMap<Schema>((part) => {
    const declared = part.properties !== undefined && Object.hasOwn(part.properties, name) ? part.properties[name] : undefined;
    const matching = Object.entries(part.patternProperties ?? {}).flatMap(([pattern, schema]) =>
      matches(pattern, name) === true ? [schema] : [],
    );
    const own = [...(declared === undefined ? [] : [declared]), ...matching];
    if (own.length > 0 || part.additionalProperties !== undefined) isEvaluated = true;
    return own.length > 0 ? own : (part.additionalProperties ?? []);
  });
  if (!isEvaluated && parts.some((part) => part.unevaluatedProperties !== undefined)) return undefined;
  return telling(schemas);
}

/** The same for an item. */
export function itemSchemas(parts: readonly SchemaObject[], position: number): readonly Schema[] | undefined {
  let isEvaluated = false;
  const schemas = parts.flatMap<Schema>((part) => {
    const own = part.prefixItems?.[position] ?? part.items;
    if (own !== undefined) isEvaluated = true;
    return own ?? [];
  });
  if (!isEvaluated && parts.some((part) => part.unevaluatedItems !== undefined)) return undefined;
  return telling(schemas);
}

// What several parts say alike is said once: a reference stays one.
function telling(schemas: readonly Schema[]): readonly Schema[] {
  return [...new Set(schemas.filter((schema) => schema !== true))];
}

/** The JSON Pointer to a member. */
export function pointerTo(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
