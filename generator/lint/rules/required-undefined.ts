import { child } from "../../diagnostics/location.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { subschemas, referenced } from "../../model/walk.ts";
import type { ApiModel } from "../../model/api-model.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { rule } from "../rule.ts";

/** A name in `required` that no `properties` for the same value declares: most often a slip of the pen. */
export const requiredUndefined = rule("required-undefined", ({ model, survey }, report) => {
  for (const { schema, at, inPlace } of survey.schemas) {
    // What stands in place belongs to the schema around it; a schema of nothing but names is there to be mixed in.
    // What additionalProperties forbids is worse than undeclared, and told by another rule.
    if (inPlace || schema.required === undefined || schema.additionalProperties === false) continue;
    const parts = [...partsOf(model, schema)];
    const declared = new Set(parts.flatMap((part) => Object.keys(part.properties ?? {})));
    if (
      declared.size === 0 ||
      parts.some((part) => part.patternProperties !== undefined || typeof part.additionalProperties === "object")
    )
      continue;
    for (const [index, name] of schema.required.entries()) {
      if (!declared.has(name)) report(child(at, "required", index), { name, suggestion: suggest(name, declared) });
    }
  }
});

/** The schema and all that may apply to the same value. */
function partsOf(model: ApiModel, schema: Schema, found = new Set<SchemaObject>()): ReadonlySet<SchemaObject> {
  if (typeof schema === "boolean" || found.has(schema)) return found;
  found.add(schema);
  const target = referenced(model, schema);
  if (target !== undefined) partsOf(model, target.schema, found);
  for (const { keys, schema: inner } of subschemas(schema)) if (applicators.has(String(keys[0]))) partsOf(model, inner, found);
  return found;
}

const applicators: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas"]);
