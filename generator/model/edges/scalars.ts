import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { typesOf } from "../sample/parts.ts";
import { deep, type Sampler } from "../sample/task.ts";
import type { Change } from "./change.ts";

/** Longer texts show nothing that these do not. */
const longest = 10_000;
/** Longer texts by a pattern are not looked for. */
const longestMade = 300;

/** The shortest text, the longest, the empty, and one that ASCII does not have. */
export function* textEdges(
  sampler: Sampler,
  schema: Schema,
  parts: readonly SchemaObject[],
  value: string,
  pointer: string,
): Generator<Change> {
  const least = Math.max(0, ...parts.map((part) => part.minLength ?? 0));
  const most = Math.min(...parts.map((part) => part.maxLength ?? Infinity));
  const bound = parts.some(
    ({ pattern, format, contentEncoding }) =>
      pattern !== undefined || contentEncoding !== undefined || (format !== undefined && format !== "password"),
  );
  const length = [...value].length;
  const made = (minLength: number, maxLength: number): string | undefined => {
    const sample = sampler.sample({
      schema: { allOf: [schema, { type: "string", minLength, maxLength }] },
      name: "",
      index: 0,
      level: deep,
      hints: [],
    });
    return sample.ok && typeof sample.value === "string" ? sample.value : undefined;
  };
  if (least === 0 && length > 0) yield { what: "is empty", pointer };
  if (least > 0 && least < length && least <= longest) {
    const given = bound ? (least > longestMade ? undefined : made(least, least)) : [...value].slice(0, least).join("");
    if (given !== undefined) yield { what: "is as short as it may be", pointer, given };
  }
  if (most > length && most <= longest) {
    const given = bound ? (most > longestMade ? undefined : made(most, most)) : most;
    if (given !== undefined) yield { what: "is as long as it may be", pointer, given };
  }
  if (!bound && least <= 8 && most >= 8) yield { what: "is beyond ASCII", pointer };
}

/** The least number and the greatest; where there is no bound, those on the other side of zero. */
export function* numberEdges(parts: readonly SchemaObject[], value: number, pointer: string): Generator<Change> {
  const whole =
    typesOf(parts).every((type) => type !== "number") || parts.some((part) => part.format?.startsWith("int") === true);
  const step = parts.map((part) => part.multipleOf).find((one) => one !== undefined) ?? (whole ? 1 : undefined);
  const int32 = parts.some((part) => part.format === "int32");
  const least = boundOf(
    parts.map((part) => [part.minimum ?? (int32 ? -(2 ** 31) : undefined), part.exclusiveMinimum]),
    1,
    step,
  );
  const most = boundOf(
    parts.map((part) => [part.maximum ?? (int32 ? 2 ** 31 - 1 : undefined), part.exclusiveMaximum]),
    -1,
    step,
  );
  if (least !== undefined && least !== value) yield { what: "is at its minimum", pointer, given: least };
  if (most !== undefined && most !== value && most !== least) yield { what: "is at its maximum", pointer, given: most };
  if (value !== 0 && least !== 0 && most !== 0) yield { what: "is zero", pointer };
  if (least === undefined) yield { what: "is negative", pointer };
  if (!whole && step === undefined && Number.isInteger(value)) yield { what: "is a fraction", pointer };
}

type Bound = number | undefined;

/** The number nearest to the bounds of one side; `inwards` is 1 from below, -1 from above. Beyond 2^53 JSON cannot tell it. */
function boundOf(bounds: readonly (readonly [inclusive: Bound, exclusive: Bound])[], inwards: 1 | -1, step: Bound): Bound {
  // Upside down, a maximum is a minimum.
  const inclusive = bounds.flatMap(([one]) => (one === undefined ? [] : [one * inwards]));
  const exclusive = bounds.flatMap(([, one]) => (one === undefined ? [] : [one * inwards]));
  const [at, beyond] = [Math.max(-Infinity, ...inclusive), Math.max(-Infinity, ...exclusive)];
  const nearest = Math.max(at, beyond);
  if (!Number.isFinite(nearest) || Math.abs(nearest) > Number.MAX_SAFE_INTEGER) return undefined;
  const open = beyond >= at;
  const found =
    step === undefined
      ? open
        ? nearest + Math.max(1e-6, Math.abs(nearest) * 1e-6)
        : nearest
      : (open ? Math.floor(tidy(nearest / step)) + 1 : Math.ceil(tidy(nearest / step))) * step;
  // Not -0, which JSON writes as 0.
  return tidy(found) * inwards + 0;
}

/** 3 * 0.1 without the dust of binary fractions. */
function tidy(number: number): number {
  return Number.isInteger(number) ? number : Number(number.toPrecision(12));
}
