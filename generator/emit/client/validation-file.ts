import { header } from "../text/header.ts";

/** The text of `validation.ts`: what a client checks answers by. A file of its own, since it brings all validators along. */
export const validationFile = `${header}
import * as validators from "./operation-validators.js";
import * as operations from "./operations.js";
import type { Validation } from "./runtime/client/options.js";
import { validateOperations } from "./runtime/client/validation.js";

export { RequestValidationError, validateWith } from "./runtime/client/validation.js";

/**
 * Checks the bodies of answers: \`createClient({ validation: createValidation() })\`. A success that does not meet its
 * schema throws a \`ValidationError\`; a failure throws the error of its status, whose \`declared\` is false. With
 * \`requests\`, bodies of JSON are checked before they are sent too: a \`RequestValidationError\`, and nothing is sent.
 */
export function createValidation(options: { readonly requests?: boolean } = {}): Validation {
  return validateOperations(operations, validators, options);
}
`;
