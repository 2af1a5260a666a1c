import { isOfType } from "../../model/validate/scalar.ts";
import { rule } from "../rule.ts";
import { written } from "../../openapi/written-place.ts";

/** A value of an `enum` that the `type` beside it refuses. */
export const enumValueImpossible = rule("enum-value-impossible", ({ document, survey }, report) => {
  for (const { schema, at } of survey.schemas) {
    if (schema.type === undefined) continue;
    const types = [schema.type].flat();
    for (const [index, value] of (schema.enum ?? []).entries()) {
      if (types.some((type) => isOfType(value, type))) continue;
      report(written(document, at, ["enum", index], ["enum"]), { value: JSON.stringify(value), types: types.join(" or ") });
    }
  }
});
