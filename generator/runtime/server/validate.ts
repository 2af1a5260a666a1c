import type { ValueContract } from "../validation/operation-validators.js";
import { under } from "../validation/report.js";
import type { ProblemList } from "../validation/validator.js";
import type { WireProblem } from "../wire/errors.js";

/** Checks a value and adds what is wrong with it; whether nothing is. */
export function validate(
  contract: ValueContract | undefined,
  value: unknown,
  place: Pick<WireProblem, "in" | "name">,
  problems: WireProblem[],
): boolean {
  if (contract === undefined || contract.validate(value, null, null)) return true;
  const found: ProblemList = Object.assign([], { located: true as const });
  contract.validate(value, found, under(null, contract.validate));
  problems.push(...found.map((problem) => ({ ...place, ...problem })));
  return false;
}
