import type { ApiModel } from "../../model/api-model.ts";
import { header } from "../text/header.ts";

/** The text of `index.ts`: the client, its errors and the types. */
export function indexFile(model: ApiModel): string {
  const paged = model.operations.some(({ pagination }) => pagination !== undefined) ? ", PagedCall" : "";
  return `${header}
export { createClient } from "./client.js";
export type { ApiCall, CallOptions, Client, ClientOptions${paged} } from "./client.js";
export { errors, isOperationError } from "./errors.js";
export type { OperationError } from "./errors.js";
export { limitConcurrency } from "./runtime/client/concurrency.js";
export type { Hooks } from "./runtime/client/hooks.js";
export { logHooks } from "./runtime/client/logger.js";
export type * from "./types.js";
`;
}
