import type { Json, SchemaObject } from "../../openapi/shapes.ts";
import { textsMatching } from "./regex.ts";
import { textsByFormat } from "./words/formats.ts";
import { madeOfFormat, madeOfName } from "./words/made.ts";
import { isTimestamp, momentOf } from "./words/moments.ts";
import { byWord, hashOf, plainTexts, wordsOf } from "./words/names.ts";
import { integersByWord, numbersByFirstWord, numbersByWord, seldomTrue } from "./words/numbers.ts";
import { termsByWord } from "./words/terms.ts";
import { textsByWord } from "./words/texts.ts";

/** A sample of more than a few megabytes helps nobody, and the engine has strings of half a gigabyte at most. */
const longest = 2 ** 22;

/** Strings for all of the parts at once, the most plausible first; most of them valid. */
export function* strings(parts: readonly SchemaObject[], name: string, index: number): Generator<string> {
  const least = Math.max(0, ...parts.map((part) => part.minLength ?? 0));
  const most = Math.min(Infinity, ...parts.map((part) => part.maxLength ?? Infinity));
  if (least > longest) return;
  const patterns = parts.flatMap((part) => part.pattern ?? []);
  const formats = parts.flatMap((part) => part.format ?? (part.contentEncoding === "base64" ? "byte" : []));
  const fitting = patterns.map((pattern) => [...textsMatching(pattern, index, { least, most })]);
  // What matches all patterns is likely among what matches one.
  for (const format of formats) {
    const made = madeOfFormat(format, name, index);
    if (made !== undefined) yield made;
    yield* rotated(Object.hasOwn(textsByFormat, format) ? (textsByFormat[format] ?? []) : [], index);
  }
  const made = madeOfName(name, index);
  // A date is no date any more when it is cut.
  if (made !== undefined && made.length >= least && made.length <= most) yield made;
  const words = byWord(textsByWord, name) ?? byWord(termsByWord, name) ?? rotated(plainTexts, hashOf(name) % plainTexts.length);
  if (patterns.length > 0) yield* rotated(words, index);
  for (const texts of fitting) yield* texts;
  for (const text of index < words.length ? rotated(words, index) : []) yield fit(text, least, most);
  yield fit(numbered(words[index % words.length] ?? "text", index + 1), least, most);
  // Distinct texts even where only a few characters fit.
  yield fit(index.toString(36), least, most);
  yield fit(String.fromCodePoint(97 + (index % 26)).repeat(Math.max(1, least)), least, most);
}

/** Numbers for all of the parts at once, the most plausible first. */
export function* numbers(parts: readonly SchemaObject[], name: string, index: number, whole: boolean): Generator<number> {
  const bounds = boundsOf(parts, whole);
  const step = parts.map((part) => part.multipleOf).find((of) => of !== undefined);
  const moment = parts.some((part) => part.format?.startsWith("unix-time") === true) || (whole && isTimestamp(name));
  if (moment) yield Math.floor(momentOf(name, index) / (isInMilliseconds(parts, name) ? 1 : 1000));
  const wished = wishedNumbers(name, whole);
  const places = rotated(wished, index);
  // Beyond the list, numbers go on from it, and round within their bounds, so that further samples are other numbers.
  const further =
    index < wished.length
      ? []
      : [
          (wished[0] ?? 1) + index,
          bounds.least + (index % (Math.floor((bounds.most - bounds.least) / (step ?? 1)) + 1)) * (step ?? 1),
        ];
  for (const number of [...further, ...places]) {
    if (number <= bounds.most || index < wished.length) yield* snapped(whole ? Math.round(number) : number, bounds, step, whole);
  }
  yield* snapped(bounds.least + index * (step ?? 1), bounds, step, whole);
  yield* snapped(bounds.most - index * (step ?? 1), bounds, step, whole);
  // Between two bounds that are no further apart than a whole number.
  yield (bounds.least + bounds.most) / 2;
  yield bounds.least + (bounds.most - bounds.least) / (index + 3);
  for (const of of parts.flatMap((part) => part.multipleOf ?? [])) yield* [of * (index + 1), -of * (index + 1), 0];
  // Several steps at once: their product is a multiple of each.
  yield parts.reduce((product, part) => product * (part.multipleOf ?? 1), 1) * (index + 1);
}

