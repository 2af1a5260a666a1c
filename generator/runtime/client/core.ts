import type { OperationDescriptor } from "../operation.js";
import { tryOnce, type OutgoingCall } from "./attempts.js";
import { ApiCall } from "./call.js";
import { startDeadline } from "./deadline.js";
import { tellDeprecation } from "./deprecation.js";
import { ConnectionError } from "./errors.js";
import type { CallOptions, CoreConfig } from "./options.js";
import { prepareRequest, type SentParts } from "./request.js";
import type { Exchange } from "./response.js";
import { absoluteUrl } from "./server-url.js";

/**
 * Sends an operation. `Call` is the ApiCall of its types, and whoever sends says which: a plain type parameter, since the methods of
 * a client are many, and the compiler works out the type arguments of each.
 */
export type Send = <Call>(operation: OperationDescriptor, parts?: SentParts, options?: CallOptions) => Call;

/**
 * The one way from a call to the wire; the resource style and the path style both end here. Throws an Error when the base
 * URL is relative outside of a page.
 */
export function createCore(config: CoreConfig): Send {
  absoluteUrl(config.baseUrl);
  const told = new Set<string>();
  return <Call>(operation: OperationDescriptor, parts: SentParts = {}, options: CallOptions = {}): Call => {
    const call: unknown = new ApiCall(exchange({ ...config, told }, operation, parts, options));
    return call as Call; // What the types say of an operation is what its descriptor says: both are made from one document.
  };
}

async function exchange(
  config: CoreConfig & { readonly told: Set<string> },
  operation: OperationDescriptor,
  parts: SentParts,
  options: CallOptions,
): Promise<Exchange> {
  const name = `${operation.method} ${operation.path}`;
  const deadline = startDeadline(name, options.signal, options.timeout ?? config.timeout);
  const call: OutgoingCall = {
    config,
    operation,
    parts,
    options,
    deadline,
    name,
    async prepare() {
      deadline.signal.throwIfAborted();
      return deadline.race(prepareRequest(config, operation, parts, options));
    },
    send: (url, init, { signal, race } = deadline) =>
      race(ask(options.fetch ?? config.fetch ?? globalThis.fetch, url, { ...init, signal }, name)),
  };
  try {
    const sent = await (config.attempts ?? tryOnce)(call);
    tellDeprecation(config, operation, sent.response);
    return { ...sent, operation, deadline };
  } catch (error) {
    deadline.release();
    throw error;
  }
}

async function ask(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  url: string,
  init: RequestInit,
  name: string,
): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new ConnectionError(`${name} got no answer: ${reasonOf(error)}`, { cause: error });
  }
}

// Node hides the reason behind "fetch failed"; a refused connection to two addresses is an AggregateError without words.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause: unknown = error.cause;
  if (!(cause instanceof Error)) return error.message;
  return cause.message !== "" || !("code" in cause) ? cause.message : String(cause.code);
}
