import type { Rule } from "./rule.ts";
import { additionalOperationKnown } from "./rules/additional-operation-known.ts";
import { boundsUnsatisfiable } from "./rules/bounds-unsatisfiable.ts";
import { componentUnused } from "./rules/component-unused.ts";
import { defaultInvalid } from "./rules/default-invalid.ts";
import { descriptionMissing } from "./rules/description-missing.ts";
import { discriminatorInvalid } from "./rules/discriminator-invalid.ts";
import { enumDuplicate } from "./rules/enum-duplicate.ts";
import { enumValueImpossible } from "./rules/enum-value-impossible.ts";
import { exampleInvalid } from "./rules/example-invalid.ts";
import { pathAmbiguous } from "./rules/path-ambiguous.ts";
import { pathDuplicate } from "./rules/path-duplicate.ts";
import { patternInvalid } from "./rules/pattern-invalid.ts";
import { querystringShared } from "./rules/querystring-shared.ts";
import { requiredUndefined } from "./rules/required-undefined.ts";
import { responseBodyForbidden } from "./rules/response-body-forbidden.ts";
import { responseSuccessMissing } from "./rules/response-success-missing.ts";
import { scopeUndefined } from "./rules/scope-undefined.ts";
import { serverVariableUndefined } from "./rules/server-variable-undefined.ts";
import { tagParentUnknown } from "./rules/tag-parent-unknown.ts";
import { tagUndeclared } from "./rules/tag-undeclared.ts";

/** Every rule, in the order in which they look. What the reader and the model find is theirs, and not here again. */
export const rules: readonly Rule[] = [
  pathDuplicate,
  pathAmbiguous,
  additionalOperationKnown,
  querystringShared,
  serverVariableUndefined,
  tagUndeclared,
  tagParentUnknown,
  scopeUndefined,
  responseSuccessMissing,
  responseBodyForbidden,
  boundsUnsatisfiable,
  requiredUndefined,
  enumDuplicate,
  enumValueImpossible,
  patternInvalid,
  discriminatorInvalid,
  defaultInvalid,
  exampleInvalid,
  componentUnused,
  descriptionMissing,
];
