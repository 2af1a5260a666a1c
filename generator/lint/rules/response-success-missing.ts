import { written } from "../../openapi/written-place.ts";
import { rule } from "../rule.ts";

/** An operation that documents its failures alone (OpenAPI 3.1, §4.8.16). */
export const responseSuccessMissing = rule("response-success-missing", ({ document, survey }, report) => {
  for (const { operation, method, path, at } of survey.operations) {
    const statuses = Object.keys(operation.responses ?? {});
    if (statuses.length === 0 || statuses.some((status) => /^[123]|^default$/.test(status))) continue;
    report(written(document, at, ["responses"]), { method, path }, { atKey: true });
  }
});
