import { patternOf } from "../../model/validate/pattern.ts";
import { rule } from "../rule.ts";
import { written } from "../../openapi/written-place.ts";

/** A `pattern` that ECMAScript cannot read, with the `u` flag or without (JSON Schema Core, §6.4). */
export const patternInvalid = rule("pattern-invalid", ({ document, survey }, report) => {
  for (const { schema, at } of survey.schemas) {
    if (schema.pattern !== undefined && patternOf(schema.pattern) === undefined)
      report(written(document, at, ["pattern"]), { pattern: schema.pattern });
    for (const pattern of Object.keys(schema.patternProperties ?? {})) {
      if (patternOf(pattern) === undefined)
        report(written(document, at, ["patternProperties", pattern]), { pattern }, { atKey: true });
    }
  }
});
