import type { ApiModel } from "../model/api-model.ts";
import { inPlace } from "../model/direction.ts";
import { referenced } from "../model/walk.ts";
import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import type { Problem } from "../runtime/validation/validator.ts";

/**
 * Where a problem is in the document, as compiled validators tell it: the last named schema on the way, and the keys from there on, such
 * as `EventsQuery.select[]`; `undefined` where nothing on the way has a name.
 */
export function placeOf(model: ApiModel, schema: Schema, { pointer, keyword }: Problem): string | undefined {
  let name = referenced(model, schema)?.name;
  let keys = "";
  let current: Schema | undefined = schema;
  const tokens = pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  for (const [index, token] of tokens.entries()) {
    const found: Step | undefined = current === undefined ? undefined : stepInto(model, current, token);
    name = found?.owner ?? name;
    if (found?.owner !== undefined) keys = "";
    keys += found?.isItem === true ? "[]" : `.${token}`;
    current = found?.schema;
    // What is missing, or must not be there, is not looked into.
    const missing = index === tokens.length - 1 && (keyword === "required" || keyword.startsWith("additional"));
    const target = current === undefined || missing ? undefined : referenced(model, current)?.name;
    if (target === undefined) continue;
    name = target;
    keys = "";
  }
  return name === undefined ? undefined : `${name}${keys}`;
}

interface Step {
  readonly schema: Schema;
  readonly isItem: boolean;
  /** The named schema beside the one looked at that knows the member. */
  readonly owner?: string;
}

function stepInto(model: ApiModel, schema: Schema, token: string): Step | undefined {
  const parts = inPlace(model, schema);
  for (const part of parts) {
    const found = memberOf(part, token);
    if (found === undefined) continue;
    const owner = part === parts[0] ? undefined : nameOf(model, parts, part);
    return { ...found, ...(owner === undefined ? {} : { owner }) };
  }
  for (const member of parts.flatMap((part) => [...(part.oneOf ?? []), ...(part.anyOf ?? [])])) {
    const found = stepInto(model, member, token);
    const owner = found?.owner ?? referenced(model, member)?.name;
    if (found !== undefined) return { ...found, ...(owner === undefined ? {} : { owner }) };
  }
  return undefined;
}

function memberOf(part: SchemaObject, token: string): Step | undefined {
  const { properties = {}, additionalProperties, prefixItems, items } = part;
  if (Object.hasOwn(properties, token)) return { schema: properties[token] ?? true, isItem: false };
  if (/^\d+$/.test(token)) {
    const item = prefixItems?.[Number(token)] ?? items;
    if (item !== undefined) return { schema: item, isItem: true };
  }
  return typeof additionalProperties === "object" ? { schema: additionalProperties, isItem: false } : undefined;
}

function nameOf(model: ApiModel, parts: readonly SchemaObject[], wanted: SchemaObject): string | undefined {
  for (const part of parts) {
    const target = referenced(model, part);
    if (target?.schema === wanted) return target.name;
  }
  return undefined;
}
