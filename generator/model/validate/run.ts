import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { Problem } from "../../runtime/validation/validator.ts";
import { isBareScalar, isOfTypes } from "./scalar.ts";
import type { ApiModel, Direction } from "../api-model.ts";

/** Each schema with values that are valid by it. */
export type Proven = Pick<WeakMap<SchemaObject, ReadonlySet<unknown>>, "get">;

/** What one call of `validate` carries down to every place. */
export interface Run {
  readonly model: Pick<ApiModel, "schemaByReference"> & Partial<Pick<ApiModel, "formats">>;
  readonly direction: Direction | undefined;
  readonly formats: boolean;
  /** The checks that may still be made: unions of unions multiply, and what is not checked in the end has not been found valid. */
  readonly budget: Budget;
  /** The checks that the size of the whole value earns, beyond those that any value may take. */
  allowance(): number;
  readonly proven: Proven | undefined;
  readonly onRescue: ((schema: SchemaObject) => void) | undefined;
  /** The references being followed, each with its place: a second entry would never end. */
  readonly following: Set<string>;
  check(schema: Schema, value: unknown, place: Place, evaluated: Evaluated | undefined): Problem[];
}

/** How many checks may still be made, and whether what a large value needs is counted in. */
export interface Budget {
  checks: number;
  weighed: boolean;
}

/** Where in the value a check is. */
export interface Place {
  /** JSON Pointer from the root of the value. */
  readonly pointer: string;
  /** Properties that some schema of this very value declares absent on this side, so that none may require them. */
  readonly absent: ReadonlySet<string>;
}

/** What has been spoken of in one value, for `unevaluatedProperties` and `unevaluatedItems`. */
export interface Evaluated {
  readonly properties: Set<string>;
  readonly items: Set<number>;
}

/** Nothing evaluated yet. */
export function newEvaluated(): Evaluated {
  return { properties: new Set(), items: new Set() };
}

/** Adds what `from` has to `into`. */
export function merge(into: Evaluated, from: Evaluated): void {
  for (const name of from.properties) into.properties.add(name);
  for (const index of from.items) into.items.add(index);
}

/** The place of a member of the value. */
export function inside(place: Place, key: string | number): Place {
  const name = String(key);
  const escaped = /[~/]/.test(name) ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
  return { pointer: `${place.pointer}/${escaped}`, absent: nothing };
}

/**
 * Whether a value inside another is known to be valid, or is found so at first sight, so that nobody need know its place; it counts
 * as a check.
 */
export function isEvident(run: Run, schema: Schema, value: unknown): boolean {
  if (typeof schema === "boolean" || run.budget.checks <= 0) return false;
  if (isBareScalar(schema) ? !isOfTypes(value, schema.type) : run.proven?.get(schema)?.has(value) !== true) return false;
  run.budget.checks -= 1;
  return true;
}

/** One problem at a place. */
export function problem(place: Place, keyword: string, message: string): Problem {
  return { pointer: place.pointer, keyword, message };
}

/** Whether a value is a JSON object: not an array, not a Blob or another thing of a class. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const nothing: ReadonlySet<string> = new Set();

/** How many values there are in a value, long texts counted as several. Values are data that no one changes, so each is weighed once. */
export function weightOf(value: unknown): number {
  if (typeof value === "string") return 1 + value.length / 16;
  if (typeof value !== "object" || value === null) return 1;
  const known = weights.get(value);
  if (known !== undefined) return known;
  let weight = 1;
  for (const member of Object.values(value)) weight += weightOf(member);
  weights.set(value, weight);
  return weight;
}

const weights = new WeakMap<object, number>();
