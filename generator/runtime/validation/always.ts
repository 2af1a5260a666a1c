import { refuse } from "./report.js";
import type { Path, Problem } from "./validator.js";

/** The schema `true`: every value is right. */
export function always(): boolean {
  return true;
}

/** The schema `false`: no value is right. */
export function never(_value: unknown, problems: Problem[] | null, path: Path | null): boolean {
  return refuse(problems, path, "false", "must not be present");
}
