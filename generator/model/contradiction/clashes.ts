/** What contradicts itself in the keywords of one value, whatever its members: types, constants, bounds. */
import { child, type Location } from "../../diagnostics/location.ts";
import type { Json, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import { validate } from "../validate.ts";
import { positionIn } from "../validate/equal.ts";
import { commonTypes, typesLeft, type Applied, type Schemas } from "./applied.ts";

/** Keywords that no value meets together: the fact, a way out, and the places that make it so. */
export interface Clash {
  readonly kind: "types" | "constants" | "bounds" | "forbidden" | "alike" | "alike by type";
  /** What no value can be, to follow "it". */
  readonly reason: string;
  readonly cure: string;
  readonly places: readonly { readonly at: Location; readonly message: string }[];
}

/** Schemas of which each excludes the types of the other. */
export function typeClash(all: readonly Applied<SchemaObject>[]): Clash | undefined {
  if (typesLeft(all).length > 0) return undefined;
  const typed = all.flatMap(({ schema, at }) => (schema.type === undefined ? [] : [{ types: [schema.type].flat(), at }]));
  for (const [index, one] of typed.entries()) {
    const other = typed.slice(index + 1).find(({ types }) => commonTypes(one.types, types).length === 0);
    if (other === undefined) continue;
    return {
      kind: "types",
      reason: `must be ${listOf(one.types)} by one schema and ${listOf(other.types)} by another`,
      cure: "join schemas in allOf only where one value can meet them all, or give both the same type",
      places: [placeOf(one.at, "type", listOf(one.types)), placeOf(other.at, "type", listOf(other.types))],
    };
  }
  // Three that agree in pairs and not together.
  return {
    kind: "types",
    reason: "has no type that all its schemas allow",
    cure: "give all of them one type in common",
    places: typed.map(({ types, at }) => placeOf(at, "type", listOf(types))),
  };
}

/** Constants that what stands beside them refuses, every one. Nothing where there are none. */
export function constantClash(model: Schemas, all: readonly Applied<SchemaObject>[]): Clash | "some are left" | undefined {
  const lists = all.flatMap(({ schema, at }) => [
    ...(schema.enum === undefined ? [] : [{ values: schema.enum, at: child(at, "enum") }]),
    ...(schema.const === undefined ? [] : [{ values: [schema.const], at: child(at, "const") }]),
  ]);
  const [shortest] = lists.toSorted((a, b) => a.values.length - b.values.length);
  if (shortest === undefined) return undefined;
  const refusals = shortest.values.map((value) => all.find(({ schema }) => refuses(model, schema, value)));
  if (refusals.includes(undefined)) return "some are left";
  const values = valuesOf(shortest.values);
  const refusing = all.find(({ schema }) => shortest.values.every((value) => refuses(model, schema, value))) ?? refusals[0];
  const demand = refusing === undefined ? undefined : demandOf(refusing, shortest.values);
  const where = refusing !== undefined && shortest.at.startsWith(`${refusing.at}/`) ? "the same" : "another";
  return {
    kind: "constants",
    reason: `must be ${values} by one schema${demand === undefined ? "" : ` and ${demand.text} by ${where}`}`,
    cure: "join schemas in allOf only where one value can meet them all, or make the constants fit",
    places: [
      { at: shortest.at, message: `it must be ${values} here` },
      ...(demand === undefined ? [] : [{ at: demand.at, message: `it must be ${demand.text} here` }]),
    ],
  };
}

function refuses(model: Schemas, schema: SchemaObject, value: Json): boolean {
  const { type, enum: values, const: constant, pattern, format, minLength, maxLength, minimum, maximum, not } = schema;
  const own = { type, enum: values, const: constant, pattern, format, minLength, maxLength, minimum, maximum, not };
  // What applies beside it is asked by itself, and what objects need depends on the side.
  const asked = Object.fromEntries(Object.entries(own).filter(([, one]) => one !== undefined));
  return validate(model, asked, value).length > 0;
}

/** What a schema that refuses constants asks for instead. */
function demandOf(
  { schema, at }: Applied<SchemaObject>,
  refused: readonly Json[],
): { readonly text: string; readonly at: Location } {
  const own = schema.const === undefined ? schema.enum : [schema.const];
  if (own !== undefined && refused.every((value) => positionIn(own, value) < 0))
    return { text: valuesOf(own), at: child(at, schema.const === undefined ? "enum" : "const") };
  if (schema.type !== undefined) return { text: listOf([schema.type].flat()), at: child(at, "type") };
  return { text: "something else", at };
}

/** Bounds of a type with nothing between them. */
export function boundClash(all: readonly Applied<SchemaObject>[], type: TypeName): Clash | undefined {
  for (const [least, most, what] of boundsByType[type] ?? []) {
    const lower = extreme(all, least, (a, b) => b - a);
    const upper = extreme(all, most, (a, b) => a - b);
    if (lower === undefined || upper === undefined || lower.value <= upper.value) continue;
    return {
      kind: "bounds",
      reason: `must have ${least} ${lower.value} and ${most} ${upper.value}, and no ${what} has both`,
      cure: `make ${least} no greater than ${most}`,
      places: [
        { at: child(lower.at, least), message: `${least} is ${lower.value} here` },
        { at: child(upper.at, most), message: `${most} is ${upper.value} here` },
      ],
    };
  }
  return undefined;
}

type Bound = "minimum" | "maximum" | "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties";
const ofNumbers: readonly (readonly [Bound, Bound, string])[] = [["minimum", "maximum", "number"]];
const boundsByType: Partial<Record<TypeName, readonly (readonly [Bound, Bound, string])[]>> = {
  string: [["minLength", "maxLength", "string"]],
  array: [["minItems", "maxItems", "array"]],
  object: [["minProperties", "maxProperties", "object"]],
  number: ofNumbers,
  integer: ofNumbers,
};

function extreme(
  all: readonly Applied<SchemaObject>[],
  keyword: Bound,
  order: (a: number, b: number) => number,
): { readonly value: number; readonly at: Location } | undefined {
  const found = all.flatMap(({ schema, at }) => (schema[keyword] === undefined ? [] : [{ value: schema[keyword], at }]));
  return found.toSorted((a, b) => order(a.value, b.value))[0];
}

function placeOf(at: Location, keyword: string, text: string): Clash["places"][number] {
  return { at: child(at, keyword), message: `it must be ${text} here` };
}

function listOf(types: readonly TypeName[]): string {
  const words = types.map((type) => (type === "null" ? "null" : `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`));
  return words.join(" or ");
}

function valuesOf(values: readonly Json[]): string {
  if (values.length === 0) return "one of no constants";
  const shown = values.slice(0, 3).map((value) => JSON.stringify(value).slice(0, 40));
  return `${shown.join(" or ")}${values.length > shown.length ? " or another constant" : ""}`;
}
