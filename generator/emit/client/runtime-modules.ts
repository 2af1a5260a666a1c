import type { ApiModel } from "../../model/api-model.ts";
import { takesTokens } from "../../model/security-descriptor.ts";
import { tellingPlaces } from "../../model/select.ts";
import { carriesBytes, isStreamed } from "./operation.ts";

/** The modules of `generator/runtime/` that a client ships: what the generated files import, and what those import. */
export function clientModules(model: Pick<ApiModel, "operations" | "securitySchemes">): readonly string[] {
  const { operations } = model;
  const paged = operations.some(({ pagination }) => pagination !== undefined);
  const long = operations.some(({ longRunning }) => longRunning !== undefined);
  const selects = long || operations.some((operation) => tellingPlaces(operation).length > 0);
  return [
    ...always,
    ...(paged ? pages : []),
    ...(long ? longRunning : []),
    ...(operations.some(isStreamed) ? ["client/reconnect.ts", "client/streams.ts"] : []),
    ...(operations.some(carriesBytes) ? ["client/progress.ts"] : []),
    ...(selects ? ["client/select.ts"] : []),
    ...(takesTokens(model) ? ["client/oauth2.ts"] : []),
  ];
}

const longRunning: readonly string[] = ["client/long-running-errors.ts", "client/long-running-plan.ts", "client/long-running.ts"];

const pages: readonly string[] = ["client/next-page.ts", "client/pages.ts"];

const always: readonly string[] = [
  "client/arguments.ts",
  "client/attempts.ts",
  "client/auth.ts",
  "client/by-location.ts",
  "client/call.ts",
  "client/caller.ts",
  "client/common-errors.ts",
  "client/concurrency.ts",
  "client/cookies.ts",
  "client/core.ts",
  "client/deadline.ts",
  "client/declared.ts",
  "client/deprecation.ts",
  "client/departures.ts",
  "client/environment.ts",
  "client/errors.ts",
  "client/exchange.ts",
  "client/features.ts",
  "client/forbidden-headers.ts",
  "client/hooks.ts",
  "client/hop.ts",
  "client/idempotency.ts",
  "client/item-stream.ts",
  "client/judge.ts",
  "client/logger.ts",
  "client/options.ts",
  "client/path-client.ts",
  "client/plain.ts",
  "client/query.ts",
  "client/redact.ts",
  "client/redirect.ts",
  "client/request.ts",
  "client/response-headers.ts",
  "client/response.ts",
  "client/rest.ts",
  "client/retry.ts",
  "client/server-url.ts",
  "client/shared.ts",
  "client/status-codes.ts",
  "client/status-errors.ts",
  "client/types.ts",
  "client/wait.ts",
  "client/walk.ts",
  "client/warn.ts",
  "client/watch.ts",
  "client/wire.ts",
  "formats/apply.ts",
  "operation.ts",
  "standard-schema.ts",
  "path-style/paths.ts",
  "path-style/request-streams.ts",
  "validation/validator.ts",
  "wire/alternatives.ts",
  "wire/classify.ts",
  "wire/decode-body.ts",
  "wire/decode-deep.ts",
  "wire/decode-entries.ts",
  "wire/decode-header.ts",
  "wire/decode-multipart.ts",
  "wire/decode-stream.ts",
  "wire/decode-styled.ts",
  "wire/decode-urlencoded.ts",
  "wire/documents.ts",
  "wire/encode-body.ts",
  "wire/encode-header.ts",
  "wire/encode-multipart.ts",
  "wire/encode-parameters.ts",
  "wire/encode-path.ts",
  "wire/encode-stream.ts",
  "wire/encode-urlencoded.ts",
  "wire/errors.ts",
  "wire/event-parser.ts",
  "wire/expand-form.ts",
  "wire/media-type.ts",
  "wire/parse-multipart.ts",
  "wire/percent.ts",
  "wire/reading.ts",
  "wire/styles.ts",
];
