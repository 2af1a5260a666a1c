import { formats } from "./formats.js";
import { report } from "./report.js";
import type { Matcher, Path, Problem } from "./validator.js";

/** JSON Schema Validation, §6.3.2: at least so many characters (code points, not UTF-16 units). */
export function minLength(
  value: unknown,
  limit: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (typeof value !== "string" || value.length >= limit * 2 || codePoints(value) >= limit) return true;
  return report(
    problems,
    path,
    "minLength",
    `must have at least ${limit} character${limit === 1 ? "" : "s"}`,
  );
}

/** JSON Schema Validation, §6.3.1: at most so many characters. */
export function maxLength(
  value: unknown,
  limit: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (typeof value !== "string" || value.length <= limit || codePoints(value) <= limit) return true;
  return report(problems, path, "maxLength", `must have at most ${limit} character${limit === 1 ? "" : "s"}`);
}

/** JSON Schema Validation, §6.3.3: the pattern matches somewhere. */
export function pattern(
  value: unknown,
  expression: Matcher,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (typeof value !== "string" || expression.test(value)) return true;
  return report(problems, path, "pattern", `must match ${String(expression)}`);
}

/** JSON Schema Validation, §7: a string of one of our `formats`. */
export function format(value: unknown, name: string, problems: Problem[] | null, path: Path | null): boolean {
  if (typeof value !== "string" || formats[name]?.(value) !== false) return true;
  return report(problems, path, "format", `must be a valid ${name}`);
}

// A lone surrogate counts as one, as it does when a string is iterated; nothing is allocated.
function codePoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index++) {
    if (
      isBetween(text.charCodeAt(index), 0xdc00, 0xdfff) &&
      isBetween(text.charCodeAt(index - 1), 0xd800, 0xdbff)
    )
      count--;
  }
  return count;
}

function isBetween(unit: number, low: number, high: number): boolean {
  return unit >= low && unit <= high;
}
