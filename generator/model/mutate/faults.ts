import type { Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import { formats } from "../../runtime/validation/formats.ts";
import type { ApiModel } from "../api-model.ts";
import { inPlace } from "../direction.ts";
import { constantsOf, typesOf } from "../sample/parts.ts";
import { propertySchema } from "../sample/objects.ts";
import type { SampleValue } from "../sample.ts";
import { validate } from "../validate.ts";
import { Bytes, isBytes, isOfType } from "../validate/scalar.ts";

type Schemas = Pick<ApiModel, "schemaByReference">;

/** One place of a value made wrong. */
export interface Fault {
  readonly pointer: string;
  readonly keyword: string;
  /** What is wrong, to follow the name of the place: `is missing`. */
  readonly what: string;
  /** The whole value with that place broken; made when it is asked for, since few of the faults of a large value are. */
  value(): SampleValue;
  /** What stands at the place now; absent when nothing does. */
  readonly replacement?: SampleValue;
}

/** Values that differ from a valid one in exactly one place, most of which the schema forbids; outer places come first. */
export function* faults(model: Schemas, schema: Schema, value: SampleValue, depth = 0): Generator<Fault> {
  const parts = partsMetBy(model, schema, value);
  if (parts.some(isBytes) || value instanceof Bytes || depth > 4) return;
  yield* own(parts, value);
  if (isList(value)) yield* ofItems(model, parts, value, depth);
  else if (isRecord(value)) yield* ofMembers(model, parts, value, depth);
}

/** The schemas that speak of this value: those in place, and the members of unions that it matches. */
function partsMetBy(model: Schemas, schema: Schema, value: SampleValue): SchemaObject[] {
  const parts = inPlace(model, schema);
  // The list grows while it is walked: a member may hold a union of its own.
  for (const part of parts) {
    for (const member of [...(part.oneOf ?? []), ...(part.anyOf ?? [])]) {
      if (validate(model, member, value).length === 0) inPlace(model, member, parts);
    }
  }
  return parts;
}

function* own(parts: readonly SchemaObject[], value: SampleValue): Generator<Fault> {
  const fault = (keyword: string, what: string, broken: SampleValue): Fault => ({
    pointer: "",
    keyword,
    what,
    value: () => broken,
    replacement: broken,
  });
  if (isRecord(value)) {
    for (const name of new Set(parts.flatMap((part) => part.required ?? []))) {
      if (Object.hasOwn(value, name))
        yield { pointer: pointerTo(name), keyword: "required", what: "is missing", value: () => without(value, name) };
    }
  }
  const constants = constantsOf(parts);
  if (constants !== undefined) {
    yield fault(
      "enum",
      "is none of the values allowed",
      constants.some((one) => typeof one === "number") ? 987654321 : "not-one-of-them",
    );
  }
  if (constants !== undefined || parts.some((part) => part.type !== undefined)) {
    const types = typesOf(parts);
    for (const wrong of wrongs)
      if (!types.some((type) => isOfType(wrong, type)))
        yield fault("type", `is not ${types.map(withArticle).join(" or ")}`, wrong);
  }
  for (const part of parts) {
    if (typeof value === "string") yield* ofString(part, value, fault);
    if (typeof value === "number") yield* ofNumber(part, fault);
    if (isList(value)) yield* ofList(part, value, fault);
    if (isRecord(value)) yield* ofObject(part, value, fault);
    if (isRecord(value) && (part.additionalProperties === false || part.unevaluatedProperties === false)) {
      yield {
        ...fault("additionalProperties", "is not declared", { ...value, unexpected: "unexpected" }),
        pointer: "/unexpected",
        replacement: "unexpected",
      };
    }
  }
}

type Make = (keyword: string, what: string, broken: SampleValue) => Fault;

function* ofString(part: SchemaObject, value: string, fault: Make): Generator<Fault> {
  const { minLength = 0, maxLength, pattern, format } = part;
  if (format !== undefined && Object.hasOwn(formats, format))
    yield fault("format", `is not a valid ${format}`, "not in this format");
  if (pattern !== undefined)
    for (const wrong of ["~ ~", "!", "0", "a", ""]) yield fault("pattern", "does not match its pattern", wrong);
  if (minLength > 0) yield fault("minLength", "is too short", [...value].slice(0, minLength - 1).join(""));
  if (maxLength !== undefined && maxLength <= 100_000) yield fault("maxLength", "is too long", "x".repeat(maxLength + 1));
}

function* ofNumber(part: SchemaObject, fault: Make): Generator<Fault> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = part;
  if (minimum !== undefined) yield fault("minimum", "is below its minimum", minimum - (multipleOf ?? 1));
  if (maximum !== undefined) yield fault("maximum", "is above its maximum", maximum + (multipleOf ?? 1));
  if (exclusiveMinimum !== undefined) yield fault("exclusiveMinimum", "is not above its minimum", exclusiveMinimum);
  if (exclusiveMaximum !== undefined) yield fault("exclusiveMaximum", "is not below its maximum", exclusiveMaximum);
  if (multipleOf !== undefined) yield fault("multipleOf", `is not a multiple of ${multipleOf}`, multipleOf * 1.5);
  if (format === "int32") yield fault("format", "is not a valid int32", 2 ** 31);
}

