import { own } from "./equal.js";
import { below, report } from "./report.js";
import type { Path, Problem, Validator } from "./validator.js";

// Each check gets the member itself: compiled validators read it where its name is known to the engine, once.

/** The own members of an object by their names. */
export type Members = { readonly [key: string]: unknown };

/**
 * What holds the own members of an object, and of what is inherited nothing but what `Object.prototype` has: the object itself where it
 * is a plain one. `undefined` for what is no object: an array, or a Blob, which stands for bytes.
 */
export function membersOf(value: unknown): Members | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return value as Members;
  if (value instanceof Blob) return undefined;
  return copied(value as Members);
}

// Of a class, or of another realm; what its prototypes have is no member.
function copied(value: Members): Members {
  const members: { [key: string]: unknown } = Object.create(null);
  for (const key of Object.getOwnPropertyNames(value)) members[key] = own(value, key);
  return members;
}

/** JSON Schema Validation, §6.5.3, of a property that may hold anything. */
export function present(
  member: unknown,
  key: string,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return (
    member !== undefined || report(problems, path, "required", `must have property ${JSON.stringify(key)}`)
  );
}

/** JSON Schema Core, §10.3.2.1: one property, if it is there. */
export function optional(
  member: unknown,
  key: string,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return (
    member === undefined ||
    check(member, problems, below(problems, path, key, check, "properties")) ||
    problems !== null
  );
}

/** The same of a property that has to be there. */
export function needed(
  member: unknown,
  key: string,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return member === undefined
    ? present(member, key, problems, path)
    : optional(member, key, check, problems, path);
}
