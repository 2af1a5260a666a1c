import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { inPlace, isAbsent } from "../direction.ts";
import { propertySchema } from "../sample/objects.ts";
import { constantsOf, typesOf } from "../sample/parts.ts";
import { deep, type Sampler } from "../sample/task.ts";
import type { SampleValue } from "../sample.ts";
import { validate } from "../validate.ts";
import { equal } from "../validate/equal.ts";
import { Bytes, isBytes, isOfType } from "../validate/scalar.ts";
import { isPureReference, referenced } from "../walk.ts";
import { listEdges, objectEdges } from "./containers.ts";
import { numberEdges, textEdges } from "./scalars.ts";
import { isList, isRecord, pointerTo, type Change } from "./change.ts";

/** What edges are looked for with. */
export interface Search {
  readonly sampler: Sampler;
  /** Whether what stands behind a reference is looked into; else it is left to the edges of the schema referred to. */
  readonly follows: boolean;
}

/** More members of a union, and more constants, than these are not tried. */
const most = 12;
/** Deeper places are not looked at. */
const deepest = 4;

/** A part of a value which is valid by its schema; while it is, so is the whole. */
export interface Origin {
  readonly schema: Schema;
  readonly value: SampleValue;
  /** Where it stands in the whole, as a JSON Pointer. */
  readonly pointer: string;
}

/** A change that may be right, and the least part of the value that tells whether it is. */
export interface Possible {
  readonly change: Change;
  readonly origin: Origin;
}

interface Place {
  readonly pointer: string;
  readonly depth: number;
  readonly origin: Origin;
}

/** Changes that may lead to the edge of a schema, of a value that is valid by it; outer places come first. None is proven. */
export function edgeCandidates(search: Search, schema: Schema, value: SampleValue): readonly Possible[] {
  const found: Possible[] = [];
  gather(search, schema, value, { pointer: "", depth: 0, origin: { schema, value, pointer: "" } }, found);
  return found;
}

function gather(search: Search, schema: Schema, value: SampleValue, place: Place, found: Possible[]): void {
  const { pointer, depth, origin } = place;
  const { parts, foreign, separate } = partsOf(search, schema, value);
  if (parts.some(isBytes) || value instanceof Bytes || depth > deepest) return;
  const add = (changes: Iterable<Change>): void => {
    for (const change of changes) found.push({ change, origin });
  };
  add(unionEdges(search, parts, value, pointer));
  if (foreign) return;
  const constants = constantsOf(parts);
  if (constants !== undefined) {
    const others = constants.filter((each) => !equal(each, value)).slice(0, most);
    add(others.map((one) => chosen(one, pointer)));
    return;
  }
  add(typeEdges(search, schema, parts, value, pointer));
  const within = (inner: Schema, member: SampleValue, key: string): void => {
    if (typeof inner === "boolean" || isAbsent(search.sampler.model, inner, search.sampler.direction)) return;
    if (!search.follows && leadsElsewhere(inner)) return;
    const there = `${pointer}${key}`;
    // What looks at a whole further out looks at this, too.
    const next = separate && origin.pointer === pointer ? { schema: inner, value: member, pointer: there } : origin;
    gather(search, inner, member, { pointer: there, depth: depth + 1, origin: next }, found);
  };
  if (typeof value === "boolean") add([chosen(!value, pointer)]);
  else if (typeof value === "number") add(numberEdges(parts, value, pointer));
  else if (typeof value === "string") add(textEdges(search.sampler, schema, parts, value, pointer));
  else if (isList(value)) {
    add(listEdges(search.sampler, schema, parts, value, pointer));
    const [first] = value;
    const schemas = parts.flatMap<Schema>((part) => part.prefixItems?.[0] ?? part.items ?? []);
    if (first !== undefined && schemas.length > 0) within(joined(schemas), first, "/0");
  } else if (isRecord(value)) {
    add(objectEdges(search.sampler, parts, value, place));
    for (const name of Object.keys(value)) within(propertySchema(parts, name), value[name] ?? null, pointerTo(name));
  }
}

