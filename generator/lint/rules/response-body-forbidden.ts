import { written } from "../../openapi/written-place.ts";
import { rule } from "../rule.ts";

/** Content of a response that cannot have any (RFC 9110, §15.2, §15.3.5–6, §15.4.5). */
export const responseBodyForbidden = rule("response-body-forbidden", ({ document, survey }, report) => {
  for (const { status, response, at } of survey.responses) {
    if (!/^(?:1..|204|205|304)$/.test(status) || Object.keys(response.content ?? {}).length === 0) continue;
    report(written(document, at, ["content"], ["schema"]), { status }, { atKey: true });
  }
});
