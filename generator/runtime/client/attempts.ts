import type { OperationDescriptor } from "../operation.js";
import type { Deadline } from "./deadline.js";
import type { CallOptions, CoreConfig } from "./options.js";
import type { PreparedRequest, SentParts } from "./request.js";

/** A call on its way: what its attempts are made of. */
export interface OutgoingCall {
  readonly config: CoreConfig;
  readonly operation: OperationDescriptor;
  readonly parts: SentParts;
  readonly options: CallOptions;
  /** Of the whole call. */
  readonly deadline: Deadline;
  /** The method and path, for messages. */
  readonly name: string;
  /** Encodes the request and asks for its credentials: anew for each attempt, since tokens end. */
  prepare(): Promise<PreparedRequest>;
  /** Throws a ConnectionError when no answer comes, and the error of the deadline, by default the call's, when that comes first. */
  send(url: string, init: RequestInit, deadline?: Deadline): Promise<Response>;
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
  const { url, init } = await call.prepare();
  return { response: await call.send(url, init), attempts: 1 };
}