function* ofList(part: SchemaObject, value: readonly SampleValue[], fault: Make): Generator<Fault> {
  const { minItems = 0, maxItems, uniqueItems } = part;
  const [first] = value;
  if (minItems > 0) yield fault("minItems", "has too few items", value.slice(0, minItems - 1));
  if (uniqueItems === true && first !== undefined) yield fault("uniqueItems", "repeats an item", [...value, first]);
  if (maxItems !== undefined && maxItems < 200 && first !== undefined) {
    yield fault(
      "maxItems",
      "has too many items",
      Array.from({ length: maxItems + 1 }, (_, index) => value[index] ?? first),
    );
  }
}

function* ofObject(part: SchemaObject, value: Readonly<Record<string, SampleValue>>, fault: Make): Generator<Fault> {
  const { minProperties = 0, maxProperties, dependentRequired = {}, propertyNames, required = [] } = part;
  const names = Object.keys(value);
  const [first] = Object.values(value);
  if (minProperties > 0) {
    const kept = [...names.filter((name) => required.includes(name)), ...names.filter((name) => !required.includes(name))];
    const broken = kept.slice(0, minProperties - 1).map((name) => [name, value[name] ?? null] as const);
    yield fault("minProperties", "has too few properties", Object.fromEntries(broken));
  }
  if (maxProperties !== undefined && maxProperties < 100 && first !== undefined) {
    const more = Array.from({ length: maxProperties + 1 - names.length }, (_, index) => [`more-${index + 1}`, first] as const);
    yield fault("maxProperties", "has too many properties", Object.fromEntries([...Object.entries(value), ...more]));
  }
  for (const [name, needed] of Object.entries(dependentRequired))
    for (const other of Object.hasOwn(value, name) ? needed : [])
      if (Object.hasOwn(value, other) && !required.includes(other))
        yield {
          pointer: pointerTo(other),
          keyword: "dependentRequired",
          what: `is missing beside ${name}`,
          value: () => without(value, other),
        };
  if (propertyNames !== undefined)
    yield {
      ...fault("propertyNames", "is no name for a property", { ...value, "~ ~": first ?? null }),
      pointer: pointerTo("~ ~"),
      replacement: first ?? null,
    };
}

function* ofItems(
  model: Schemas,
  parts: readonly SchemaObject[],
  value: readonly SampleValue[],
  depth: number,
): Generator<Fault> {
  const [first] = value;
  const schemas = parts.flatMap<Schema>((part) => part.prefixItems?.[0] ?? part.items ?? []);
  if (first === undefined || schemas.length === 0) return;
  for (const fault of faults(model, schemas.length === 1 ? (schemas[0] ?? true) : { allOf: schemas }, first, depth + 1)) {
    yield { ...fault, pointer: `/0${fault.pointer}`, value: () => [fault.value(), ...value.slice(1)] };
  }
}

function* ofMembers(
  model: Schemas,
  parts: readonly SchemaObject[],
  value: Readonly<Record<string, SampleValue>>,
  depth: number,
): Generator<Fault> {
  for (const [name, member] of Object.entries(value)) {
    for (const fault of faults(model, propertySchema(parts, name), member, depth + 1)) {
      // Not by spread: a property named "__proto__" is data like any other.
      const broken = (): SampleValue =>
        Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === name ? fault.value() : one]));
      yield { ...fault, pointer: `${pointerTo(name)}${fault.pointer}`, value: broken };
    }
  }
}

// Not by spread: a property named "__proto__" is data like any other.
function without(value: Readonly<Record<string, SampleValue>>, name: string): SampleValue {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

// A text for what is not text, a number for what is; the rest for schemas that take both.
const wrongs: readonly SampleValue[] = ["not of this type", 12345, true, { unexpected: true }, ["unexpected"]];

function withArticle(type: TypeName): string {
  return type === "null" ? "null" : /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function pointerTo(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

// `Array.isArray` does not narrow readonly arrays.
function isList(value: SampleValue): value is readonly SampleValue[] {
  return Array.isArray(value);
}

function isRecord(value: SampleValue): value is { readonly [key: string]: SampleValue } {
  return typeof value === "object" && value !== null && !isList(value) && !(value instanceof Bytes);
}
