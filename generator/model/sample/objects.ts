import type { Json, Schema, SchemaObject } from "../../openapi/shapes.ts";
import { inPlace, isAbsent } from "../direction.ts";
import type { Sample, SampleValue } from "../sample.ts";
import { matches } from "../validate/pattern.ts";
import { textsMatching } from "./regex.ts";
import { isRecord } from "./scalars.ts";
import { plainTexts } from "./words/names.ts";
import { isRequired } from "../required.ts";
import { isFlat } from "./flat.ts";
import { allOf, deep, type Sampler, type Task } from "./task.ts";

/** Objects that meet all parts: with optional properties first, then with none, then with each one, those that are deprecated last. */
export function* objects(sampler: Sampler, task: Task, given: readonly SchemaObject[]): Generator<Sample> {
  const parts = withDependents(sampler, given);
  const names = namesOf(sampler, parts);
  const more = [...moreNames(sampler, task, parts, names)];
  const optional = [...names.optional, ...more];
  const most = Math.min(Infinity, ...parts.map((part) => part.maxProperties ?? Infinity)) - names.required.length;
  const least = Math.max(0, ...parts.map((part) => part.minProperties ?? 0)) - names.required.length;
  const build = (chosen: readonly string[], enough: number): Sample =>
    buildObject(sampler, task, parts, names.required, chosen, enough);

  // Whether a property is shown depends on itself alone, so that one that is added, wherever it stands, takes the place of no other.
  const shown =
    task.level >= deep
      ? []
      : task.level < 1
        ? optional
        : [...names.optional.filter((name) => isFlat(sampler.model, propertySchema(parts, name))), ...more];
  const chosen = shown.length >= least ? shown : [...new Set([...shown, ...optional])].slice(0, least);
  const full = build(chosen, Math.min(most, chosen.length));
  yield full;
  if (!full.ok && names.required.length > 0) return;
  yield build(optional, Math.min(most, Math.max(least, 0)));
  for (const name of [...optional.slice(0, 12), ...names.outdated.slice(0, 12)]) yield build([name], 1);
}

/** The object of the required properties and as many of the others as are enough. */
function buildObject(
  sampler: Sampler,
  task: Task,
  parts: readonly SchemaObject[],
  required: readonly string[],
  optional: readonly string[],
  enough: number,
): Sample {
  const members = new Map<string, SampleValue>();
  const isRequired = new Set(required);
  let left = enough;
  for (const name of orderOf(parts, required, optional)) {
    const needed = isRequired.has(name);
    if (!needed && left <= 0) continue;
    const schema = propertySchema(parts, name);
    // A property that would make this level deep again is left out rather than followed.
    if (!needed && task.level < deep && !Number.isFinite(sampler.heights.of(schema))) continue;
    const sample = sampler.sample({ schema, name, index: task.index, level: task.level + 1, hints: hintsFor(task.hints, name) });
    if (sample.ok) members.set(name, sample.value);
    else if (needed)
      return {
        ok: false,
        reason: sample.reason,
        pointer: `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}${sample.pointer}`,
      };
    if (sample.ok && !needed) left -= 1;
  }
  for (const [name, needed] of parts.flatMap((part) => Object.entries(part.dependentRequired ?? {}))) {
    if (members.has(name) && !isRequired.has(name) && needed.some((other) => !members.has(other))) members.delete(name);
  }
  return { ok: true, value: Object.fromEntries(members) };
}

/** Declared properties in their order, required ones that are nowhere declared after them, others last. */
function orderOf(parts: readonly SchemaObject[], required: readonly string[], optional: readonly string[]): string[] {
  const declared = parts.flatMap((part) => Object.keys(part.properties ?? {}));
  const wanted = new Set([...required, ...optional]);
  return [...new Set([...declared.filter((name) => wanted.has(name)), ...wanted])];
}

/** All that the parts say of a property. */
export function propertySchema(parts: readonly SchemaObject[], name: string): Schema {
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && only.patternProperties === undefined) {
    const { properties, additionalProperties = true } = only;
    return properties !== undefined && Object.hasOwn(properties, name) ? (properties[name] ?? true) : additionalProperties;
  }
  return allOf(
    parts.flatMap<Schema>((part) => {
      const matching = Object.entries(part.patternProperties ?? {}).flatMap(([pattern, schema]) =>
        matches(pattern, name) === true ? [schema] : [],
      );
      const declared = part.properties !== undefined && Object.hasOwn(part.properties, name) ? part.properties[name] : undefined;
      if (declared !== undefined) return [declared, ...matching];
      return matching.length > 0 ? matching : (part.additionalProperties ?? []);
    }),
  );
}

/** The properties that an object has by its schemas. */
export interface Names {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Optional and deprecated: for want of anything better. */
  readonly outdated: readonly string[];
  /** What this side leaves out, which an example may show all the same. */
  readonly absent: ReadonlySet<string>;
}

