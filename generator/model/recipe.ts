import type { Json, Schema, SchemaObject } from "../openapi/shapes.ts";
import type { ApiModel, Direction, NamedSchema } from "./api-model.ts";
import { applying } from "./recipe/applying.ts";
import { leafCall } from "./recipe/leaf.ts";
import { itemSchemas, memberSchemas, pointerTo } from "./recipe/places.ts";
import type { SampleValue } from "./sample.ts";
import { isObject } from "./validate/run.ts";
import { isPureReference, referenced, referenceOrNull } from "./walk.ts";

/**
 * How a value may vary and stay valid: part by part, each part by itself, so that any of them may vary together. What cannot be known to
 * stay valid stays as it is.
 */
export type Recipe =
  | { readonly kind: "fixed" }
  | { readonly kind: "leaf"; readonly call: Call }
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, Recipe> }
  | { readonly kind: "array"; readonly items: readonly Recipe[] }
  /** The value is that of a named schema, and nothing else is said of it. */
  | { readonly kind: "named"; readonly schema: NamedSchema; readonly recipe: Recipe };

/** A call of `Vary` in `generator/runtime/fixtures/vary.ts`: the first argument is the value, but for a boolean. */
export interface Call {
  readonly method: "text" | "id" | "number" | "date" | "unix" | "oneOf" | "boolean";
  readonly args: readonly Json[];
}

/** What a recipe is worked out for. */
export interface RecipeOptions {
  readonly direction: Direction;
  /** The name of what the value is for. Default: none. */
  readonly name?: string;
}

/** The recipe of a valid value of a schema. The same value gives the same recipe, since it is remembered. */
export function recipeOf(
  model: Pick<ApiModel, "schemaByReference">,
  schema: Schema,
  value: SampleValue,
  { direction, name = "" }: RecipeOptions,
): Recipe {
  return walk({ model, direction, ...memoryOf(model, direction) }, [schema], value, name, nothing);
}

interface Walk {
  readonly model: Pick<ApiModel, "schemaByReference">;
  readonly direction: Direction;
  /** By the values of named schemas: samplers give the same object for the same task. */
  readonly memory: WeakMap<object, Map<NamedSchema, Recipe>>;
  /** By the schemas of texts, with the name and the text. */
  readonly leaves: WeakMap<SchemaObject, Map<string, Call | undefined>>;
}

/** JSON Pointers, relative to a value, of what must stay as it is. */
type Frozen = ReadonlySet<string>;

const nothing: Frozen = new Set();
const fixed: Recipe = { kind: "fixed" };

function walk(context: Walk, schemas: readonly Schema[], value: SampleValue, name: string, frozen: Frozen): Recipe {
  if (frozen.has("")) return fixed;
  const target = schemas.length === 1 ? namedFor(context, schemas[0], value) : undefined;
  if (target === undefined || frozen.size > 0) return walkParts(context, schemas, value, name, frozen);
  if (typeof value !== "object" || value === null) {
    const recipe = walkParts(context, schemas, value, name, frozen);
    return recipe.kind === "fixed" ? recipe : { kind: "named", schema: target, recipe };
  }
  const known = context.memory.get(value) ?? new Map<NamedSchema, Recipe>();
  context.memory.set(value, known);
  const recipe = known.get(target) ?? {
    kind: "named",
    schema: target,
    recipe: walk(context, [target.schema], value, name, frozen),
  };
  known.set(target, recipe);
  return recipe;
}

/** The named schema that alone says what a value is: `null` aside, since the value is not. */
function namedFor({ model }: Walk, schema: Schema | undefined, value: SampleValue): NamedSchema | undefined {
  if (typeof schema !== "object") return undefined;
  if (isPureReference(schema)) return referenced(model, schema);
  const reference = value === null ? undefined : referenceOrNull(schema);
  return reference && referenced(model, reference);
}

function walkParts(context: Walk, schemas: readonly Schema[], value: SampleValue, name: string, outer: Frozen): Recipe {
  const found = applying(context, schemas, value);
  if (found === undefined) return fixed;
  const { parts } = found;
  const frozen = found.frozen.length === 0 ? outer : new Set([...outer, ...found.frozen]);
  if (frozen.has("")) return fixed;
  if (Array.isArray(value)) return arrayRecipe(context, parts, value, name, frozen);
  if (isObject(value)) return objectRecipe(context, parts, value as { readonly [name: string]: SampleValue }, frozen);
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return fixed;
  const call = leafOf(context, parts, value, name);
  return call === undefined ? fixed : { kind: "leaf", call };
}

/** The texts of examples stand in many values. */
function leafOf(context: Walk, parts: readonly SchemaObject[], value: string | number | boolean, name: string): Call | undefined {
  const [only] = parts;
  if (only === undefined || parts.length > 1 || typeof value !== "string") return leafCall(context, parts, value, name);
  const known = context.leaves.get(only) ?? new Map<string, Call | undefined>();
  context.leaves.set(only, known);
  const key = `${name}\n${value}`;
  if (!known.has(key)) known.set(key, leafCall(context, parts, value, name));
  return known.get(key);
}

function objectRecipe(
  context: Walk,
  parts: readonly SchemaObject[],
  value: { readonly [name: string]: SampleValue },
  frozen: Frozen,
): Recipe {
  if (isWhole(parts)) return fixed;
  const members = new Map<string, Recipe>();
  for (const [name, member] of Object.entries(value)) {
    const schemas = memberSchemas(parts, name);
    if (schemas === undefined) continue;
    const recipe = walk(context, schemas, member, name, below(frozen, name));
    if (recipe.kind !== "fixed") members.set(name, recipe);
  }
  return members.size === 0 ? fixed : { kind: "object", members };
}

function arrayRecipe(
  context: Walk,
  parts: readonly SchemaObject[],
  values: readonly SampleValue[],
  name: string,
  frozen: Frozen,
): Recipe {
  // Items that must differ may meet when they vary, and what an array contains is known of the whole alone.
  const isUnique = parts.some((part) => part.uniqueItems === true) && values.length > 1;
  if (isWhole(parts) || isUnique || parts.some((part) => part.contains !== undefined)) return fixed;
  const items = values.map((item, position) => {
    const schemas = itemSchemas(parts, position);
    return schemas === undefined ? fixed : walk(context, schemas, item, name, below(frozen, String(position)));
  });
  return items.every((item) => item.kind === "fixed") ? fixed : { kind: "array", items };
}

/** Whether the value is one of a list as a whole. */
function isWhole(parts: readonly SchemaObject[]): boolean {
  return parts.some((part) => part.enum !== undefined || part.const !== undefined);
}

function below(frozen: Frozen, key: string): Frozen {
  if (frozen.size === 0) return frozen;
  const start = pointerTo(key);
  return new Set(
    [...frozen].flatMap((pointer) => (pointer === start || pointer.startsWith(`${start}/`) ? [pointer.slice(start.length)] : [])),
  );
}

type Memory = Pick<Walk, "memory" | "leaves">;

const memories = new WeakMap<object, Record<Direction, Memory>>();

function memoryOf({ schemaByReference }: Pick<ApiModel, "schemaByReference">, direction: Direction): Memory {
  const known = memories.get(schemaByReference) ?? { request: newMemory(), response: newMemory() };
  memories.set(schemaByReference, known);
  return known[direction];
}

function newMemory(): Memory {
  return { memory: new WeakMap(), leaves: new WeakMap() };
}