/** Whether it is the case: first what is likelier by the name. */
export function booleans(name: string, index: number): readonly boolean[] {
  const likely = !wordsOf(name).some((word) => seldomTrue.has(word));
  return index % 2 === 0 ? [likely, !likely] : [!likely, likely];
}

function wishedNumbers(name: string, whole: boolean): readonly number[] {
  const words = wordsOf(name);
  const [first = ""] = words;
  if (words.length > 1 && /^ids?$/.test(words.at(-1) ?? "")) {
    const start = 1001 + (hashOf(words.join("_")) % 8000);
    return [start, start + 1, start + 2];
  }
  if (whole && first === "amount") return integersByWord["amount"] ?? [];
  return (
    (whole ? byWord(integersByWord, name) : undefined) ??
    byWord(numbersByWord, name) ??
    (Object.hasOwn(numbersByFirstWord, first) ? numbersByFirstWord[first] : undefined) ?? [1, 2, 3]
  );
}

function isInMilliseconds(parts: readonly SchemaObject[], name: string): boolean {
  const last = wordsOf(name).at(-1) ?? "";
  return last === "ms" || last === "millis" || parts.some((part) => part.format === "unix-time-ms" || (part.minimum ?? 0) > 1e11);
}

/** The values in another order: those from `by` on first. */
export function rotated<T>(values: readonly T[], by: number): readonly T[] {
  const start = values.length === 0 ? 0 : by % values.length;
  return start === 0 ? values : [...values.slice(start), ...values.slice(0, start)];
}

/** Whether a JSON value is an object. */
export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Another text of the same kind. */
function numbered(text: string, number: number): string {
  const sentence = /^(.* .*?)([.?!]|<\/p>)$/.exec(text);
  if (sentence !== null) return `${sentence[1] ?? ""} ${number}${sentence[2] ?? ""}`;
  if (text.includes("@")) return text.replace("@", `${number}@`);
  if (/^\d{3,15}$/.test(text)) return String(Number(text) + number).padStart(text.length, "0");
  return `${text}${text.includes(" ") ? " " : "-"}${number}`;
}

function fit(text: string, least: number, most: number): string {
  const characters = [...text];
  if (characters.length > most) return characters.slice(0, most).join("").trimEnd().padEnd(least, "x");
  return characters.length >= least
    ? text
    : `${text}${" more text".repeat(Math.ceil(least / 10) + 1)}`.slice(0, least).trimEnd().padEnd(least, "x");
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

function boundsOf(parts: readonly SchemaObject[], whole: boolean): Bounds {
  const small = whole ? 1 : 0;
  const least = Math.max(
    -Infinity,
    ...parts.flatMap((part) => [part.minimum ?? -Infinity, (part.exclusiveMinimum ?? -Infinity) + small]),
  );
  const most = Math.min(
    Infinity,
    ...parts.flatMap((part) => [part.maximum ?? Infinity, (part.exclusiveMaximum ?? Infinity) - small]),
  );
  return {
    least: Number.isFinite(least) ? least : Math.min(0, most - 100),
    most: Number.isFinite(most) ? most : Math.max(1e6, least + 100),
  };
}

/** The number within the bounds and on a step, from both sides. */
function* snapped(number: number, { least, most }: Bounds, step: number | undefined, whole: boolean): Generator<number> {
  const inside = Math.min(most, Math.max(least, number));
  const near = whole ? [Math.ceil(inside), Math.floor(inside)] : [inside];
  for (const one of near) {
    if (step === undefined) yield one;
    else for (const times of [Math.round(one / step), Math.ceil(one / step), Math.floor(one / step)]) yield tidy(times * step);
  }
}

/** 3 * 0.1 without the dust of binary fractions. */
function tidy(number: number): number {
  return Number(number.toPrecision(12));
}
