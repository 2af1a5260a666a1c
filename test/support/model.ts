import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { buildModel } from "../../generator/model/build.ts";
import type { Formats } from "../../generator/model/formats.ts";
import type { OpenApiObject } from "../../generator/openapi/shapes.ts";
import { documentOf } from "./document.ts";

/** The model of JSON that is already normalized. Throws when it holds an error. */
export function modelOf(root: Partial<OpenApiObject>, formats: Formats = {}): ApiModel {
  const diagnostics = new Diagnostics();
  const model = buildModel(documentOf(root), diagnostics, formats);
  const errors = diagnostics.all.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return model;
}

/** The model of JSON that is already normalized, whatever is wrong with it, and what is reported: `severity code: message (cure)`. */
export function reportedModelOf(root: Partial<OpenApiObject>): { readonly model: ApiModel; readonly reports: readonly string[] } {
  const diagnostics = new Diagnostics();
  const model = buildModel(documentOf(root), diagnostics);
  return {
    model,
    reports: diagnostics.all.map(
      ({ severity, code, message, cure }) => `${severity} ${code}: ${message}${cure === undefined ? "" : ` (${cure})`}`,
    ),
  };
}
