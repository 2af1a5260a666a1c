import type { ApiModel } from "../../model/api-model.ts";
import { takesTokens } from "../../model/security-descriptor.ts";
import { header } from "../text/header.ts";
import { carriesBytes, isStreamed } from "./operation.ts";

/** The text of `index.ts`: the client, its errors, what gets tokens and helps with streams where that is of use, and the types. */
export function indexFile(model: ApiModel): string {
  const streamed = model.operations.some(isStreamed);
  const helpers = [
    ...(model.operations.some(carriesBytes) ? [`export { withProgress } from "./runtime/client/progress.js";\n`] : []),
    ...(takesTokens(model) ? [`export { clientCredentials, OAuthError, refreshing } from "./runtime/client/oauth2.js";\n`] : []),
    ...(streamed ? [`export { reconnect } from "./runtime/client/reconnect.js";\n`] : []),
  ];
  return `${header}
export { createClient, type Client } from "./client.js";
export type { ${coreTypes(model).join(", ")} } from "./core.js";
export { errors, isOperationError } from "./errors.js";
export type { OperationError } from "./errors.js";
export { limitConcurrency } from "./runtime/client/concurrency.js";
export type { Hooks } from "./runtime/client/hooks.js";
export { logHooks } from "./runtime/client/logger.js";
${helpers.join("")}export type * from "./types.js";
`;
}

/** The types of `core.ts` that users name. */
export function coreTypes({ operations }: ApiModel): string[] {
  return [
    ...["ApiCall", "CallOptions", "ClientOptions"],
    ...(operations.some(({ pagination }) => pagination !== undefined) ? ["PagedCall"] : []),
    ...(operations.some(isStreamed) ? ["StreamedCall"] : []),
  ];
}
