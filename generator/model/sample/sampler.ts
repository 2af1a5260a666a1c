import type { Json, Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import type { Problem } from "../../runtime/validation/validator.ts";
import type { ApiModel, Direction } from "../api-model.ts";
import type { Sample, SampleValue } from "../sample.ts";
import { validate } from "../validate.ts";
import { isPureReference, referenced } from "../walk.ts";
import { Bytes, isBareScalar, isBytes, isOfType } from "../validate/scalar.ts";
import { weightOf } from "../validate/run.ts";
import { arrays } from "./arrays.ts";
import { inPlace } from "../direction.ts";
import { exemplaryIndex, examplesOf, preferred } from "./examples.ts";
import { heightsOf } from "./heights.ts";
import { objects } from "./objects.ts";
import { constantsOf, typesOf, waysToMeet, writtenType } from "./parts.ts";
import { booleans, numbers, rotated, strings } from "./scalars.ts";
import { deep, type Sampler, type Task } from "./task.ts";
import { compiles } from "./written.ts";

/** The sampler of a side of a model; the same one for each call, since it remembers what it has made. */
export function samplerOf(model: Pick<ApiModel, "schemaByReference">, direction: Direction): Sampler {
  const known = samplers.get(model.schemaByReference)?.[direction];
  if (known !== undefined) return known;
  const made = { request: makeSampler(model, "request"), response: makeSampler(model, "response") };
  samplers.set(model.schemaByReference, made);
  return made[direction];
}

const samplers = new WeakMap<object, Record<Direction, Sampler>>();

/** More candidates than this are not tried for one value. */
const patience = 60;
/** Deeper than any value that a schema needs. */
const deepest = 24;

/** Values in a sample, long texts counted as several. */
const heaviest = 200_000;

function makeSampler(model: Pick<ApiModel, "schemaByReference">, direction: Direction): Sampler {
  const memory = new WeakMap<SchemaObject, Map<string, Sample>>();
  const sampler: Sampler = {
    model,
    direction,
    heights: heightsOf(model),
    names: new WeakMap(),
    proven: new WeakMap(),
    rescued: new WeakMap(),
    sample(asked) {
      const task = simplest(model, asked);
      const { schema, name, index, hints, level, accept } = task;
      if (typeof schema === "boolean" || hints.length > 0 || accept !== undefined) return make(sampler, task);
      const remembered = memory.get(schema) ?? new Map<string, Sample>();
      memory.set(schema, remembered);
      // Below the second level nothing depends on the level any more, but for the end of recursion.
      const key = `${level < deep ? Math.round(level * 10) : level < deepest / 2 ? "deep" : 10 * Math.floor(level)} ${index} ${name}`;
      const sample = remembered.get(key) ?? make(sampler, task);
      remembered.set(key, sample);
      return sample;
    },
  };
  return sampler;
}

/** The same task for all that ask for the same value: a reference is what it leads to, and an object does not depend on its name. */
function simplest(model: Sampler["model"], task: Task): Task {
  let { schema } = task;
  for (const seen = new Set<Schema>(); isBare(schema) && !seen.has(schema);) {
    seen.add(schema);
    schema = referenced(model, schema)?.schema ?? schema;
  }
  const isNameless = typeof schema === "object" && schema.type === "object";
  return schema === task.schema && !isNameless ? task : { ...task, schema, name: isNameless ? "" : task.name };
}

function isBare(schema: Schema): boolean {
  return typeof schema === "object" && isPureReference(schema) && schema.examples === undefined && schema.default === undefined;
}

function make(sampler: Sampler, task: Task): Sample {
  const exemplary = exemplaryScalar(task);
  if (exemplary !== undefined) return success(exemplary);
  if (task.schema === false) return failure("no value is allowed here");
  if (task.level > deepest) return failure("the schema needs values nested without end");
  let reason = failure("its keywords leave no value");
  let rescued: SampleValue | undefined;
  // What is valid, and would not compile.
  let strange: SampleValue | undefined;
  let tried = 0;
  for (const candidate of candidates(sampler, task)) {
    if (!candidate.ok) {
      reason = candidate;
      continue;
    }
    const value = proven(sampler, task, candidate.value);
    const isWritten = value.ok && compiles(sampler, task, value.value);
    if (value.ok && isWritten && !value.rescued) return success(value.value);
    if (value.ok && isWritten) rescued ??= value.value;
    else if (value.ok) strange ??= value.value;
    else reason = value;
    if (++tried >= patience) break;
  }
  if (rescued === undefined) return strange === undefined ? reason : success(strange);
  if (typeof rescued === "object" && rescued !== null && typeof task.schema === "object")
    sampler.rescued.set(rescued, task.schema);
  return success(rescued);
}

/**
 * The example that a scalar follows, where its schema says nothing but its type: the first of the candidates then, and as good as proven.
 * Most values of documents with examples are such.
 */
function exemplaryScalar({ schema, hints, index, level, accept }: Task): Json | undefined {
  if (accept !== undefined || level > deepest || typeof schema === "boolean" || !isBareScalar(schema)) return undefined;
  const followed = [...hints, ...examplesOf(schema)];
  if (followed.length === 0) return undefined;
  const [type = "null"] = preferred(typesOf([schema]), followed);
  const fitting = followed.filter((hint) => isWrittenAs(type, hint));
  const first = index < fitting.length ? rotated(fitting, index)[0] : undefined;
  return first !== undefined && isOfType(first, type) && weightOf(first) <= heaviest ? first : undefined;
}

/** Whether JSON writes a value as those of a type; not each number is an integer. */
function isWrittenAs(type: TypeName, value: Json): boolean {
  return type === "null" ? value === null : typeof value === (type === "integer" ? "number" : type);
}

/** A value that is valid; if it is `rescued`, only because a discriminator says which member of a `oneOf` is meant. */
type Proof = { readonly ok: true; readonly value: SampleValue; readonly rescued: boolean } | (Sample & { readonly ok: false });

/** The value, when it is valid, or when it is without the properties that are in the way. */
function proven(sampler: Sampler, task: Task, value: SampleValue): Proof {
  const { direction, proven: known } = sampler;
  let rescued = false;
  const onRescue = (): void => {
    rescued = true;
  };
  const check = (one: SampleValue): Problem[] => {
    rescued = false;
    return validate(sampler.model, task.schema, one, { direction, proven: known, onRescue });
  };
  if (weightOf(value) > heaviest) return failure("it would be too large to write down");
  const problems = check(value);
  const [first] = problems;
  if (first !== undefined) {
    const smaller = without(value, problems);
    if (smaller === undefined || check(smaller).length > 0) return failure(`it ${first.message}`, first.pointer);
    value = smaller;
  }
  if (typeof task.schema === "object") known.set(task.schema, (known.get(task.schema) ?? new Set()).add(value));
  if (task.accept?.(value) === false) return failure("no valid value can be told apart on the wire");
  return { ok: true, value, rescued };
}

function without(value: SampleValue, problems: readonly Problem[]): SampleValue | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Bytes) return undefined;
  const names = new Set(problems.map(({ pointer }) => pointer.split("/")[1]?.replaceAll("~1", "/").replaceAll("~0", "~")));
  if (names.has(undefined)) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)));
}

