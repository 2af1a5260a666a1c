import { isObject, own } from "./equal.js";
import { pointerOf, report, under } from "./report.js";
import type { Path, Problem, ProblemList, Validator } from "./validator.js";

/** The property whose value names the member of a union that is meant. */
export interface Discriminator {
  readonly property: string;
  readonly members: ReadonlyMap<unknown, Validator>;
  /** What is meant where the property is absent, or names none of these: `defaultMapping` (OpenAPI 3.2, §4.25). */
  readonly otherwise?: Validator;
}

/** JSON Schema Core, §10.2.1.2. When no member fits, the faults of the one that was meant are reported. */
export function anyOf(
  value: unknown,
  members: readonly Validator[],
  problems: Problem[] | null,
  path: Path | null,
  discriminator?: Discriminator,
): boolean {
  for (const member of members) if (member(value, null, null)) return true;
  return explain(value, members, "anyOf", problems, path, discriminator);
}

/**
 * JSON Schema Core, §10.2.1.3. Where several members fit and the discriminator's value names one of them, that one is taken
 * (OpenAPI 3.1, §4.8.25, calls it a hint); otherwise a discriminator changes only what is reported.
 */
export function oneOf(
  value: unknown,
  members: readonly Validator[],
  problems: Problem[] | null,
  path: Path | null,
  discriminator?: Discriminator,
): boolean {
  let count = 0;
  for (const member of members) {
    if (member(value, null, null) && ++count === 2)
      return (
        meantBy(discriminator, value)?.(value, null, null) === true ||
        report(problems, path, "oneOf", "must match only one of the allowed forms")
      );
  }
  return count === 1 || explain(value, members, "oneOf", problems, path, discriminator);
}

/** JSON Schema Core, §10.2.1.4. */
export function not(
  value: unknown,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  return !check(value, null, null) || report(problems, path, "not", "must not match the excluded form");
}

/** JSON Schema Core, §10.2.1.1 and §10.2.1.2's like: a schema for the same value. */
export function also(
  value: unknown,
  check: Validator,
  problems: Problem[] | null,
  path: Path | null,
  by?: string,
): boolean {
  return check(value, problems, problems === null ? null : under(path, check, by)) || problems !== null;
}

/** JSON Schema Core, §10.2.2: `if` decides which of the two is checked. */
export function conditional(
  value: unknown,
  condition: Validator,
  consequence: Validator,
  alternative: Validator,
  problems: Problem[] | null,
  path: Path | null,
): boolean {
  const by = condition(value, null, null) ? "then" : "else";
  const check = by === "then" ? consequence : alternative;
  return check(value, problems, problems === null ? null : under(path, check, by)) || problems !== null;
}

function explain(
  value: unknown,
  members: readonly Validator[],
  keyword: string,
  problems: Problem[] | null,
  path: Path | null,
  discriminator?: Discriminator,
): boolean {
  if (problems === null) return false;
  const meant = meantBy(discriminator, value);
  const lists = (meant ? [meant] : members).map((member) =>
    problemsOf(value, under(path, member, `${keyword}/${members.indexOf(member)}`), member, problems),
  );
  const found = closest(lists, pointerOf(path)) ?? shared(lists);
  if (found.length === 0) return report(problems, path, keyword, "must match one of the allowed forms");
  problems.push(...found);
  return true;
}

function meantBy(discriminator: Discriminator | undefined, value: unknown): Validator | undefined {
  if (discriminator === undefined || !isObject(value)) return undefined;
  return discriminator.members.get(own(value, discriminator.property)) ?? discriminator.otherwise;
}

// The member that was most likely meant: not one of another type; rather not one that is a constant, or whose tag (a constant
// right below) differs; and of those the only one with the fewest faults, where a value of the wrong type is the graver one.
function closest(all: readonly (readonly Problem[])[], here: string): readonly Problem[] | undefined {
  if (all.length === 1) return all[0];
  const lists = all.filter(
    (list) => !list.some((problem) => problem.pointer === here && typeKeywords.has(problem.keyword)),
  );
  const isOther = (problem: Problem): boolean =>
    tagKeywords.has(problem.keyword) &&
    (problem.pointer === here || (isRightBelow(problem.pointer, here) && !isChoice(problem)));
  const alike = lists.filter((list) => !list.some(isOther));
  const candidates = alike.length > 0 ? alike : lists;
  const fewest = Math.min(...candidates.map((list) => list.length));
  const best = candidates.filter((list) => list.length === fewest);
  if (best.length === 1) return best[0];
  const typed = best.filter((list) => !list.some((problem) => typeKeywords.has(problem.keyword)));
  return typed.length === 1 ? typed[0] : undefined;
}

// Whatever may be one of several values says more than which member it is of.
function isChoice({ keyword, message }: Problem): boolean {
  return keyword === "enum" && message.startsWith("must be one of ");
}

// What every member finds wrong is wrong whichever was meant.
function shared([first = [], ...others]: readonly (readonly Problem[])[]): readonly Problem[] {
  return first.filter((problem) => others.every((list) => list.some((other) => isSame(problem, other))));
}

function isSame(one: Problem, other: Problem): boolean {
  return one.pointer === other.pointer && one.keyword === other.keyword && one.message === other.message;
}

const typeKeywords: ReadonlySet<string> = new Set(["type", "false"]);
const tagKeywords: ReadonlySet<string> = new Set(["const", "enum", "not"]);

function isRightBelow(pointer: string, here: string): boolean {
  return pointer.startsWith(`${here}/`) && !pointer.slice(here.length + 1).includes("/");
}

function problemsOf(
  value: unknown,
  path: Path,
  check: Validator,
  { located }: ProblemList,
): readonly Problem[] {
  const problems: ProblemList = located === true ? Object.assign([], { located }) : [];
  check(value, problems, path);
  return problems;
}
