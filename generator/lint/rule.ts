import type { Code, ParametersOf } from "../diagnostics/catalogue.ts";
import type { Placement } from "../diagnostics/diagnostic.ts";
import type { Location } from "../diagnostics/location.ts";
import type { ApiModel } from "../model/api-model.ts";
import type { Document } from "../openapi/document.ts";
import type { Survey } from "./survey.ts";

/** What a rule is told. */
export interface LintContext {
  readonly document: Document;
  readonly model: ApiModel;
  readonly survey: Survey;
}

/** Reports a problem of the rule. */
export type Report<C extends Code> = (at: Location, parameters: ParametersOf<C>, placement?: Placement) => void;

/** One rule: it looks for one problem of the catalogue, and has its name. */
export interface Rule {
  readonly code: Code;
  check(context: LintContext, report: (code: Code, ...problem: Parameters<Report<Code>>) => void): void;
}

/** Makes a rule whose reports have the parameters of its own problem. */
export function rule<C extends Code>(code: C, check: (context: LintContext, report: Report<C>) => void): Rule {
  return {
    code,
    check(context, report) {
      // The parameters are those of the code beside them; a union of codes has lost that.
      check(context, (at, parameters, placement) => report(code, at, parameters as ParametersOf<Code>, placement));
    },
  };
}