/** Values to try, the best first. */
function* candidates(sampler: Sampler, task: Task): Generator<Sample> {
  const { index, level, hints } = task;
  // Where the schema says nothing, the example is all there is to go by.
  const shown = task.schema === true ? hints[index] : undefined;
  if (shown !== undefined) yield success(shown);
  let ways = 0;
  // The examples that hold whatever member of a union is taken; they tell which one is meant.
  const exemplary = [...hints, ...inPlace(sampler.model, task.schema).flatMap(examplesOf)];
  for (const parts of waysToMeet(sampler.model, task.schema, {
    index,
    heights: sampler.heights,
    small: level >= deep,
    hints: exemplary,
  })) {
    const followed = [...hints, ...parts.flatMap(examplesOf)];
    const constants = constantsOf(parts);
    if (constants !== undefined)
      yield* rotated(constants, exemplaryIndex(constants, followed) + index).map((value) => success(value));
    else if (parts.some(isBytes)) yield success(new Bytes(`${task.name || "file"} ${index + 1}`, "application/octet-stream"));
    else for (const type of typesInTurn(parts, followed)) yield* ofType(sampler, { ...task, hints: followed }, type, parts);
    if (++ways >= patience) return;
  }
}

/**
 * The types in the order to try them. What speaks of properties or of items is written as an object or an array, whatever else it may
 * be, as types say nothing else. Other keywords of objects and arrays leave it open: no list meets `contains: false`, any text does.
 */
function typesInTurn(parts: readonly SchemaObject[], followed: readonly Json[]): readonly TypeName[] {
  const written = new Set(parts.flatMap((part) => (part.type === undefined ? (writtenType(part) ?? []) : [])));
  const types = preferred(typesOf(parts), followed);
  const fitting = types.filter((type) => [...written].every((one) => one === type));
  return fitting.length > 0 ? fitting : types;
}

function* ofType(sampler: Sampler, task: Task, type: TypeName, parts: readonly SchemaObject[]): Generator<Sample> {
  const { name, index, hints } = task;
  if (type === "object") return yield* objects(sampler, task, parts);
  if (type === "array") return yield* arrays(sampler, task, parts);
  // One example is one value: further samples differ from it.
  const followed = hints.filter((hint) => isWrittenAs(type, hint));
  if (index < followed.length) yield* rotated(followed, index).map((value) => success(value));
  switch (type) {
    case "null":
      yield success(null);
      break;
    case "boolean":
      yield* booleans(name, index).map((value) => success(value));
      break;
    case "string":
      yield* successes(strings(parts, name, index));
      break;
    default:
      yield* successes(
        numbers(parts, name, index, type === "integer" || parts.some((part) => part.format?.startsWith("int") === true)),
      );
  }
  yield* followed.map((value) => success(value));
}

function* successes(values: Iterable<SampleValue>): Generator<Sample> {
  for (const value of values) yield success(value);
}

function success(value: SampleValue): Sample {
  return { ok: true, value };
}

function failure(reason: string, pointer = ""): Sample & { readonly ok: false } {
  return { ok: false, reason, pointer };
}
