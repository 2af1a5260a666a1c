import { isUnique } from "./equal.js";
import { below, report } from "./report.js";
import type { Path, Problem, Validator } from "./validator.js";

/** JSON Schema Validation, §6.4.2. */
export function minItems(
  value: unknown,
  limit: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!Array.isArray(value) || value.length >= limit) return true;
  return report(problems, path, "minItems", `must have at least ${limit} item${limit === 1 ? "" : "s"}`);
}

/** JSON Schema Validation, §6.4.1. */
export function maxItems(
  value: unknown,
  limit: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!Array.isArray(value) || value.length <= limit) return true;
  return report(problems, path, "maxItems", `must have at most ${limit} item${limit === 1 ? "" : "s"}`);
}

/** JSON Schema Validation, §6.4.3. */
export function uniqueItems(value: unknown, problems: Problem[] | null, path: Path | null): boolean {
  return (
    !Array.isArray(value) ||
    isUnique(value) ||
    report(problems, path, "uniqueItems", "must not have equal items")
  );
}

/** JSON Schema Core, §10.3.1.2: the items from an index on. */
export function items(
  value: unknown,
  start: number,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!Array.isArray(value)) return true;
  for (let index = start; index < value.length; index++) {
    if (!check(value[index], problems, below(problems, path, index, check, "items")) && problems === null)
      return false;
  }
  return true;
}

/** JSON Schema Core, §10.3.1.1: the item of a place, if there is one. */
export function item(
  value: unknown,
  index: number,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!Array.isArray(value) || index >= value.length) return true;
  return (
    check(value[index], problems, below(problems, path, index, check, "prefixItems")) || problems !== null
  );
}

/** JSON Schema Core, §10.3.1.3 and Validation, §6.4.4–5: so many items are of a kind. */
export function contains(
  value: unknown,
  check: Validator,
  least: number,
  most: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!Array.isArray(value)) return true;
  let count = 0;
  for (const member of value) if (check(member, null, null)) count++;
  if (count < least)
    return report(
      problems,
      path,
      least === 1 ? "contains" : "minContains",
      `must contain at least ${least} fitting item${least === 1 ? "" : "s"}`,
    );
  if (count > most)
    return report(
      problems,
      path,
      "maxContains",
      `must contain at most ${most} fitting item${most === 1 ? "" : "s"}`,
    );
  return true;
}

/** JSON Schema Core, §11.2: the items that no other keyword has looked at. */
export function unevaluatedItems(
  value: unknown,
  isEvaluated: (value: readonly unknown[], index: number) => boolean,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!Array.isArray(value)) return true;
  for (let index = 0; index < value.length; index++) {
    if (isEvaluated(value, index)) continue;
    if (
      !check(value[index], problems, below(problems, path, index, check, "unevaluatedItems")) &&
      problems === null
    )
      return false;
  }
  return true;
}
