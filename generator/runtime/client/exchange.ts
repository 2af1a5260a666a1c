import type { OperationDescriptor } from "../operation.js";
import type { OutgoingCall } from "./attempts.js";
import { ApiCall } from "./call.js";
import { asCore, type Send } from "./caller.js";
import { startDeadline } from "./deadline.js";
import { ConnectionError, RedirectError, type SentSoFar } from "./errors.js";
import type { CallOptions, CoreConfig } from "./options.js";
import { prepareRequest, type PreparedRequest, type SentParts } from "./request.js";
import type { ShownRequest } from "./redact.js";
import type { Exchange } from "./response.js";
import { withRetries } from "./retry.js";
import { absoluteUrl } from "./server-url.js";
import type { Features, Wire } from "./wire.js";

/**
 * The one way from a call to the wire; the resource style and the path style both end here. It knows the plain way alone: how an
 * operation departs from it is handed on with the operation, and what else the core does with its configuration. Throws an Error when
 * the base URL is relative outside of a page.
 */
export function createSend(config: CoreConfig): Send {
  const own = { ...config, baseUrl: absoluteUrl(config.baseUrl) };
  function send<Call>(
    operation: OperationDescriptor,
    parts: SentParts = {},
    options: CallOptions = {},
    ...wire: readonly Wire[]
  ): Call {
    const features: Features = Object.assign({}, config.features, ...wire);
    const call: unknown = new ApiCall(exchange(own, operation, parts, options, features));
    return call as Call; // What the types say of an operation is what its descriptor says: both are made from one document.
  }
  return asCore(send);
}

type Last = Pick<PreparedRequest, "url" | "init">;

async function exchange(
  config: CoreConfig,
  operation: OperationDescriptor,
  parts: SentParts,
  options: CallOptions,
  wire: Features,
): Promise<Exchange> {
  if ((options.hooks && !wire.watch) || (options.validation && !wire.judge))
    throw new TypeError("This client was not made for hooks or validation.");
  const name = `${operation.method} ${operation.path}`;
  // What was sent last, hooks and retries included.
  let last: Last | undefined;
  let attempts = 0;
  const request = (): ShownRequest => {
    const { url, init } = last ?? { url: config.baseUrl, init: { headers: new Headers() } };
    return (
      wire.show?.(call, url, init.headers) ?? {
        method: operation.method,
        url: url.replace(/\?.*/s, ""),
        headers: {},
      }
    );
  };
  const sent = (): SentSoFar => ({ request: last && request(), attempts });
  const deadline = startDeadline(name, options.signal, options.timeout ?? config.timeout, sent);
  const call: OutgoingCall = {
    config,
    operation,
    parts,
    options,
    wire,
    deadline,
    name,
    request,
    sent,
    async prepare(rejected) {
      deadline.signal.throwIfAborted();
      const prepared = await deadline.race(prepareRequest(call, rejected));
      last = prepared;
      return prepared;
    },
    send({ url: address, init, authentication }, { signal, race } = deadline) {
      const fetch = options.fetch ?? config.fetch ?? globalThis.fetch;
      attempts += 1;
      // What the document declares is an answer, and not followed. Browsers show nothing of it but that it came.
      const declared = operation.responses.some(({ status }) => /^3(?!04)/.test(status));
      const follow = declared ? undefined : wire.redirects;
      const once = async (
        to: string,
        own: RequestInit & { readonly headers: Headers },
      ): Promise<Response> => {
        last = { url: to, init: own };
        wire.sending?.(to, own.headers);
        let response: Response;
        try {
          response = await fetch(to, {
            ...(follow === undefined && { redirect: "manual" }),
            ...own,
            ...wire.stream?.(own.body, signal),
            signal,
          });
        } catch (cause) {
          throw new ConnectionError(`${name} got no answer: ${String(reasonOf(cause))}`, {
            cause,
            ...sent(),
          });
        }
        if (declared || follow || !redirects(response)) return response;
        response.body?.cancel().catch(() => undefined);
        throw new RedirectError(`${name} is redirected, and not followed.`, sent());
      };
      return race(follow?.(name, once, address, init, authentication?.query, sent) ?? once(address, init));
    },
  };
  try {
    const answer = await (config.attempts ?? withRetries)(call);
    wire.answered?.(operation, answer.response);
    return { ...call, ...answer };
  } catch (error) {
    deadline.release();
    throw error;
  }
}

// Where to, browsers do not show.
function redirects({ status, type, headers }: Response): boolean {
  return type === "opaqueredirect" || (status > 299 && status < 400 && headers.has("Location"));
}

// Node hides the reason behind "fetch failed"; a refused connection to two addresses is an AggregateError without words.
function reasonOf(error: unknown): unknown {
  const { cause = error }: { readonly cause?: unknown } = Object(error);
  const { message, code }: { readonly message?: unknown; readonly code?: unknown } = Object(cause);
  return message || code || cause;
}
