import type { OperationDescriptor, RequestParts } from "../operation.js";
import { acceptsOf } from "./accepts.js";
import type { Incoming } from "./incoming.js";
import { lazily } from "./lazily.js";
import { reply } from "./reply.js";
import type { Principals } from "./security.js";

/** What handlers are given; the generated code gives it in types. The request and its signal are made when they are looked at. */
export function handlerInput(
  operation: OperationDescriptor,
  incoming: Incoming,
  parts: RequestParts,
  security: Principals | undefined,
  context: unknown,
): object {
  const input = {
    path: parts.path,
    query: parts.query,
    headers: parts.header,
    cookies: parts.cookie,
    body: parts.body,
    contentType: parts.contentType,
    context,
    security,
    operation,
    reply,
    accepts: acceptsOf(incoming),
  };
  return lazily(input, incoming, "request", "signal");
}