function namesOf(sampler: Sampler, parts: readonly SchemaObject[]): Names {
  const [only] = parts;
  // A schema with a name is sampled again for each example that it is to follow.
  if (only === undefined || parts.length > 1) return findNames(sampler, parts);
  const known = sampler.names.get(only) ?? findNames(sampler, parts);
  sampler.names.set(only, known);
  return known;
}

function findNames(sampler: Sampler, parts: readonly SchemaObject[]): Names {
  const absent = new Set<string>();
  const declared = new Map<string, boolean>();
  for (const part of parts) {
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      if (isAbsent(sampler.model, property, sampler.direction)) absent.add(name);
      const outdated = typeof property === "object" && property.deprecated === true;
      declared.set(name, (declared.get(name) ?? false) || outdated);
    }
  }
  const required = new Set(parts.flatMap((part) => part.required ?? []).filter((name) => !absent.has(name)));
  // What a required property needs beside it is required too; the set grows while it is walked.
  for (const name of required) {
    for (const part of parts) for (const other of part.dependentRequired?.[name] ?? []) required.add(other);
  }
  const optional = [...declared].filter(
    ([name]) => !required.has(name) && !absent.has(name) && propertySchema(parts, name) !== false,
  );
  return {
    required: [...required],
    optional: optional.flatMap(([name, outdated]) => (outdated ? [] : [name])),
    outdated: optional.flatMap(([name, outdated]) => (outdated ? [name] : [])),
    absent,
  };
}

/** Names for properties that are not declared: of examples, by pattern, or made up; only where the object is a map, or too small. */
function* moreNames(
  sampler: Sampler,
  task: Task,
  parts: readonly SchemaObject[],
  { required, optional, absent }: Names,
): Generator<string> {
  const least = Math.max(0, ...parts.map((part) => part.minProperties ?? 0));
  const known = new Set([...required, ...optional]);
  const open =
    parts.some((part) => isOpen(part.additionalProperties)) && !parts.some((part) => part.additionalProperties === false);
  const patterns = parts.flatMap((part) => Object.keys(part.patternProperties ?? {}));
  const isMap = known.size === 0 && task.level < deep;
  const shown = isMap ? exemplaryNames(task, parts, absent) : 0;
  const wanted = Math.max(least - known.size, shown, isMap && (open || patterns.length > 0) ? 1 : 0);
  if (wanted <= 0) return;
  const seen = new Set([...known, ...absent]);
  let given = 0;
  for (const name of candidateNames(sampler, task, parts, patterns)) {
    if (seen.has(name) || propertySchema(parts, name) === false) continue;
    seen.add(name);
    yield name;
    if (++given >= wanted) return;
  }
}

/** How many properties the example has of an object that declares none. */
function exemplaryNames({ hints }: Task, parts: readonly SchemaObject[], absent: ReadonlySet<string>): number {
  if (parts.some(({ propertyNames }) => propertyNames !== undefined)) return 0;
  return Math.min(40, Object.keys(hints.find(isRecord) ?? {}).filter((name) => !absent.has(name)).length);
}

function* candidateNames(
  sampler: Sampler,
  task: Task,
  parts: readonly SchemaObject[],
  patterns: readonly string[],
): Generator<string> {
  const rule = allOf(parts.flatMap<Schema>((part) => part.propertyNames ?? []));
  if (rule === true) for (const hint of task.hints) if (isRecord(hint)) yield* Object.keys(hint);
  for (const pattern of patterns) {
    // `^S_` is met by nothing but itself, and by itself with anything behind it.
    for (const text of textsMatching(pattern, task.index, { least: 0, most: 100 }))
      yield* [text, ...plainTexts.map((word) => `${text}${word}`).filter((name) => matches(pattern, name) === true)];
  }
  for (let index = 0; index < 50; index++) {
    const sample = sampler.sample({
      schema: rule === true ? { type: "string" } : allOf([{ type: "string" }, rule]),
      name: "key",
      index: task.index + index,
      level: deep,
      hints: [],
    });
    if (sample.ok && typeof sample.value === "string") yield sample.value;
  }
}

function isOpen(schema: Schema | undefined): boolean {
  return schema !== undefined && schema !== false;
}

/** The schemas that a required property brings along. */
function withDependents(sampler: Sampler, given: readonly SchemaObject[]): readonly SchemaObject[] {
  const parts = [...given];
  // The list grows while it is walked: a dependent schema may bring others.
  for (const part of parts) {
    for (const [name, schema] of Object.entries(part.dependentSchemas ?? {})) {
      if (parts.some((one) => isRequired(one, name))) inPlace(sampler.model, schema, parts);
    }
  }
  return parts;
}

function hintsFor(hints: readonly Json[], name: string): readonly Json[] {
  return hints.flatMap((hint) => {
    const value = isRecord(hint) && Object.hasOwn(hint, name) ? hint[name] : undefined;
    return value === undefined ? [] : [value];
  });
}
