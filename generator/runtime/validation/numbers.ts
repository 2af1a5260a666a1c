import { numberFormats } from "./formats.js";
import { report } from "./report.js";
import type { Path, Problem } from "./validator.js";

/** JSON Schema Validation, §6.2.4. */
export function minimum(
  value: unknown,
  limit: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return (
    typeof value !== "number" ||
    value >= limit ||
    report(problems, path, "minimum", `must be ${limit} or more`)
  );
}

/** JSON Schema Validation, §6.2.2. */
export function maximum(
  value: unknown,
  limit: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return (
    typeof value !== "number" ||
    value <= limit ||
    report(problems, path, "maximum", `must be ${limit} or less`)
  );
}

/** JSON Schema Validation, §6.2.5. */
export function exclusiveMinimum(
  value: unknown,
  limit: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return (
    typeof value !== "number" ||
    value > limit ||
    report(problems, path, "exclusiveMinimum", `must be more than ${limit}`)
  );
}

/** JSON Schema Validation, §6.2.3. */
export function exclusiveMaximum(
  value: unknown,
  limit: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return (
    typeof value !== "number" ||
    value < limit ||
    report(problems, path, "exclusiveMaximum", `must be less than ${limit}`)
  );
}

/** JSON Schema Validation, §6.2.1. */
export function multipleOf(
  value: unknown,
  divisor: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (typeof value !== "number" || isMultipleOf(value, divisor)) return true;
  return report(problems, path, "multipleOf", `must be a multiple of ${divisor}`);
}

/** A number of one of our `numberFormats`, such as `int32`. */
export function numberFormat(
  value: unknown,
  name: string,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (typeof value !== "number" || numberFormats[name]?.(value) !== false) return true;
  return report(problems, path, "format", `must be a valid ${name}`);
}

/** Whether one number is a whole multiple of another, in decimals: 0.3 is one of 0.1, though 0.3 / 0.1 is not whole. */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (!Number.isFinite(value) || divisor === 0) return false;
  if (Number.isInteger(divisor)) return value % divisor === 0;
  const [left, right] = [decimalOf(value), decimalOf(divisor)];
  const exponent = Math.min(left.exponent, right.exponent);
  const scaled = (number: typeof left): bigint => number.digits * 10n ** BigInt(number.exponent - exponent);
  return scaled(left) % scaled(right) === 0n;
}

// The shortest decimal that reads back as the same double: what was written in the document or the body.
function decimalOf(value: number): { readonly digits: bigint; readonly exponent: number } {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
