import type { ParameterDescriptor, Shape } from "../operation.js";
import { alternativesOf } from "./alternatives.js";
import { bracketKeys, decodeDeep } from "./decode-deep.js";
import { decodeDelimited } from "./decode-styled.js";
import { isJson } from "./encode-urlencoded.js";
import {
  readJson,
  readItems,
  readPairs,
  readRaw,
  readScalarOr,
  type Reading,
  report,
  unescaped,
} from "./reading.js";
import { spellingOf } from "./styles.js";

/** One `name=value` of a query, a form or a cookie header. */
export interface Entry {
  /** Unescaped. */
  readonly name: string;
  /** Still escaped. */
  readonly raw: string;
}

/** What is read of a value that is not there. */
export const absent: unique symbol = Symbol("absent");

/**
 * Reads one parameter from all the entries. `claimed` are the names that other parameters own: an exploded object takes what is
 * left. Returns `absent` when no entry belongs to it.
 */
export function decodeEntry(
  parameter: ParameterDescriptor,
  shape: Shape,
  entries: readonly Entry[],
  claimed: ReadonlySet<string>,
  reading: Reading,
): unknown {
  const raws = entries.filter((entry) => entry.name === parameter.name).map((entry) => entry.raw);
  if (parameter.mediaType !== undefined)
    return raws.length === 0 ? absent : decodeDocument(raws, parameter.mediaType, shape, reading);

  const { style, explode } = spellingOf(parameter);
  if (style === "deepObject") {
    const deep = deepEntries(parameter.name, entries, reading);
    return deep.length === 0 ? absent : decodeDeep(deep, shape, reading);
  }
  const { scalars, object } = alternativesOf(shape);
  if (explode && object !== undefined && raws.length === 0) {
    const members = entries.filter(
      (entry) =>
        Object.hasOwn(object.object, entry.name) || (object.rest !== undefined && !claimed.has(entry.name)),
    );
    return members.length === 0
      ? absent
      : readPairs(
          members.map(({ name, raw }) => [name, raw] as const),
          object,
          reading,
          (name) => name,
        );
  }
  const [only] = raws;
  if (only === undefined) return absent;
  if (only === "" && raws.length === 1 && parameter.allowEmptyValue === true && !scalars.includes("string"))
    return absent;
  if (explode) return decodeRepeated(raws, shape, reading);
  if (raws.length > 1) return report(reading, "duplicate", "must be given once");
  return decodeDelimited(only, { delimiter: delimiterPattern(style, shape), explode }, shape, reading);
}

function decodeRepeated(raws: readonly string[], shape: Shape, reading: Reading): unknown {
  const { scalars, array } = alternativesOf(shape);
  const [only] = raws;
  const single = raws.length === 1 && only !== undefined ? only : undefined;
  if (array === undefined) {
    if (single !== undefined) return readRaw(single, shape, reading);
    return scalars.includes("any")
      ? readItems(raws, { array: "any" }, reading)
      : report(reading, "duplicate", "must be given once");
  }
  const list = (): unknown => readItems(raws, array, reading);
  if (single === undefined || scalars.length === 0) return list();
  return readScalarOr((scalar, into) => readRaw(single, scalar, into), scalars, reading, list);
}

function decodeDocument(raws: readonly string[], mediaType: string, shape: Shape, reading: Reading): unknown {
  const [only] = raws;
  if (only === undefined || raws.length > 1) return report(reading, "duplicate", "must be given once");
  const text = unescaped(only, reading);
  if (text === undefined) return undefined;
  return isJson(mediaType) ? readJson(text, reading) : readRaw(only, shape, reading);
}

function deepEntries(
  name: string,
  entries: readonly Entry[],
  reading: Reading,
): { keys: readonly string[]; text: string }[] {
  return entries.flatMap((entry) => {
    const keys =
      entry.name === name
        ? []
        : entry.name.startsWith(`${name}[`)
          ? bracketKeys(entry.name.slice(name.length))
          : undefined;
    if (keys === undefined) return [];
    const text = unescaped(entry.raw, reading);
    return text === undefined ? [] : [{ keys, text }];
  });
}

// The space and the bar are written as they are by some clients, `+` for the space by others; and many encode the comma, which is
// then read as one where no item could hold it.
function delimiterPattern(style: string, shape: Shape): string | RegExp {
  if (style === "spaceDelimited") return /%20|\+| /;
  if (style === "pipeDelimited") return /%7C|\|/i;
  const { array, object } = alternativesOf(shape);
  const items = array === undefined ? [] : [array.array, ...(array.prefix ?? [])];
  return object === undefined && items.length > 0 && items.every(hasNoComma) ? /,|%2C/i : ",";
}

function hasNoComma(item: Shape): boolean {
  const { scalars, array, object } = alternativesOf(item);
  return (
    array === undefined && object === undefined && !scalars.includes("string") && !scalars.includes("any")
  );
}