/** Keywords that look at a value as a whole: what one of its members may be hangs on others, or on the member in another way. */
const whole = [
  ...(["anyOf", "oneOf", "not", "if", "dependentSchemas", "const", "enum"] as const),
  ...(["contains", "uniqueItems", "unevaluatedProperties", "unevaluatedItems"] as const),
];

function isSeparate(part: SchemaObject): boolean {
  return whole.every((keyword) => part[keyword] === undefined);
}

/** Whether a schema says nothing but what another one says that has edges of its own. */
function leadsElsewhere(schema: SchemaObject): boolean {
  if (isPureReference(schema)) return true;
  const { allOf, title: _title, description: _description, ...rest } = schema;
  const [only, ...others] = allOf ?? [];
  return typeof only === "object" && others.length === 0 && Object.keys(rest).length === 0 && isPureReference(only);
}

function joined(schemas: readonly Schema[]): Schema {
  const [only] = schemas;
  return schemas.length === 1 && only !== undefined ? only : { allOf: schemas };
}

/**
 * The schemas that speak of this value, members of unions that it matches among them; `foreign` when such a member is named,
 * `separate` when each member of the value may be judged by itself.
 */
function partsOf(
  { sampler: { model, direction, proven }, follows }: Search,
  schema: Schema,
  value: SampleValue,
): { readonly parts: readonly SchemaObject[]; readonly foreign: boolean; readonly separate: boolean } {
  const parts = inPlace(model, schema);
  const separate = parts.every(isSeparate);
  let foreign = false;
  const seen = new Set<Schema>();
  // The list grows while it is walked: a member may hold a union of its own.
  for (const part of parts)
    for (const member of [...(part.oneOf ?? []), ...(part.anyOf ?? [])]) {
      const target = referenced(model, member)?.schema ?? member;
      // Unions that lead to the same by several ways double with each step.
      if (seen.has(target)) continue;
      seen.add(target);
      if (validate(model, member, value, { direction, proven }).length > 0) continue;
      if (!follows && typeof member === "object" && isPureReference(member)) foreign = true;
      else inPlace(model, member, parts);
    }
  return { parts, foreign, separate };
}

/** The smallest value of each member that this value is not of. */
function* unionEdges(
  { sampler }: Search,
  parts: readonly SchemaObject[],
  value: SampleValue,
  pointer: string,
): Generator<Change> {
  const { model, direction, proven } = sampler;
  for (const member of parts.flatMap((part) => [...(part.oneOf ?? []), ...(part.anyOf ?? [])]).slice(0, 2 * most)) {
    if (validate(model, member, value, { direction, proven }).length === 0) continue;
    const made = sampler.sample({ schema: member, name: "", index: 0, level: deep, hints: [] });
    if (!made.ok) continue;
    const known = implied(made.value);
    yield known === undefined
      ? { what: `is ${memberName(sampler, member, made.value)}`, pointer, given: made.value }
      : { what: known, pointer };
  }
}

/** Of several types, a value of each of the others. */
function* typeEdges(
  { sampler }: Search,
  schema: Schema,
  parts: readonly SchemaObject[],
  value: SampleValue,
  pointer: string,
): Generator<Change> {
  if (!parts.some((part) => part.type !== undefined)) return;
  for (const type of typesOf(parts)) {
    if (isOfType(value, type)) continue;
    if (type === "null") yield { what: "is null", pointer };
    else {
      const made = sampler.sample({ schema: { allOf: [schema, { type }] }, name: "", index: 0, level: deep, hints: [] });
      if (made.ok) yield { what: `is ${withArticle(type)}`, pointer, given: made.value };
    }
  }
}

function memberName({ model }: Sampler, member: Schema, value: SampleValue): string {
  const name = referenced(model, member)?.key ?? (typeof member === "object" ? member.title : undefined);
  // A title may be a sentence.
  if (name !== undefined && /^[\w .-]{1,60}$/.test(name)) return name;
  return withArticle(isList(value) ? "array" : typeof value);
}

/** A value that is one of few, or that is said with its name. */
function chosen(value: SampleValue, pointer: string): Change {
  const known = implied(value);
  return known === undefined ? { what: "is", pointer, given: value } : { what: known, pointer };
}

function implied(value: SampleValue): string | undefined {
  return value === null || typeof value === "boolean" ? `is ${String(value)}` : undefined;
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
