/** The examples that fixtures do not follow, since their schemas refuse them. */
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import { child, type Location } from "../diagnostics/location.ts";
import type { Json, Schema } from "../openapi/shapes.ts";
import type { ApiModel, Direction, Example, Operation } from "./api-model.ts";
import { sidesOf } from "./direction.ts";
import { validate } from "./validate.ts";
import { subschemas } from "./walk.ts";

/** An example, and the first thing that is wrong with it. */
export interface SkippedExample {
  readonly at: Location;
  /** What it is of, to follow "the example": `of application/json`. */
  readonly what: string;
  /** JSON Pointer into the example. */
  readonly pointer: string;
  readonly reason: string;
}

/** How many examples are told of one by one. */
const most = 10;

/** Warns of examples that are not valid: of the first ones each, and with the last of them how many more there are. */
export function reportSkippedExamples(model: ApiModel, diagnostics: Diagnostics): void {
  const all = [...skippedExamples(model)];
  for (const [index, { at, ...found }] of all.slice(0, most).entries())
    diagnostics.report("example-skipped", at, { ...found, more: index === most - 1 ? all.length - most : 0 });
}

/** Every example of a body, parameter, header or named schema that is not valid, each place once. */
function* skippedExamples(model: ApiModel): Generator<SkippedExample> {
  const seen = new Set<Location>();
  for (const found of candidates(model)) {
    if (seen.has(found.at)) continue;
    seen.add(found.at);
    yield found;
  }
}

function* candidates(model: ApiModel): Generator<SkippedExample> {
  for (const operation of [...model.operations, ...model.webhooks, ...model.callbacks]) yield* ofOperation(model, operation);
  for (const { key, schema, at } of model.schemas) yield* ofSchema(model, schema, key, at);
}

function* ofOperation(model: ApiModel, operation: Operation): Generator<SkippedExample> {
  const sides = sidesOf(operation);
  for (const { name, schema, examples, at } of operation.parameters)
    yield* wrongOnes(model, `of the parameter "${name}"`, schema, examples, sides.request, at);
  const messages = [[operation.body?.contents ?? [], sides.request] as const].concat(
    operation.responses.map(({ contents }) => [contents, sides.response] as const),
  );
  for (const [contents, direction] of messages)
    for (const { kind, mediaType, schema, examples, at } of contents)
      // Text and bytes stand in an example as they are written, which says nothing of the schema.
      if (kind === "json") yield* wrongOnes(model, `of ${mediaType}`, schema ?? true, examples, direction, at);
  for (const { headers } of operation.responses)
    for (const { name, schema, examples, at } of headers)
      yield* wrongOnes(model, `of the header "${name}"`, schema, examples, sides.response, at);
}

function* wrongOnes(
  model: ApiModel,
  what: string,
  schema: Schema,
  examples: readonly Example[],
  direction: Direction,
  at: Location,
): Generator<SkippedExample> {
  for (const { key, value } of examples) {
    if (value === undefined) continue;
    const problem = problemOf(model, schema, value, direction);
    if (problem === undefined) continue;
    // Normalizing gives this name to one that had none.
    const alone = key === "example";
    yield {
      at: alone ? child(at, "example") : child(at, "examples", key, "value"),
      what: alone ? what : `${what}, "${key}",`,
      ...problem,
    };
  }
}

/** The examples of a schema and of what is written in it. */
function* ofSchema(model: ApiModel, schema: Schema, name: string, at: Location): Generator<SkippedExample> {
  if (typeof schema === "boolean") return;
  for (const value of Array.isArray(schema.examples) ? schema.examples : []) {
    const problem = problemOf(model, schema, value, "response") && problemOf(model, schema, value, "request");
    // OpenAPI 3.0 has one, and its keyword says so.
    if (problem !== undefined) yield { at: child(at, "example"), what: `of "${name}"`, ...problem };
  }
  for (const { keys, schema: inner } of subschemas(schema)) {
    const last = keys.at(-1);
    yield* ofSchema(model, inner, typeof last === "string" && keys[0] === "properties" ? last : name, child(at, ...keys));
  }
}

function problemOf(
  model: ApiModel,
  schema: Schema,
  value: Json,
  direction: Direction,
): { readonly pointer: string; readonly reason: string } | undefined {
  // No example can hold bytes.
  const check = (one: unknown) =>
    validate(model, schema, one, { direction }).filter(({ message }) => message !== "must be a Blob");
  const [first] = check(value);
  // Some write the text of the value, as it would stand on the wire.
  if (first === undefined || (typeof value === "string" && meant(value).some((one) => check(one).length === 0))) return undefined;
  return { pointer: first.pointer, reason: first.message };
}

function meant(text: string): readonly unknown[] {
  const list = text.split(",");
  return [parsed(text), list, list.map((item) => parsed(item) ?? item)].filter((one) => one !== undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
