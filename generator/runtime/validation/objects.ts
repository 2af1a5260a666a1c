import { isObject, own } from "./equal.js";
import { below, escaped, report, under } from "./report.js";
import type { Matcher, Path, Problem, Validator } from "./validator.js";

// A member that is `undefined` counts as absent everywhere: JSON.stringify leaves it out. Only own members count, so that
// a document may call its properties `constructor` or `__proto__`.

/** JSON Schema Validation, §6.5.3. */
export function required(
  value: unknown,
  key: string,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!isObject(value) || own(value, key) !== undefined) return true;
  return report(problems, path, "required", `must have property ${JSON.stringify(key)}`);
}

/** JSON Schema Core, §10.3.2.1: one property, if it is there. */
export function property(
  value: unknown,
  key: string,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  const member = isObject(value) ? own(value, key) : undefined;
  return (
    member === undefined ||
    check(member, problems, below(problems, path, key, check, "properties")) ||
    problems !== null
  );
}

/** JSON Schema Core, §10.3.2.2: the properties whose names match. */
export function patternProperties(
  value: unknown,
  names: Matcher,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  const by = problems === null ? "" : `patternProperties/${escaped(sourceOf(names))}`;
  return members(value, (key) => !names.test(key), check, problems, path, by);
}

/** JSON Schema Core, §10.3.2.3: the properties that are neither declared nor matched. */
export function additionalProperties(
  value: unknown,
  isDeclared: (key: string) => boolean,
  check: Validator | false,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return members(value, isDeclared, check, problems, path, "additionalProperties");
}

/** JSON Schema Core, §10.3.2.3: every property, where none is declared. */
export function everyProperty(
  value: unknown,
  check: Validator | false,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return members(value, never, check, problems, path, "additionalProperties");
}

/** JSON Schema Core, §11.3: the properties that no other keyword has looked at. */
export function unevaluatedProperties(
  value: unknown,
  isEvaluated: (key: string, value: { readonly [key: string]: unknown }) => boolean,
  check: Validator | false,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return members(value, isEvaluated, check, problems, path, "unevaluatedProperties");
}

/** JSON Schema Core, §10.3.2.4: every name, as a string. */
export function propertyNames(
  value: unknown,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!isObject(value)) return true;
  for (const key in value) {
    if (own(value, key) === undefined || check(key, null, null)) continue;
    if (!report(problems, path, "propertyNames", `must not have a property called ${JSON.stringify(key)}`))
      return false;
  }
  return true;
}

/** JSON Schema Validation, §6.5.2. */
export function minProperties(
  value: unknown,
  limit: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!isObject(value) || size(value) >= limit) return true;
  return report(
    problems,
    path,
    "minProperties",
    `must have at least ${limit} propert${limit === 1 ? "y" : "ies"}`,
  );
}

/** JSON Schema Validation, §6.5.1. */
export function maxProperties(
  value: unknown,
  limit: number,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!isObject(value) || size(value) <= limit) return true;
  return report(
    problems,
    path,
    "maxProperties",
    `must have at most ${limit} propert${limit === 1 ? "y" : "ies"}`,
  );
}

/** JSON Schema Validation, §6.5.4: a property that another one needs. */
export function dependentRequired(
  value: unknown,
  key: string,
  needed: string,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!isObject(value) || own(value, key) === undefined || own(value, needed) !== undefined) return true;
  return report(
    problems,
    path,
    "dependentRequired",
    `must have property ${JSON.stringify(needed)} when it has ${JSON.stringify(key)}`,
  );
}

/** JSON Schema Core, §10.2.2.4: a schema for the whole object when a property is there. */
export function dependentSchemas(
  value: unknown,
  key: string,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  if (!isObject(value) || own(value, key) === undefined) return true;
  return (
    check(
      value,
      problems,
      problems === null ? null : under(path, check, `dependentSchemas/${escaped(key)}`),
    ) || problems !== null
  );
}

function members(
  value: unknown,
  isExempt: (key: string, value: { readonly [key: string]: unknown }) => boolean,
  check: Validator | false,
  problems: Problem[] | null,
  path: Path | null,
  keyword: string,
): boolean {
  if (!isObject(value)) return true;
  for (const key in value) {
    const member = own(value, key);
    if (member === undefined || isExempt(key, value)) continue;
    if (check === false) {
      if (!report(problems, path, keyword, `must not have property ${JSON.stringify(key)}`)) return false;
    } else if (!check(member, problems, below(problems, path, key, check, keyword)) && problems === null) {
      return false;
    }
  }
  return true;
}

// A matcher prints itself as a literal of the expression, whose slashes are escaped.
function sourceOf(names: Matcher): string {
  const text = names.toString();
  return text.slice(1, text.lastIndexOf("/")).replaceAll("\\/", "/");
}

function never(): boolean {
  return false;
}

function size(value: { readonly [key: string]: unknown }): number {
  let count = 0;
  for (const key in value) if (own(value, key) !== undefined) count++;
  return count;
}
