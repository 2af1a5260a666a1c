import type { OperationDescriptor, RequestParts } from "../operation.js";
import { acceptsOf } from "./accepts.js";
import { reply } from "./reply.js";
import type { Principals } from "./security.js";

/** What handlers are given; the generated code gives it in types. */
export function handlerInput(
  operation: OperationDescriptor,
  request: Request,
  { header: headers, cookie: cookies, ...parts }: RequestParts,
  security: Principals | undefined,
  context: unknown,
): object {
  return {
    ...parts,
    headers,
    cookies,
    context,
    security,
    request,
    signal: request.signal,
    operation,
    reply,
    accepts: acceptsOf(request),
  };
}
