import type { ApiModel } from "../../model/api-model.ts";
import { referenced } from "../../model/walk.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";

/**
 * How many items from the first on some schema for the same array may have evaluated, so that `unevaluatedItems` speaks of those
 * after them only; `undefined` when any may be
 * (https://json-schema.org/draft/2020-12/json-schema-core#section-11.2).
 */
export function evaluatedItems(schema: SchemaObject, model: ApiModel): number | undefined {
  return longest(schema, model, new Set());
}

function longest(schema: Schema, model: ApiModel, seen: Set<SchemaObject>, inner = false): number | undefined {
  if (typeof schema === "boolean") return 0;
  if (seen.has(schema)) return undefined;
  const within = new Set(seen).add(schema);
  if (schema.items !== undefined || schema.contains !== undefined || (inner && schema.unevaluatedItems !== undefined))
    return undefined;
  let most = schema.prefixItems?.length ?? 0;
  const target = referenced(model, schema);
  if (schema.$ref !== undefined && target === undefined) return undefined;
  const beside: readonly Schema[] = [
    ...(target === undefined ? [] : [target.schema]),
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...[schema.if, schema.then, schema.else].filter((one) => one !== undefined),
    ...Object.values(schema.dependentSchemas ?? {}),
  ];
  for (const one of beside) {
    const length = longest(one, model, within, true);
    if (length === undefined) return undefined;
    most = Math.max(most, length);
  }
  return most;
}
