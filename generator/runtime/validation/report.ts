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
  const schema = (problems as ProblemList).located === true ? schemaOf(path) : undefined;
  problems.push({ pointer: pointerOf(path), keyword, message, ...(schema === undefined ? {} : { schema }) });
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

/** The path of a member; nothing is made while problems are not gathered. */
export function below(
  problems: Problem[] | null,
  path: Path | null,
  key: string | number,
  check?: Validator,
): Path | null {
  return problems === null ? null : { parent: path, key, ...(check === undefined ? {} : { check }) };
}

/** The path of the same value under another check. */
export function under(path: Path | null, check: Validator): Path {
  return { parent: path, check };
}

/** The JSON Pointer (RFC 6901) of a path. */
export function pointerOf(path: Path | null): string {
  let pointer = "";
  for (let step = path; step !== null; step = step.parent) {
    if (step.key === undefined) continue;
    pointer = `/${String(step.key).replaceAll("~", "~0").replaceAll("/", "~1")}${pointer}`;
  }
  return pointer;
}

/** The place in the document that a path leads to; `undefined` where nothing on it has a name. */
export function schemaOf(path: Path | null): string | undefined {
  let keys = "";
  for (let step = path; step !== null; step = step.parent) {
    const name = nameOf(step.check);
    if (name !== undefined) return `${name}${keys}`;
    if (step.key !== undefined) keys = `${typeof step.key === "number" ? "[]" : `.${step.key}`}${keys}`;
  }
  return undefined;
}

/** The schema that a compiled validator is named after. */
export function nameOf(check: Validator | undefined): string | undefined {
  return /^validate([A-Z_$].*)$/.exec(check?.name ?? "")?.[1];
}
