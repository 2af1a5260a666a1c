import type { OperationDescriptor } from "../operation.js";
import { tryOnce, type OutgoingCall } from "./attempts.js";
import { ApiCall } from "./call.js";
import { asCore, type Send } from "./caller.js";
import { startDeadline } from "./deadline.js";
import { ConnectionError, RedirectError, type SentSoFar } from "./errors.js";
import { tellForbidden } from "./forbidden-headers.js";
import type { CallOptions, CoreConfig } from "./options.js";
import { followRedirects } from "./redirect.js";
import { prepareRequest, validationOf, type PreparedRequest, type SentParts } from "./request.js";
import { redactHeaders, redactUrl, secretNames, type ShownRequest } from "./redact.js";
import type { Exchange } from "./response.js";
import { absoluteUrl } from "./server-url.js";
import type { Wire } from "./wire.js";

/**
 * The one way from a call to the wire; the resource style and the path style both end here. It knows the plain way alone: how an
 * operation departs from it is handed on with the operation. Throws an Error when the base URL is relative outside of a page.
 */
export function createSend(config: CoreConfig): Send {
  absoluteUrl(config.baseUrl);
  const told = new Set<string>();
  return asCore(
    <Call>(
      operation: OperationDescriptor,
      parts: SentParts = {},
      options: CallOptions = {},
      ...wire: readonly Wire[]
    ): Call => {
      const call: unknown = new ApiCall(exchange({ ...config, told }, operation, parts, options, wire));
      return call as Call; // What the types say of an operation is what its descriptor says: both are made from one document.
    },
  );
}

async function exchange(
  config: CoreConfig & { readonly told: Set<string> },
  operation: OperationDescriptor,
  parts: SentParts,
  options: CallOptions,
  departures: readonly Wire[],
): Promise<Exchange> {
  const { method, path } = operation;
  const wire: Wire = Object.assign({}, ...departures);
  const name = `${method} ${path}`;
  // What was sent last, hooks and retries included.
  let last: { readonly url: string; readonly headers: Headers } | undefined;
  const shown = (): ShownRequest => {
    const secrets = secretNames(config.securitySchemes);
    const { url, headers } = last ?? { url: config.baseUrl, headers: new Headers() };
    return { method, url: redactUrl(url, secrets), headers: redactHeaders(headers, secrets) };
  };
  let attempts = 0;
  const soFar = (): SentSoFar => ({ request: last && shown(), attempts });
  const deadline = startDeadline(name, options.signal, options.timeout ?? config.timeout, soFar);
  const call: OutgoingCall = {
    config,
    operation,
    parts,
    options,
    deadline,
    name,
    sent: soFar,
    async prepare(rejected) {
      deadline.signal.throwIfAborted();
      const request = await deadline.race(
        prepareRequest(config, operation, parts, options, wire, deadline.signal, rejected),
      );
      last = { url: request.url, headers: request.init.headers };
      return request;
    },
    send({ url, init, authentication }, { signal, race } = deadline) {
      const fetch = options.fetch ?? config.fetch ?? globalThis.fetch;
      attempts += 1;
      const once = (to: string, own: PreparedRequest["init"]): Promise<Response> => {
        last = { url: to, headers: own.headers };
        tellForbidden(last, config.told);
        return ask(() => fetch(to, { ...stoppable(own, signal), signal }), name, soFar);
      };
      return race(followRedirects(name, once, url, init, authentication.query));
    },
  };
  try {
    const sent = await (config.attempts ?? tryOnce)(call);
    config.watch?.(operation, sent.response);
    return {
      ...sent,
      operation,
      deadline,
      request: shown,
      wire,
      validation: validationOf(config, options),
      idleTimeout: options.idleTimeout,
    };
  } catch (error) {
    deadline.release();
    throw error instanceof RedirectError ? Object.assign(error, soFar()) : error;
  }
}

// Who reads a stream for `fetch` does not cancel it when nobody waits any more.
function stoppable(init: PreparedRequest["init"], signal: AbortSignal): RequestInit {
  return init.body instanceof ReadableStream
    ? { ...init, body: init.body.pipeThrough(new TransformStream(), { signal }) }
    : init;
}

async function ask(fetch: () => Promise<Response>, name: string, sent: () => SentSoFar): Promise<Response> {
  try {
    return await fetch();
  } catch (cause) {
    throw new ConnectionError(`${name} got no answer: ${reasonOf(cause)}`, { cause, ...sent() });
  }
}

// Node hides the reason behind "fetch failed"; a refused connection to two addresses is an AggregateError without words.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause: unknown = error.cause;
  if (!(cause instanceof Error)) return error.message;
  return cause.message !== "" || !("code" in cause) ? cause.message : String(cause.code);
}
