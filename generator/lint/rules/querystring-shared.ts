import { rule } from "../rule.ts";

/** A parameter that is the whole query string, beside another that stands there (OpenAPI 3.2, §4.12.1). */
export const querystringShared = rule("querystring-shared", ({ document, survey }, report) => {
  for (const { operation } of survey.operations) {
    const parameters = operation.parameters ?? [];
    const whole = parameters.find((one) => one.in === "querystring");
    if (whole === undefined) continue;
    for (const other of parameters)
      if (other !== whole && (other.in === "query" || other.in === "querystring"))
        report(
          document.locate(other),
          { name: whole.name, other: other.name, place: other.in },
          { related: [{ at: document.locate(whole), message: `"${whole.name}" is here` }] },
        );
  }
});
