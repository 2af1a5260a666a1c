import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { isAbsent } from "../direction.ts";
import { propertySchema } from "../sample/objects.ts";
import { deep, type Sampler } from "../sample/task.ts";
import type { SampleValue } from "../sample.ts";
import { weightOf } from "../validate/run.ts";
import type { Change } from "./change.ts";

/** The most values that the items of a list may be together, and the most items that are written down one by one. */
const heaviest = 20_000;
const longestMade = 20;
/** An object gets no more properties than these. */
const broadest = 20;

/** The empty list, the shortest and the longest. */
export function* listEdges(
  sampler: Sampler,
  schema: Schema,
  parts: readonly SchemaObject[],
  value: readonly SampleValue[],
  pointer: string,
): Generator<Change> {
  const least = Math.max(0, ...parts.map((part) => part.minItems ?? 0));
  const most = Math.min(...parts.map((part) => part.maxItems ?? Infinity));
  if (least === 0 && value.length > 0) yield { what: "is empty", pointer };
  if (least > 0 && least < value.length) yield { what: "has as few items as it may", pointer, given: least };
  if (most <= value.length || !Number.isFinite(most)) return;
  const first = value[0] ?? null;
  const alike = value.length > 0 && !parts.some((part) => part.uniqueItems === true || part.prefixItems !== undefined);
  if (alike && most * weightOf(first) <= heaviest) yield { what: "has as many items as it may", pointer, given: most };
  else if (most <= longestMade) {
    const made = sampler.sample({
      schema: { allOf: [schema, { type: "array", minItems: most }] },
      name: "",
      index: 0,
      level: deep,
      hints: [],
    });
    if (made.ok) yield { what: "has as many items as it may", pointer, given: made.value };
  }
}

/** An object of what is required alone, one of all that is declared, and one with something beside. */
export function* objectEdges(
  sampler: Sampler,
  parts: readonly SchemaObject[],
  value: { readonly [name: string]: SampleValue },
  { pointer, depth }: { readonly pointer: string; readonly depth: number },
): Generator<Change> {
  const names = Object.keys(value);
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const needed = names.filter((name) => required.has(name));
  if (needed.length < names.length) {
    const least = Math.max(0, ...parts.map((part) => part.minProperties ?? 0));
    const others = names.filter((name) => !required.has(name)).slice(0, Math.max(0, least - needed.length));
    const kept = new Set([...needed, ...others]);
    if (kept.size === 0) yield { what: "is empty", pointer };
    else if (kept.size < names.length) {
      const left = names.filter((name) => !kept.has(name));
      // Whichever is written sooner.
      yield { what: "has nothing optional", pointer, given: left.length < kept.size ? { without: left } : [...kept] };
    }
  }
  const missing = missingProperties(sampler, parts, value);
  if (depth < 2 && missing.length > 0 && missing.length <= broadest) {
    const given = missing.flatMap((name) => memberOf(sampler, parts, name));
    if (given.length > 0) yield { what: "has all its properties", pointer, given: Object.fromEntries(given) };
  }
  const open = parts.some(({ additionalProperties }) => typeof additionalProperties === "object");
  const closed = parts.some(
    ({ additionalProperties, unevaluatedProperties }) => additionalProperties === false || unevaluatedProperties === false,
  );
  // What nobody speaks of may be there too: to say so once is enough.
  if (!closed && (open || depth === 0) && !names.includes("additional")) {
    const given = open ? memberOf(sampler, parts, "additional") : [];
    if (!open) yield { what: "has one more property", pointer };
    else if (given.length > 0) yield { what: "has one more property", pointer, given: Object.fromEntries(given) };
  }
}

/** Properties that are declared and may be there, and are not. */
function missingProperties(
  { model, direction, heights }: Sampler,
  parts: readonly SchemaObject[],
  value: { readonly [name: string]: SampleValue },
): string[] {
  const declared = new Set(parts.flatMap((part) => Object.keys(part.properties ?? {})));
  return [...declared].filter((name) => {
    const schema = propertySchema(parts, name);
    return !Object.hasOwn(value, name) && !isAbsent(model, schema, direction) && Number.isFinite(heights.of(schema));
  });
}

function memberOf(sampler: Sampler, parts: readonly SchemaObject[], name: string): [string, SampleValue][] {
  const schema = propertySchema(parts, name);
  if (schema === true) return [[name, "anything"]];
  const made = sampler.sample({ schema, name, index: 0, level: deep, hints: [] });
  return made.ok ? [[name, made.value]] : [];
}
