import type { Path, Problem, ProblemList, Validator } from "./validator.js";

/**
 * Notes a fault and tells whether to go on: with a list, the rest is checked too; without one, the first fault ends it.
 * Every check of this folder returns so: false means "stop, the value is wrong".
 */
export function report(
  problems: Problem[] | null,
  path: Path | null,
  keyword: string,
  message: string,
): boolean {
  if (problems === null) return false;
  const problem = { pointer: pointerOf(path), keyword, message };
  problems.push(
    (problems as ProblemList).located === true ? { ...problem, ...placeOf(path, keyword) } : problem,
  );
  return true;
}

/** Notes a fault and returns false: for a value on which no further check makes sense. */
export function refuse(
  problems: Problem[] | null,
  path: Path | null,
  keyword: string,
  message: string,
): false {
  report(problems, path, keyword, message);
  return false;
}

/**
 * The path of a member, by the keyword that speaks of it, with its key where that is named in the document; nothing is made while
 * problems are not gathered.
 */
export function below(
  problems: Problem[] | null,
  path: Path | null,
  key: string | number,
  check: Validator,
  by: string,
): Path | null {
  return problems === null ? null : { parent: path, key, check, by };
}

/** The path of the same value under another check, by the keyword that asks for it. */
export function under(path: Path | null, check: Validator, by?: string): Path {
  return { parent: path, check, ...(by === undefined ? {} : { by }) };
}

/** The JSON Pointer (RFC 6901) of a path. */
export function pointerOf(path: Path | null): string {
  let pointer = "";
  for (let step = path; step !== null; step = step.parent) {
    if (step.key === undefined) continue;
    pointer = `/${escaped(String(step.key))}${pointer}`;
  }
  return pointer;
}

/** The place in the document that a path leads to: by names, where there are some, and as a JSON Pointer to the keyword. */
function placeOf(path: Path | null, keyword: string): Pick<Problem, "schema" | "schemaPath"> {
  let keys = "";
  // A schema that is `false` has no keywords.
  let way = keyword === "false" ? "" : `/${keyword}`;
  for (let step = path; step !== null; step = step.parent) {
    const { check, key, by } = step;
    const name = nameOf(check);
    if (name !== undefined)
      return { schema: `${name}${keys}`, schemaPath: `#/components/schemas/${name}${way}` };
    if (key !== undefined) keys = `${typeof key === "number" ? "[]" : `.${key}`}${keys}`;
    if (by === undefined) continue;
    way = `/${by}${key !== undefined && keyed.has(by) ? `/${escaped(String(key))}` : ""}${way}`;
  }
  return { schemaPath: way };
}

// Keywords that hold a schema for each key, and not one for all.
const keyed: ReadonlySet<string> = new Set(["properties", "prefixItems"]);

/** A token of a JSON Pointer (RFC 6901, §3). */
export function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The schema that a compiled validator is named after. */
export function nameOf(check: Validator | undefined): string | undefined {
  return /^validate([A-Z_$].*)$/.exec(check?.name ?? "")?.[1];
}
