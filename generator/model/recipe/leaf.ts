import type { SchemaObject } from "../../openapi/shapes.ts";
import { formats as stringFormats, numberFormats } from "../../runtime/validation/formats.ts";
import type { Call } from "../recipe.ts";
import { constantsOf } from "../sample/parts.ts";
import { strings } from "../sample/scalars.ts";
import { momentKind } from "../sample/words/moments.ts";
import { isTimestamp } from "../sample/words/moments.ts";
import { wordsOf } from "../sample/words/names.ts";
import { seldomTrue } from "../sample/words/numbers.ts";
import { validate } from "../validate.ts";
import type { Side } from "./applying.ts";
import { rangeOf } from "./patterns.ts";

/** How a scalar may vary that meets all of the parts; `undefined` where it stays. */
export function leafCall(
  side: Side,
  parts: readonly SchemaObject[],
  value: string | number | boolean,
  name: string,
): Call | undefined {
  const constants = constantsOf(parts);
  if (constants !== undefined) {
    // Of a long list, the next ones; all of them of one kind, so that the type of the value stays.
    const start = constants.indexOf(value);
    const others = [...constants.slice(start + 1), ...constants.slice(0, Math.max(0, start))]
      .filter((one) => typeof one === typeof value && meets(side, parts, one))
      .slice(0, 4);
    return others.length === 0 ? undefined : { method: "oneOf", args: [value, ...others] };
  }
  if (typeof value === "boolean")
    return wordsOf(name).some((word) => seldomTrue.has(word)) || name === ""
      ? undefined
      : { method: "boolean", args: [name, value] };
  return typeof value === "number" ? numberCall(parts, value, name) : stringCall(side, parts, value, name);
}

function meets(side: Side, parts: readonly SchemaObject[], value: unknown): boolean {
  return parts.every((part) => {
    const { $ref: _reference, allOf: _all, anyOf: _any, oneOf: _one, not: _not, if: _if, ...own } = part;
    return validate(side.model, own, value, { direction: side.direction }).length === 0;
  });
}

function numberCall(parts: readonly SchemaObject[], value: number, name: string): Call | undefined {
  const step = parts.map((part) => part.multipleOf).find((one) => one !== undefined) ?? 1;
  const several = parts.filter((part) => part.multipleOf !== undefined && part.multipleOf !== step).length > 0;
  const formats = parts.flatMap((part) =>
    part.format !== undefined && Object.hasOwn(numberFormats, part.format) ? part.format : [],
  );
  if (several || !Number.isInteger(step) || Math.abs(value) > 2 ** 52 || Object.is(value, -0)) return undefined;
  const small = formats.some((format) => /^u?int(?:8|16)$/.test(format));
  const least = Math.max(...parts.flatMap((part) => [part.minimum ?? -Infinity, above(part.exclusiveMinimum, value, step)]));
  const most = Math.min(...parts.flatMap((part) => [part.maximum ?? Infinity, below(part.exclusiveMaximum, value, step)]));
  if (small && (!Number.isFinite(most) || !Number.isFinite(least))) return undefined;
  const seconds = Math.abs(value) > 1e11 ? 1000 : 1;
  const isMoment = parts.some((part) => part.format?.startsWith("unix-time") === true) || (value > 1e8 && isTimestamp(name));
  if (isMoment)
    return Number.isFinite(most) || step !== 1 ? undefined : { method: "unix", args: seconds === 1 ? [value] : [value, 1000] };
  const stepped = step === 1 ? [] : [step];
  if (Number.isFinite(most)) {
    const floor = Number.isFinite(least) ? least : value;
    return most - floor < step ? undefined : { method: "number", args: [value, floor, most, ...stepped] };
  }
  if (step === 1) return { method: "number", args: [value] };
  return { method: "number", args: [value, value, value + step * 1_000_000, step] };
}

/** The least of the numbers that steps lead to which is above a bound. */
function above(bound: number | undefined, value: number, step: number): number {
  return bound === undefined ? -Infinity : value - (Math.ceil((value - bound) / step) - 1) * step;
}

function below(bound: number | undefined, value: number, step: number): number {
  return bound === undefined ? Infinity : value + (Math.ceil((bound - value) / step) - 1) * step;
}

