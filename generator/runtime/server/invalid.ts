import type { OperationDescriptor } from "../operation.js";
import type { WireProblem } from "../wire/errors.js";

/**
 * The status of a request that breaks the contract. 400 (RFC 9110, §15.5.1), unless the operation declares 422 (§15.5.21): then 422 for
 * what can be read and is wrong, and for what cannot be read 400 if that is declared too.
 */
export function invalidStatus(operation: OperationDescriptor, problems: readonly WireProblem[]): 400 | 422 {
  const declares = (status: string): boolean => operation.responses.some((each) => each.status === status);
  return declares("422") && !(declares("400") && isUnreadable(problems)) ? 422 : 400;
}

/** Whether something is wrong with the text of a request, before its meaning: no JSON, no UTF-8, no percent-encoding. */
export function isUnreadable(problems: readonly WireProblem[]): boolean {
  return problems.some(({ keyword }) => keyword === "contentMediaType" || keyword === "encoding");
}
