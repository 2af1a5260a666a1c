import type { SchemaObject, TypeName } from "../../openapi/shapes.ts";
import { fromWire } from "../../runtime/formats/apply.ts";
import { formats, numberFormats } from "../../runtime/validation/formats.ts";
import type { Problem } from "../../runtime/validation/validator.ts";
import type { WireProblem } from "../../runtime/wire/errors.ts";
import { choiceOf, codecNamed } from "../formats.ts";
import { equal, positionIn } from "./equal.ts";
import { isMultiple } from "./multiple.ts";
import { matches, tooSlow, undecided } from "./pattern.ts";
import { isObject, problem, type Place, type Run } from "./run.ts";

/** `type`, `enum`, `const` and all that bears on strings and numbers. */
export function checkScalar(run: Run, schema: SchemaObject, value: unknown, place: Place): Problem[] {
  const problems = isBytes(schema) ? checkBytes(value, place) : checkType(schema, value, place);
  if (schema.enum !== undefined && positionIn(schema.enum, value) === -1) {
    problems.push(problem(place, "enum", `must be one of ${listed(schema.enum)}`));
  }
  if (schema.const !== undefined && !equal(schema.const, value)) {
    problems.push(problem(place, "const", `must be ${brief(schema.const)}`));
  }
  if (typeof value === "string") checkString(run, schema, value, place, problems);
  if (typeof value === "number") checkNumber(run, schema, value, place, problems);
  if (run.formats && problems.length === 0) problems.push(...checkChoice(run, schema, value, place));
  return problems;
}

/** The type that was chosen for a format may hold less than the format: a Date has no leap second. */
function checkChoice(run: Run, schema: SchemaObject, value: unknown, place: Place): readonly Problem[] {
  const choice = choiceOf(run.model, schema);
  if (choice === undefined) return none;
  const problems: WireProblem[] = [];
  fromWire(codecNamed(choice.codec), value, { in: "body" }, problems);
  return problems.map(({ message }) => problem(place, "format", message));
}

const none: readonly Problem[] = [];

/** Whether a value is of one of the types that a schema names. */
export function isOfTypes(value: unknown, types: SchemaObject["type"]): boolean {
  if (types === undefined || typeof types === "string") return types === undefined || isOfType(value, types);
  return types.some((type) => isOfType(value, type));
}

/** Whether a value is of a JSON Schema type; `1.0` is an integer. */
export function isOfType(value: unknown, type: TypeName): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

/** Whether a schema says of which types a scalar is, and nothing more that a value could break. */
export function isBareScalar(schema: SchemaObject): boolean {
  const known = bare.get(schema);
  if (known !== undefined) return known;
  const found = saysTypesAlone(schema);
  bare.set(schema, found);
  return found;
}

const bare = new WeakMap<SchemaObject, boolean>();

function saysTypesAlone(schema: SchemaObject): boolean {
  const { type } = schema;
  if (type === undefined || !(typeof type === "string" ? scalars.has(type) : type.every((one) => scalars.has(one)))) return false;
  for (const keyword in schema) if (!annotations.has(keyword) && !keyword.startsWith("x-")) return false;
  return true;
}

const scalars = new Set<TypeName>(["string", "number", "integer", "boolean", "null"]);
const annotations = new Set(["type", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"]);

/** Whether the value of this schema is bytes: the model leaves `format: binary` only in multipart and binary bodies. */
export function isBytes(schema: SchemaObject): boolean {
  return schema.format === "binary" && (schema.type === undefined || [schema.type].flat().includes("string"));
}

/** Stands for a Blob where none can be made yet: in samples, which are data until they are written as code. */
export class Bytes {
  readonly text: string;
  readonly type: string;

  constructor(text: string, type: string) {
    this.text = text;
    this.type = type;
  }
}

function checkBytes(value: unknown, place: Place): Problem[] {
  return value instanceof Blob || value instanceof Bytes ? [] : [problem(place, "format", "must be a Blob")];
}

function checkType(schema: SchemaObject, value: unknown, place: Place): Problem[] {
  if (schema.type === undefined) return [];
  if (isOfTypes(value, schema.type)) return [];
  return [problem(place, "type", `must be ${[schema.type].flat().join(" or ")}`)];
}

function checkString(run: Run, schema: SchemaObject, value: string, place: Place, problems: Problem[]): void {
  const { minLength, maxLength, pattern, format } = schema;
  if (minLength !== undefined || maxLength !== undefined) {
    const length = [...value].length;
    if (minLength !== undefined && length < minLength)
      problems.push(problem(place, "minLength", `must have at least ${minLength} characters`));
    if (maxLength !== undefined && length > maxLength)
      problems.push(problem(place, "maxLength", `must have at most ${maxLength} characters`));
  }
  const matching = pattern === undefined ? undefined : matches(pattern, value);
  if (matching === false) problems.push(problem(place, "pattern", `must match ${pattern}`));
  if (matching === tooSlow) problems.push(problem(place, "pattern", `${undecided} ${pattern}`));
  if (run.formats && format !== undefined && !hasFormat(value, format))
    problems.push(problem(place, "format", `must be a valid ${format}`));
}

/** Whether a text has a format, or one that nobody knows. */
function hasFormat(value: string, format: string): boolean {
  const test = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (test === undefined) return true;
  const known = verdicts.get(format) ?? new Map<string, boolean>();
  verdicts.set(format, known);
  const verdict = known.get(value) ?? test(value);
  if (known.size < 10_000 && value.length < 200) known.set(value, verdict);
  return verdict;
}

// The texts of examples stand in many values, and in each change of one of these they are looked at again.
const verdicts = new Map<string, Map<string, boolean>>();

function checkNumber(run: Run, schema: SchemaObject, value: number, place: Place, problems: Problem[]): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  if (minimum !== undefined && value < minimum) problems.push(problem(place, "minimum", `must be at least ${minimum}`));
  if (maximum !== undefined && value > maximum) problems.push(problem(place, "maximum", `must be at most ${maximum}`));
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    problems.push(problem(place, "exclusiveMinimum", `must be greater than ${exclusiveMinimum}`));
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    problems.push(problem(place, "exclusiveMaximum", `must be less than ${exclusiveMaximum}`));
  if (multipleOf !== undefined && !isMultiple(value, multipleOf))
    problems.push(problem(place, "multipleOf", `must be a multiple of ${multipleOf}`));
  if (run.formats && format !== undefined && Object.hasOwn(numberFormats, format) && numberFormats[format]?.(value) === false)
    problems.push(problem(place, "format", `must be a valid ${format}`));
}

function listed(values: readonly unknown[]): string {
  const texts = values.slice(0, most).map(brief);
  return values.length > most ? `${texts.join(", ")}, … (${values.length} in all)` : texts.join(", ");
}

/** More constants than this are not read out. */
const most = 100;

function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
