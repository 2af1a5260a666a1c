import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { Problem } from "../../runtime/validation/validator.ts";
import { absentProperties } from "../direction.ts";
import { named } from "./array.ts";
import { matches } from "./pattern.ts";
import { inside, isObject, isEvident, problem, type Evaluated, type Place, type Run } from "./run.ts";

/** All that bears on objects. */
export function checkObject(
  run: Run,
  schema: SchemaObject,
  value: unknown,
  place: Place,
  evaluated: Evaluated | undefined,
): Problem[] {
  if (!isObject(value)) return [];
  const problems: Problem[] = [];
  checkNames(run, schema, value, place, problems);
  const here = { ...place, absent: absentHere(run, schema, place) };
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name) && !here.absent.has(name))
      problems.push(problem(inside(place, name), "required", "is required"));
  }
  for (const [name, needed] of Object.entries(schema.dependentRequired ?? {})) {
    if (!Object.hasOwn(value, name)) continue;
    for (const other of needed) {
      if (!Object.hasOwn(value, other) && !here.absent.has(other))
        problems.push(problem(inside(place, other), "dependentRequired", `is required beside "${name}"`));
    }
  }
  for (const [name, inner] of Object.entries(schema.dependentSchemas ?? {})) {
    if (Object.hasOwn(value, name)) problems.push(...run.check(inner, value, here, evaluated));
  }
  checkMembers(run, schema, value, place, evaluated, problems);
  if (schema.unevaluatedProperties !== undefined && evaluated !== undefined) {
    for (const [name, member] of Object.entries(value)) {
      if (evaluated.properties.has(name)) continue;
      evaluated.properties.add(name);
      problems.push(
        ...named("unevaluatedProperties", run.check(schema.unevaluatedProperties, member, inside(place, name), undefined)),
      );
    }
  }
  return problems;
}

/** The absent properties known from around the schema and from the schema itself. */
export function absentHere(run: Run, schema: Schema, place: Place): ReadonlySet<string> {
  if (run.direction === undefined) return place.absent;
  const own = absentProperties(run.model, schema, run.direction);
  if (own.size === 0) return place.absent;
  return place.absent.size === 0 ? own : new Set([...place.absent, ...own]);
}

function checkNames(
  run: Run,
  schema: SchemaObject,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  problems: Problem[],
): void {
  const { minProperties, maxProperties, propertyNames } = schema;
  if (minProperties === undefined && maxProperties === undefined && propertyNames === undefined) return;
  const names = Object.keys(value);
  if (minProperties !== undefined && names.length < minProperties)
    problems.push(problem(place, "minProperties", `must have at least ${minProperties} properties`));
  if (maxProperties !== undefined && names.length > maxProperties)
    problems.push(problem(place, "maxProperties", `must have at most ${maxProperties} properties`));
  if (propertyNames === undefined) return;
  for (const name of names) {
    const found = run.check(propertyNames, name, inside(place, name), undefined);
    problems.push(...found.map((one) => problem(inside(place, name), "propertyNames", `its name ${one.message}`)));
  }
}

const none: readonly (readonly [string, Schema])[] = [];

function checkMembers(
  run: Run,
  schema: SchemaObject,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  evaluated: Evaluated | undefined,
  problems: Problem[],
): void {
  const { properties = {}, patternProperties, additionalProperties } = schema;
  const patterns = patternProperties === undefined ? none : Object.entries(patternProperties);
  if (schema.properties === undefined && patterns.length === 0 && additionalProperties === undefined) return;
  for (const name of namesToCheck(schema, value)) {
    const member = value[name];
    const declared = Object.hasOwn(properties, name) ? properties[name] : undefined;
    let matched = declared !== undefined;
    if (declared !== undefined && !isEvident(run, declared, member))
      problems.push(...run.check(declared, member, inside(place, name), undefined));
    for (const [pattern, inner] of patterns) {
      if (matches(pattern, name) !== true) continue;
      matched = true;
      problems.push(...run.check(inner, member, inside(place, name), undefined));
    }
    if (!matched && additionalProperties !== undefined) {
      matched = true;
      problems.push(...named("additionalProperties", run.check(additionalProperties, member, inside(place, name), undefined)));
    }
    if (matched) evaluated?.properties.add(name);
  }
}

/** The names that keywords say something of: where a schema declares few, as each of a thousand in an `allOf` may, no others are looked at. */
function namesToCheck(
  { properties = {}, patternProperties, additionalProperties }: SchemaObject,
  value: Readonly<Record<string, unknown>>,
): readonly string[] {
  if (patternProperties !== undefined || additionalProperties !== undefined || !isLarge(value)) return Object.keys(value);
  const declared = Object.keys(properties);
  return declared.length > few ? Object.keys(value) : declared.filter((name) => Object.hasOwn(value, name));
}

const few = 8;

/** Whether an object has many members, without a look at all of them. */
function isLarge(value: Readonly<Record<string, unknown>>): boolean {
  let count = 0;
  for (const _name in value) if (++count > 4 * few) return true;
  return false;
}
