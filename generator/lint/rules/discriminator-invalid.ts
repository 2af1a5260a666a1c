import { inPlace } from "../../model/direction.ts";
import { referenced } from "../../model/walk.ts";
import { rule } from "../rule.ts";
import { written } from "../../openapi/written-place.ts";

/** A member of a union that does not have, or does not require, the property that is to tell it from the others (OpenAPI 3.1, §4.8.25). */
export const discriminatorInvalid = rule("discriminator-invalid", ({ document, model, survey }, report) => {
  for (const { schema, at } of survey.schemas) {
    const { discriminator } = schema;
    if (discriminator === undefined) continue;
    const property = discriminator.propertyName;
    for (const member of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) {
      const target = referenced(model, member);
      if (target === undefined) continue;
      const parts = inPlace(model, target.schema);
      // A union inside a union tells its own members apart.
      if (parts.some((part) => part.oneOf !== undefined || part.anyOf !== undefined)) continue;
      const declared = parts.some((part) => Object.hasOwn(part.properties ?? {}, property));
      // What is meant where the property is absent needs none (OpenAPI 3.2, §4.25).
      if (target.reference === discriminator.defaultMapping) continue;
      if (declared && parts.some((part) => part.required?.includes(property) === true)) continue;
      const related = [{ at: target.at, message: `"${target.key}" is here` }];
      report(
        written(document, at, ["discriminator", "propertyName"], ["discriminator"]),
        { property, member: target.key, declared },
        { related },
      );
    }
  }
});
