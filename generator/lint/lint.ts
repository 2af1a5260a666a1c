/** A document and its model go in; what a reviewer would say of them is reported. */
import type { Code, ParametersOf } from "../diagnostics/catalogue.ts";
import type { Diagnostics, Placement, Severity } from "../diagnostics/diagnostic.ts";
import type { Location } from "../diagnostics/location.ts";
import type { ApiModel } from "../model/api-model.ts";
import type { Document } from "../openapi/document.ts";
import { rules } from "./rules.ts";
import { survey } from "./survey.ts";

/** What `lint` may be told. */
export interface LintOptions {
  /** The weight of rules by code, or `off`. Default: what the catalogue says. */
  readonly rules?: Readonly<Record<string, Severity | "off">>;
}

/** Runs every rule over a document. Structure, references and names have been looked at before, by the reader and the model. */
export function lint(document: Document, model: ApiModel, diagnostics: Diagnostics, options: LintOptions = {}): void {
  diagnostics.insist();
  const context = { document, model, survey: survey(document) };
  for (const rule of rules) {
    const weight = options.rules !== undefined && Object.hasOwn(options.rules, rule.code) ? options.rules[rule.code] : undefined;
    if (weight === "off") continue;
    rule.check(context, (code: Code, at: Location, parameters: ParametersOf<Code>, placement: Placement = {}) => {
      diagnostics.report(code, at, parameters, weight === undefined ? placement : { ...placement, severity: weight });
    });
  }
}
