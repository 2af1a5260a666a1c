import type { Schema } from "../shapes.ts";
import { put } from "../node.ts";
import { maxHops, type Context } from "./context.ts";
import { keyIn, referenceTo } from "./schema-registry.ts";

/**
 * Cuts schemas that must hold for a value before they can say whether they do: `A: { allOf: [{ $ref: A }] }`. JSON Schema
 * forbids them (https://json-schema.org/draft/2020-12/json-schema-core#section-9.4.1), and nothing can be made of them.
 * Circles through `oneOf` and `anyOf` are left: a base that lists its children, which extend it, is one, and common.
 */
export function cutCircles(schemas: Record<string, Schema>, context: Context): void {
  const state = new Map<string, "open" | "done">();

  const visit = (key: string, by: Schema, depth: number): void => {
    const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
    if (schema === undefined || state.get(key) === "done") return;
    const isOpen = state.get(key) === "open";
    if (isOpen || depth > maxHops) {
      const at = context.origins.get(Object(by)) ?? context.bundle.entry.at;
      const reference = referenceTo(key);
      if (isOpen) context.diagnostics.report("reference-to-itself", at, { reference });
      // Whatever reads such schemas does it by recursion.
      else context.diagnostics.report("reference-chain-too-long", at, { reference, count: maxHops });
      const nothing: Schema = {};
      put(schemas, key, nothing);
      context.origins.set(nothing, context.origins.get(Object(schema)) ?? at);
      return;
    }
    state.set(key, "open");
    for (const reference of inPlace(schema)) visit(keyIn(reference.to), reference.by, depth + 1);
    state.set(key, "done");
  };

  for (const key of Object.keys(schemas)) visit(key, schemas[key] ?? true, 0);
}

/** The references that hold wherever the schema holds, each with the schema it stands in. */
function* inPlace(schema: Schema): Generator<{ readonly to: string; readonly by: Schema }> {
  if (typeof schema === "boolean") return;
  if (schema.$ref !== undefined) yield { to: schema.$ref, by: schema };
  for (const inner of schema.allOf ?? []) yield* inPlace(inner);
}
