import type { ApiModel } from "../../model/api-model.ts";
import { header } from "../text/header.ts";
import { carriesBytes, isStreamed } from "./operation.ts";

/** The text of `index.ts`: the client, its errors, what helps with streams where there are some, and the types. */
export function indexFile(model: ApiModel): string {
  const streamed = model.operations.some(isStreamed);
  const paged = model.operations.some(({ pagination }) => pagination !== undefined) ? ", PagedCall" : "";
  const helpers = [
    ...(model.operations.some(carriesBytes) ? [`export { withProgress } from "./runtime/client/progress.js";\n`] : []),
    ...(streamed ? [`export { reconnect } from "./runtime/client/reconnect.js";\n`] : []),
  ];
  return `${header}
export { createClient } from "./client.js";
export type { ApiCall, CallOptions, Client, ClientOptions${paged}${streamed ? ", StreamedCall" : ""} } from "./client.js";
export { errors, isOperationError } from "./errors.js";
export type { OperationError } from "./errors.js";
export { limitConcurrency } from "./runtime/client/concurrency.js";
export type { Hooks } from "./runtime/client/hooks.js";
export { logHooks } from "./runtime/client/logger.js";
${helpers.join("")}export type * from "./types.js";
`;
}
