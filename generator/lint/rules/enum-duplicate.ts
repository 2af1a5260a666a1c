import { written } from "../../openapi/written-place.ts";
import { rule } from "../rule.ts";

/** A value that stands twice in an `enum` (JSON Schema Validation, §6.1.2). */
export const enumDuplicate = rule("enum-duplicate", ({ document, survey }, report) => {
  for (const { schema, at } of survey.schemas) {
    const seen = new Set<string>();
    for (const [index, value] of (schema.enum ?? []).entries()) {
      const text = JSON.stringify(value);
      if (seen.has(text)) report(written(document, at, ["enum", index], ["enum"]), { value: text });
      seen.add(text);
    }
  }
});
