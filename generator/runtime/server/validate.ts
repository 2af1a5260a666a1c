import type { ValueContract } from "../validation/operation-validators.js";
import type { Problem } from "../validation/validator.js";
import type { WireProblem } from "../wire/errors.js";

/** Checks a value and adds what is wrong with it; whether nothing is. */
export function validate(
  contract: ValueContract | undefined,
  value: unknown,
  place: Pick<WireProblem, "in" | "name">,
  problems: WireProblem[],
): boolean {
  if (contract === undefined || contract.validate(value, null, null)) return true;
  const found: Problem[] = [];
  contract.validate(value, found, null);
  problems.push(...found.map((problem) => ({ ...place, ...problem })));
  return false;
}
