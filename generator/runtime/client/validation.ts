import type { OperationDescriptor } from "../operation.js";
import type { StandardSchemaV1 } from "../standard-schema.js";
import type { OperationValidators } from "../validation/operation-validators.js";
import { make } from "../validation/standard.js";
import type { BodyPlace, Validation } from "./options.js";

/** Checks by any Standard Schema; a body for which there is none is not checked. Its output does not take the place of the body. */
export function validateWith(schemaOf: (place: BodyPlace) => StandardSchemaV1 | undefined): Validation {
  return async (place, body) => {
    const result = await schemaOf(place)?.["~standard"].validate(body);
    return result?.issues ?? [];
  };
}

/** Checks by the compiled validators of operations, which stand under the names of their descriptors. */
export function validateOperations(
  operations: { readonly [name: string]: OperationDescriptor },
  validators: { readonly [name: string]: OperationValidators },
): Validation {
  const known = new Map(Object.entries(operations).map(([name, { id }]) => [id, validators[name]]));
  return validateWith(({ operation, status, mediaType }) => {
    const contract = known.get(operation.id)?.responses?.[status]?.body?.[mediaType];
    return contract && make(contract.validate);
  });
}
