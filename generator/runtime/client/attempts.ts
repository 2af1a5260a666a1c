import type { OperationDescriptor } from "../operation.js";
import type { Authentication } from "./auth.js";
import type { Deadline } from "./deadline.js";
import type { SentSoFar } from "./errors.js";
import type { CallOptions, CoreConfig } from "./options.js";
import type { PreparedRequest, SentParts } from "./request.js";
import type { Features } from "./wire.js";

/** A call on its way: what its attempts are made of. */
export interface OutgoingCall {
  readonly config: CoreConfig;
  readonly operation: OperationDescriptor;
  readonly parts: SentParts;
  readonly options: CallOptions;
  /** How it departs from the plain way, and what its core does besides. */
  readonly wire: Features;
  /** Of the whole call. */
  readonly deadline: Deadline;
  /** The method and path, for messages. */
  readonly name: string;
  /** What was sent and how often, for errors. */
  readonly sent: () => SentSoFar;
  /** Encodes the request and asks for its credentials: anew for each attempt, since tokens end. `rejected` are refused. */
  prepare(rejected?: Authentication): Promise<PreparedRequest>;
  /** Throws a ConnectionError when no answer comes, and the error of the deadline, by default the call's, when that comes first. */
  send(request: PreparedRequest, deadline?: Deadline | undefined): Promise<Response>;
  /** To be told of a wait, and another attempt after it. */
  readonly again?: ((delay: number, error: unknown) => Promise<void>) | undefined;
  /** To be told that the call fails. */
  readonly failed?: ((error: unknown) => void) | undefined;
}

/** How the request of a call is tried: gives the answer that its attempts come to. */
export type Attempts = (call: OutgoingCall) => Promise<Response>;

/** One request, and what comes of it. */
export async function tryOnce(call: OutgoingCall): Promise<Response> {
  const request = await call.prepare();
  const response = await call.send(request);
  const renewed = await call.wire.renew?.(call, request, response);
  return renewed === undefined ? response : call.send(renewed);
}

/** Frees the connection of an answer that nobody will read. */
export function discard(response: Response | undefined): void {
  response?.body?.cancel().catch(() => undefined);
}

/** Asks for other credentials after an answer; gives the request with them, if there are any. */
export type Renew = typeof renew;

/**
 * The request with other credentials, where the server refuses those that it had with 401 and a function gives others; the answer is
 * given up then. Such an answer says that nothing was done, so this is safe for every method.
 */
export async function renew(
  call: OutgoingCall,
  { init, authentication }: PreparedRequest,
  response: Response,
): Promise<PreparedRequest | undefined> {
  const given = JSON.stringify(authentication?.given ?? {});
  if (response.status !== 401 || given === "{}" || init.body instanceof ReadableStream) return undefined;
  if (response.headers.get("x-should-retry") === "false") return undefined;
  const request = await call.prepare(authentication);
  if (JSON.stringify(request.authentication?.given) === given) return undefined;
  discard(response);
  return request;
}