function stringCall(side: Side, parts: readonly SchemaObject[], value: string, name: string): Call | undefined {
  if (parts.some((part) => part.contentEncoding !== undefined || part.contentSchema !== undefined)) return undefined;
  const patterns = [...new Set(parts.flatMap((part) => part.pattern ?? []))];
  const formats = [...new Set(parts.flatMap((part) => part.format ?? []))];
  const checked = formats.filter((format) => Object.hasOwn(stringFormats, format));
  if (patterns.length > 0) return patterns.length > 1 || checked.length > 0 ? undefined : patternCall(patterns[0] ?? "", value);
  if (checked.length > 1) return undefined;
  const [format] = checked;
  const isDay = format === "date" || format === "date-time" || (format === undefined && momentKind(name) !== undefined);
  if (isDay) return isMovable(value) ? { method: "date", args: [value] } : undefined;
  if (format === "uuid") return { method: "id", args: [value, 24] };
  const room = Math.min(Infinity, ...parts.map((part) => part.maxLength ?? Infinity));
  const words = wordsOf(name);
  if (format === undefined) {
    const isId =
      /^(?:u?u?id|guid|sha|hash|key|token|secret|code)s?$/.test(words.at(-1) ?? "") || /\d{3}$|^[\da-f]{12,}$/i.test(value);
    if (isId && /[a-z\d]{3}$/i.test(value) && !value.includes(" ")) return { method: "id", args: [value] };
    // What a format means that nobody checks is not known.
    if (formats.length > 0) return undefined;
  } else if (!/^(?:idn-)?email$|^(?:uri|iri)$/.test(format)) return undefined;
  if (value === "" || value.length > 200 || !isCountable(value, format)) return undefined;
  const texts = format === undefined ? [value, ...others(side, parts, value, name)] : [value];
  // One of a few things is still one of them, and no `open-2`.
  if (format === undefined && kinds.has(words.at(-1) ?? ""))
    return texts.length === 1 ? undefined : { method: "oneOf", args: texts };
  const longest = Math.max(...texts.map((text) => text.length));
  return longest + 12 <= room ? { method: "text", args: texts } : undefined;
}

/** The last word of names whose values are of a list, whether or not the schema has it. */
const kinds: ReadonlySet<string> = new Set([
  ...["state", "status", "type", "kind", "mode", "role", "level", "category", "object", "event", "action", "visibility"],
  ...["country", "currency", "language", "lang", "locale", "timezone", "zone", "tz", "region", "unit", "gender", "protocol"],
]);

/** The next texts of a list of words by name, where the value is of that list. */
function others(side: Side, parts: readonly SchemaObject[], value: string, name: string): string[] {
  const bare = [{ type: "string" as const }];
  const first = (index: number): string | undefined => strings(bare, name, index).next().value ?? undefined;
  if (first(0) !== value) return [];
  const found: string[] = [];
  for (const index of [1, 2]) {
    const text = first(index);
    if (text === undefined || text === value || found.includes(text) || /[-\s\d]\d+$/.test(text) || !meets(side, parts, text))
      break;
    found.push(text);
  }
  return found;
}

/** Whether a number at the end, or before the `@`, leaves a text of its kind. */
function isCountable(value: string, format: string | undefined): boolean {
  if (format === undefined) return /^[\p{L}\d][^\n<>{}[\]=;|]*$/u.test(value);
  if (format.endsWith("email")) return /^[a-z\d.]{1,40}@[a-z\d.-]+$/i.test(value);
  return /^https?:\/\/[a-z\d.-]+(?::\d+)?(?:\/[\w\-./]*)?(?:\?[\w=&]*)?$/i.test(value);
}

/** Whether it begins with a date that has others after it, and is no leap second, which few days have. */
function isMovable(value: string): boolean {
  return (
    /^(?:19[7-9]\d|[2-8]\d{3})-\d\d-\d\d(?:$|T)/.test(value) &&
    !/:60/.test(value) &&
    !Number.isNaN(Date.parse(value.slice(0, 10)))
  );
}

function patternCall(pattern: string, value: string): Call | undefined {
  const range = rangeOf(pattern, value);
  if (range === undefined) return undefined;
  const { from, to } = range;
  return { method: "id", args: to < value.length ? [value, from, to] : from > 0 ? [value, from] : [value] };
}
