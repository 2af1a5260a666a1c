import type { OperationDescriptor } from "../operation.js";
import { discard, type OutgoingCall } from "./attempts.js";
import { ApiCall } from "./call.js";
import type { SendCall } from "./caller.js";
import { startDeadline } from "./deadline.js";
import { ConnectionError, nameOf, reasonOf, RedirectError, type SentSoFar } from "./errors.js";
import type { CallOptions, CoreConfig } from "./options.js";
import { prepareRequest, type SentParts, type SentRequest } from "./request.js";
import type { Exchange } from "./response.js";
import { withRetries } from "./retry.js";
import { absoluteUrl } from "./server-url.js";
import type { Features, Follower } from "./wire.js";

/**
 * The one way from a call to the wire; the resource style and the path style both end here. It knows the plain way alone: how an
 * operation departs from it is handed on with the operation, and what else the core does with its configuration. Throws an Error when
 * the base URL is relative outside of a page.
 */
export function createSend(config: CoreConfig): SendCall {
  const own = { ...config, baseUrl: absoluteUrl(config.baseUrl) };
  return (operation, parts = {}, options = {}, ...wire) => {
    const all: Features = Object.assign({}, ...(config.features ?? []), ...wire);
    const call: unknown = new ApiCall(exchange(own, operation, parts, options, all));
    return call as never; // What the types say of an operation is what its descriptor says: both are made from one document.
  };
}

async function exchange(
  config: CoreConfig,
  operation: OperationDescriptor,
  parts: SentParts,
  options: CallOptions,
  wire: Features,
): Promise<Exchange> {
  if ((options.hooks && !wire.watch) || (options.validation && !wire.judge))
    throw new TypeError("This client has no hooks or validation.");
  const { method } = operation;
  const name = nameOf(operation);
  // What was sent last, hooks and redirects included.
  let last: SentRequest | undefined;
  let attempts = 0;
  const sent = (): SentSoFar => ({
    request: last && (wire.show?.(call, last) ?? { method, url: last.url.replace(/\?.*/s, ""), headers: {} }),
    attempts,
  });
  const deadline = startDeadline(name, options.signal, options.timeout ?? config.timeout, sent);
  const call: OutgoingCall = {
    config,
    operation,
    parts,
    options,
    wire,
    deadline,
    name,
    sent,
    async prepare(rejected) {
      deadline.signal.throwIfAborted();
      return (last = await deadline.race(prepareRequest(call, rejected)));
    },
    send(request, { signal, race } = deadline) {
      const fetch = options.fetch ?? config.fetch ?? globalThis.fetch;
      attempts += 1;
      return race(
        (wire.redirects ?? refuseRedirects)(call, request, async (hop) => {
          last = hop;
          const { url, init } = hop;
          try {
            return await fetch(url, { ...init, ...wire.stream?.(init.body, signal), signal });
          } catch (cause) {
            throw new ConnectionError(`${name} got no answer: ${reasonOf(cause)}`, { cause, ...sent() });
          }
        }),
      );
    },
  };
  const warned = wire.warn?.(call) ?? call;
  const watched = wire.watch?.(warned) ?? warned;
  try {
    return { ...watched, response: await (config.attempts ?? withRetries)(watched) };
  } catch (error) {
    deadline.release();
    watched.failed?.(error);
    throw error;
  }
}

// Where to, browsers do not show.
const refuseRedirects: Follower = async ({ name, sent }, { url, init }, fetch) => {
  const response = await fetch({ url, init: { ...init, redirect: "manual" } });
  const { status, type, headers } = response;
  if (type !== "opaqueredirect" && !(/^3/.test(`${status}`) && headers.has("Location"))) return response;
  discard(response);
  throw new RedirectError(`${name} is redirected, and not followed.`, sent());
};
