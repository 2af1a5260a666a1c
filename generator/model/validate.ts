import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import type { Problem } from "../runtime/validation/validator.ts";
import type { ApiModel, Direction } from "./api-model.ts";
import { checkArray } from "./validate/array.ts";
import { undecided } from "./validate/pattern.ts";
import { checkObject } from "./validate/object.ts";
import { checkScalar, isBareScalar, isOfTypes } from "./validate/scalar.ts";
import { checkUnions } from "./validate/unions.ts";
import { merge, newEvaluated, weightOf, type Evaluated, type Place, type Proven, type Run } from "./validate/run.ts";

/** What `validate` may be told. */
export interface ValidateOptions {
  /** The side the value is on; readOnly properties are not required in a `request`, nor writeOnly ones in a `response`. Default: neither. */
  readonly direction?: Direction;
  /** Whether `format` is an assertion. Default: true. */
  readonly formats?: boolean;
  /** Values that are known to be valid by these schemas, with the same options; they are not looked at again. Default: none. */
  readonly proven?: Proven;
  /** Told each `oneOf` of which several members match, so that only the word of its discriminator decides. Default: nobody is. */
  readonly onRescue?: (schema: SchemaObject) => void;
}

/**
 * Everything wrong with a value by a schema of the model, by JSON Schema 2020-12; empty when it is valid.
 * It interprets the schema, which is for the generator's own use: examples, fixtures, proofs. It never throws: a pattern that
 * is no regular expression and a reference that leads nowhere assert nothing.
 */
export function validate(
  model: Pick<ApiModel, "schemaByReference">,
  schema: Schema,
  value: unknown,
  options: ValidateOptions = {},
): Problem[] {
  const run: Run = {
    model,
    direction: options.direction,
    formats: options.formats ?? true,
    budget: { checks: 20_000, weighed: false },
    proven: options.proven,
    onRescue: options.onRescue,
    following: new Set(),
    check: (inner, innerValue, place, evaluated) => check(run, inner, innerValue, place, evaluated),
    allowance: () => 200 * Math.min(weightOf(value), 1_000_000),
  };
  return check(run, schema, value, { pointer: "", absent: new Set() }, undefined);
}

/** The problems of a value at a place. Properties and items that the schema speaks of are marked in `evaluated`, if it is given. */
function check(run: Run, schema: Schema, value: unknown, place: Place, evaluated: Evaluated | undefined): Problem[] {
  if (schema === true) return [];
  if (run.budget.checks-- <= 0 && !granted(run))
    return [{ pointer: place.pointer, keyword: "anyOf", message: `${undecided} all that its schema combines` }];
  if (schema === false) return [{ pointer: place.pointer, keyword: "false", message: "must not be present" }];
  if (evaluated === undefined && place.absent.size === 0 && run.proven?.get(schema)?.has(value) === true) return [];
  if (isBareScalar(schema) && isOfTypes(value, schema.type)) return [];
  const tracks = schema.unevaluatedProperties !== undefined || schema.unevaluatedItems !== undefined;
  const own = evaluated !== undefined || tracks ? newEvaluated() : undefined;
  const problems = checkScalar(run, schema, value, place);
  if (schema.$ref !== undefined) problems.unshift(...checkReference(run, schema, value, place, own));
  append(problems, checkUnions(run, schema, value, place, own));
  // What is no object has no members, and so on: most values are scalars.
  if (typeof value === "object" && value !== null) {
    append(problems, checkArray(run, schema, value, place, own));
    append(problems, checkObject(run, schema, value, place, own));
  }
  if (evaluated !== undefined && own !== undefined) merge(evaluated, own);
  return problems;
}

function append(problems: Problem[], others: readonly Problem[]): void {
  for (const one of others) problems.push(one);
}

/** What a large value may take beyond what any may; it is weighed when that is needed, which is rare. */
function granted({ budget, allowance }: Run): boolean {
  if (budget.weighed) return false;
  budget.weighed = true;
  budget.checks += allowance();
  return budget.checks >= 0;
}

/** A `$ref` applies beside its siblings. One that leads back to the value it started from asserts nothing more. */
function checkReference(
  run: Run,
  schema: SchemaObject,
  value: unknown,
  place: Place,
  evaluated: Evaluated | undefined,
): Problem[] {
  if (schema.$ref === undefined) return [];
  const target = run.model.schemaByReference.get(schema.$ref);
  const step = `${schema.$ref} ${place.pointer}`;
  if (target === undefined || run.following.has(step)) return [];
  run.following.add(step);
  const problems = run.check(target.schema, value, place, evaluated);
  run.following.delete(step);
  return problems;
}
