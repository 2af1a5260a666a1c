import type { Operation } from "./api-model.ts";

/** Whether a response of any of these operations declares headers: then whoever calls them decodes them. */
export function declareHeaders(operations: readonly Operation[]): boolean {
  return operations.some(({ responses }) => responses.some(({ headers }) => headers.length > 0));
}
