import type { OperationDescriptor } from "../operation.js";
import type { Authentication } from "./auth.js";
import type { Deadline } from "./deadline.js";
import type { SentSoFar } from "./errors.js";
import type { ShownRequest } from "./redact.js";
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
  /** How far it is, for errors. */
  readonly sent: () => SentSoFar;
  /** What was sent last, without what is secret in it. */
  readonly request: () => ShownRequest;
  /** Encodes the request and asks for its credentials: anew for each attempt, since tokens end. `rejected` are refused. */
  prepare(rejected?: Authentication): Promise<PreparedRequest>;
  /** Throws a ConnectionError when no answer comes, and the error of the deadline, by default the call's, when that comes first. */
  send(request: PreparedRequest, deadline?: Deadline | undefined): Promise<Response>;
}

/** What the attempts of a call came to. */
export interface Sent {
  readonly response: Response;
  /** How many requests it took. */
  readonly attempts: number;
  /** To be told what goes wrong with the body. */
  readonly failed?: ((error: unknown) => void) | undefined;
}

/** How the request of a call is tried. */
export type Attempts = (call: OutgoingCall) => Promise<Sent>;

/** One request, and what comes of it. */
export async function tryOnce(call: OutgoingCall): Promise<Sent> {
  const request = await call.prepare();
  const response = await call.send(request);
  const renewed = await call.wire.renew?.(call, request, response);
  return renewed === undefined
    ? { response, attempts: 1 }
    : { response: await call.send(renewed), attempts: 2 };
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
  { status, headers, body }: Response,
): Promise<PreparedRequest | undefined> {
  const given = JSON.stringify(authentication?.given ?? {});
  if (status !== 401 || given === "{}" || init.body instanceof ReadableStream) return undefined;
  if (headers.get("x-should-retry") === "false") return undefined;
  const request = await call.prepare(authentication);
  if (JSON.stringify(request.authentication?.given) === given) return undefined;
  body?.cancel().catch(() => undefined);
  return request;
}
