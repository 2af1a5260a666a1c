import type { Path, Problem } from "./validator.js";

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
  problems.push({ pointer: pointerOf(path), keyword, message });
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
export function below(problems: Problem[] | null, path: Path | null, key: string | number): Path | null {
  return problems === null ? null : { parent: path, key };
}

/** The JSON Pointer (RFC 6901) of a path. */
export function pointerOf(path: Path | null): string {
  let pointer = "";
  for (let step = path; step !== null; step = step.parent) {
    pointer = `/${String(step.key).replaceAll("~", "~0").replaceAll("/", "~1")}${pointer}`;
  }
  return pointer;
}
