import type { Shape } from "../operation.js";
import { alternativesOf } from "./alternatives.js";
import { type Reading, readItems, readPairs, readRaw, readScalarOr, report } from "./reading.js";
import type { Spelling } from "./styles.js";

/** Which delimiters a text is split at, before its parts are unescaped, so that an escaped delimiter stays a part of a value. */
export interface Delimited {
  readonly delimiter: string | RegExp;
  readonly explode: boolean;
}

/** Reads one text that may hold a list or an object: `simple`, `form` without explode, and the like. */
export function decodeDelimited(
  raw: string,
  { delimiter, explode }: Delimited,
  shape: Shape,
  reading: Reading,
): unknown {
  const { scalars, array, object } = alternativesOf(shape);
  const parts = raw.split(delimiter);
  const pairs = object === undefined ? undefined : pairsOf(parts, explode);
  const structured =
    explode && object !== undefined && array === undefined ? pairs !== undefined : parts.length > 1;
  if (array === undefined && (object === undefined || (scalars.length > 0 && !structured)))
    return readRaw(raw, shape, reading);
  if (array !== undefined && scalars.length > 0 && !structured) {
    const read = (scalar: Shape, into: Reading): unknown => readRaw(raw, scalar, into);
    return readScalarOr(read, scalars, reading, () => readItems(parts, array, reading));
  }
  if (object !== undefined && pairs !== undefined && (array === undefined || explode))
    return readPairs(pairs, object, reading);
  if (array !== undefined) return readItems(parts, array, reading);
  return report(reading, "type", explode ? "must be name=value pairs" : "must be names and values in turn");
}

/** Reads a path parameter: the text that stands in the path, still percent-encoded. */
export function decodePathText(
  raw: string,
  name: string,
  { style, explode }: Spelling,
  shape: Shape,
  reading: Reading,
): unknown {
  if (style === "label") {
    if (!raw.startsWith(".")) return report(reading, "style", 'must start with "."');
    return decodeDelimited(raw.slice(1), { delimiter: explode ? "." : ",", explode }, shape, reading);
  }
  if (style === "matrix") {
    if (!raw.startsWith(";")) return report(reading, "style", 'must start with ";"');
    return decodeMatrix(raw.slice(1).split(";"), name, explode, shape, reading);
  }
  return decodeDelimited(raw, { delimiter: ",", explode }, shape, reading);
}

function decodeMatrix(
  parts: readonly string[],
  name: string,
  explode: boolean,
  shape: Shape,
  reading: Reading,
): unknown {
  const { array, object } = alternativesOf(shape);
  const pairs = parts.map((part) => splitPair(part));
  const named = pairs.filter(([key]) => reading.unescape(key) === name).map(([, value]) => value);
  const allNamed = named.length === pairs.length;
  const [only] = named;
  if (allNamed && named.length === 1 && only !== undefined) {
    if (!explode) return decodeDelimited(only, { delimiter: ",", explode }, shape, reading);
    return array !== undefined && alternativesOf(shape).scalars.length === 0
      ? readItems(named, array, reading)
      : readMatrixSingle(only, pairs, shape, reading);
  }
  if (explode && allNamed && array !== undefined) return readItems(named, array, reading);
  if (explode && object !== undefined) return readPairs(pairs, object, reading);
  return report(
    reading,
    "style",
    `must be ;${name}=value${explode && array !== undefined ? ", repeated" : ""}`,
  );
}

// An exploded object may have a single property with the name of its parameter.
function readMatrixSingle(
  only: string,
  pairs: readonly (readonly [string, string])[],
  shape: Shape,
  reading: Reading,
): unknown {
  const { scalars, object } = alternativesOf(shape);
  return scalars.length === 0 && object !== undefined
    ? readPairs(pairs, object, reading)
    : readRaw(only, shape, reading);
}

/** Splits at the first `=`; without one, the value is empty. */
export function splitPair(part: string): readonly [string, string] {
  const equals = part.indexOf("=");
  return equals === -1 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
}

function pairsOf(parts: readonly string[], explode: boolean): (readonly [string, string])[] | undefined {
  if (explode) return parts.every((part) => part.includes("=")) ? parts.map(splitPair) : undefined;
  if (parts.length % 2 === 1) return undefined;
  return parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ""] as const] : []));
}
