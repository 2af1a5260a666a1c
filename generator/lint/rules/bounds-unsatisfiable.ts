import type { Location } from "../../diagnostics/location.ts";
import { inPlace } from "../../model/direction.ts";
import { isOfType } from "../../model/validate/scalar.ts";
import type { Document } from "../../openapi/document.ts";
import type { SchemaObject, TypeName } from "../../openapi/shapes.ts";
import { rule } from "../rule.ts";
import { written } from "../../openapi/written-place.ts";

/** Keywords that no value can meet together. */
export const boundsUnsatisfiable = rule("bounds-unsatisfiable", ({ document, model, survey }, report) => {
  for (const { schema, at } of survey.schemas) {
    for (const [low, high, strict] of pairs) {
      const [least, most] = [schema[low], schema[high]];
      if (typeof least !== "number" || typeof most !== "number" || (strict ? least < most : least <= most)) continue;
      report(written(document, at, [low], [high]), { reason: `${low} ${least} and ${high} ${most} leave no value` });
    }
    checkValues(document, schema, at, (place, reason) => report(place, { reason }));
    const types = (schema.allOf ?? []).length > 0 || schema.$ref !== undefined ? commonTypes(inPlace(model, schema)) : undefined;
    if (types?.length === 0)
      report(written(document, at, ["allOf"]), { reason: "the types that its schemas allow have none in common" });
  }
});

const pairs = [
  ["minimum", "maximum", false],
  ["exclusiveMinimum", "maximum", true],
  ["minimum", "exclusiveMaximum", true],
  ["exclusiveMinimum", "exclusiveMaximum", true],
  ["minLength", "maxLength", false],
  ["minItems", "maxItems", false],
  ["minProperties", "maxProperties", false],
  ["minContains", "maxContains", false],
] as const;

function checkValues(
  document: Document,
  schema: SchemaObject,
  at: Location,
  report: (place: Location, reason: string) => void,
): void {
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  const fits = (value: unknown): boolean => types === undefined || types.some((type) => isOfType(value, type));
  const named = types?.join(" or ") ?? "";
  if (schema.const !== undefined && !fits(schema.const))
    report(written(document, at, ["const"]), `the constant ${JSON.stringify(schema.const)} is not of type ${named}`);
  if (schema.additionalProperties !== false || schema.patternProperties !== undefined) return;
  for (const [index, name] of (schema.required ?? []).entries()) {
    if (!Object.hasOwn(schema.properties ?? {}, name))
      report(
        written(document, at, ["required", index], ["required"]),
        `"${name}" is required, and additionalProperties: false forbids it`,
      );
  }
}

/** The types that all schemas for one value allow; `undefined` when none names any. */
function commonTypes(parts: readonly SchemaObject[]): readonly TypeName[] | undefined {
  let common: readonly TypeName[] | undefined;
  for (const { type } of parts) {
    if (type === undefined) continue;
    // An integer is a number.
    const types = new Set([type].flat().flatMap((one): TypeName[] => (one === "number" ? ["number", "integer"] : [one])));
    common = common === undefined ? [...types] : common.filter((one) => types.has(one));
  }
  return common;
}
