import type { Shape } from "../operation.js";
import {
  alternativesOf,
  type ArrayShape,
  itemShape,
  type ObjectShape,
  propertyShape,
  type Scalar,
} from "./alternatives.js";
import type { Place, WireProblem } from "./errors.js";

/** One value being read: where it came from, how its parts are decoded, and what is wrong with it so far. */
export interface Reading {
  readonly place: Place;
  /** JSON Pointer to the value in its place. */
  readonly pointer: string;
  /** Undoes the escaping of the place; `undefined` when a part is malformed. */
  readonly unescape: (raw: string) => string | undefined;
  readonly problems: WireProblem[];
}

/** Notes a problem; the value that is returned in its stead is `undefined`. */
export function report(reading: Reading, keyword: string, message: string): undefined {
  reading.problems.push({ ...reading.place, pointer: reading.pointer, keyword, message });
}

/** The reading of a member. */
export function inside(reading: Reading, key: string | number): Reading {
  return {
    ...reading,
    pointer: `${reading.pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`,
  };
}

/** Undoes the escaping of a part, or reports it. */
export function unescaped(raw: string, reading: Reading): string | undefined {
  return reading.unescape(raw) ?? report(reading, "encoding", "must be percent-encoded UTF-8");
}

/** Reads a part that is still escaped. */
export function readRaw(raw: string, shape: Shape, reading: Reading): unknown {
  const text = unescaped(raw, reading);
  return text === undefined ? undefined : readText(text, shape, reading);
}

/**
 * Reads a text by its shape. The grammar is strict, since a lenient one hides mistakes: `0x10`, `1 ` and an empty text are no
 * numbers. A list or an object here is nested in another, and travels as JSON.
 */
export function readText(text: string, shape: Shape, reading: Reading): unknown {
  const { scalars, array, object } = alternativesOf(shape);
  for (const scalar of scalars) {
    const value = readScalar(text, scalar);
    if (value !== undefined) return value;
  }
  if (array !== undefined || object !== undefined) {
    const value = parseJson(text);
    if (array !== undefined && Array.isArray(value)) return value;
    if (object !== undefined && typeof value === "object" && value !== null && !Array.isArray(value))
      return value;
  }
  return report(
    reading,
    "type",
    `must be ${[...scalars, ...(array ? ["array"] : []), ...(object ? ["object"] : [])].join(" or ")}`,
  );
}

/** Reads what may be a scalar or a list of one: as a scalar when it is one, and else as `otherwise` does. */
export function readScalarOr(
  read: (shape: Shape, reading: Reading) => unknown,
  scalars: readonly Scalar[],
  reading: Reading,
  otherwise: () => unknown,
): unknown {
  const trial: Reading = { ...reading, problems: [] };
  const value = read({ union: scalars }, trial);
  return trial.problems.length === 0 ? value : otherwise();
}

/** Reads the items of a list. */
export function readItems(raws: readonly string[], shape: ArrayShape, reading: Reading): unknown[] {
  return raws.map((raw, index) => readRaw(raw, itemShape(shape, index), inside(reading, index)));
}

/**
 * Reads the members of an object. A name that the shape does not know is kept as text, for the validator to judge.
 * `unescapeName` is for names that are not escaped as the values are.
 */
export function readPairs(
  pairs: readonly (readonly [string, string])[],
  shape: ObjectShape,
  reading: Reading,
  unescapeName: Reading["unescape"] = reading.unescape,
): object {
  const members = new Map<string, unknown>();
  for (const [rawName, rawValue] of pairs) {
    const name = unescaped(rawName, { ...reading, unescape: unescapeName });
    if (name === undefined) continue;
    if (members.has(name)) report(inside(reading, name), "duplicate", "must be given once");
    members.set(name, readRaw(rawValue, propertyShape(shape, name) ?? "any", inside(reading, name)));
  }
  // Not by assignment, which would let a member named "__proto__" set the prototype.
  return Object.fromEntries(members);
}

/** Reads a JSON document, or reports that it is none. */
export function readJson(text: string, reading: Reading, parse?: (text: string) => unknown): unknown {
  const value = parseJson(text, parse);
  return value === undefined ? report(reading, "contentMediaType", "must be a JSON document") : value;
}

function parseJson(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

const integer = /^-?(?:0|[1-9]\d*)$/;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Reads a text as a scalar of one kind; `undefined` when it is none. */
export function readScalar(text: string, scalar: Scalar): unknown {
  switch (scalar) {
    case "null":
      return text === "null" ? null : undefined;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "int64":
      return integer.test(text) ? wholeInteger(text) : undefined;
    case "integer":
      return integer.test(text) ? exactInteger(text) : undefined;
    case "number":
      return number.test(text) && Number.isFinite(Number(text)) ? Number(text) + 0 : undefined;
    case "string":
    case "any":
      return text;
  }
}

// A double cannot hold every integer of 64 bits: one that would be changed is refused, since it may name another record.
function exactInteger(text: string): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) || (Number.isFinite(value) && BigInt(text) === BigInt(value))
    ? value + 0
    : undefined;
}

// Longer ones are of no format, and a text of a million digits would take its time.
function wholeInteger(text: string): number | bigint | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value + 0 : text.length > 20 ? undefined : BigInt(text);
}
