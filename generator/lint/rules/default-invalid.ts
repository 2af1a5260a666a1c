import { validate } from "../../model/validate.ts";
import { rule } from "../rule.ts";
import { written } from "../../openapi/written-place.ts";

/** A default that its own schema refuses (OpenAPI 3.1, §4.8.24: it is of the schema's type). */
export const defaultInvalid = rule("default-invalid", ({ document, model, survey }, report) => {
  for (const { schema, name, at } of survey.schemas) {
    // No default can hold bytes.
    if (schema.default === undefined || schema.format === "binary") continue;
    const [problem] = validate(model, schema, schema.default, { direction: "request" });
    if (problem !== undefined)
      report(written(document, at, ["default"]), {
        name,
        value: JSON.stringify(schema.default),
        pointer: problem.pointer,
        reason: problem.message,
      });
  }
});
