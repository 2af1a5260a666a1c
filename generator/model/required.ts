import type { SchemaObject } from "../openapi/shapes.ts";

/** Whether a schema requires a property itself. The list is looked up as a set, since it may be as long as the properties are many. */
export function isRequired({ required }: { readonly required?: SchemaObject["required"] | undefined }, name: string): boolean {
  if (required === undefined) return false;
  const known = sets.get(required) ?? new Set(required);
  sets.set(required, known);
  return known.has(name);
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();
