import { error } from "../entry.ts";

/** Problems found while the model is built from a normalized document. */
export const modelProblems = {
  "operation-id-duplicate": error<{ id: string }>(
    ({ id }) => `operationId "${id}" is used by two operations.`,
    ({ id }) => `give one of them another operationId, such as "${id}_2"`,
  ),
};
