import type { ResponseDescriptor } from "../operation.js";
import type { OutgoingCall } from "./attempts.js";
import type { Authentication } from "./auth.js";
import type { CallParts, HeadersOption } from "./options.js";
import { plainPath, refuse } from "./plain.js";

/** A request, ready for `fetch`. */
export interface SentRequest {
  readonly url: string;
  readonly init: RequestInit & { readonly headers: Headers };
}

/** A request, and what of it are credentials; `undefined`: nothing. */
export interface PreparedRequest extends SentRequest {
  readonly authentication: Authentication | undefined;
}

/**
 * Another address for a request, of which all else stays: given its own address, without the query, and the
 * credentials that are then added to the query.
 */
export type Follow = (
  address: string,
  credentials: Authentication["query"],
) => { readonly address: string; readonly query: string };

/** The parts of a request, and the address that it goes to in place of its own, if there is one. */
export interface SentParts extends CallParts {
  readonly follow?: Follow | undefined;
  /** Whoever sends asks again by itself: only what got no answer is to be tried again. */
  readonly polls?: true | undefined;
}

/**
 * Encodes the parts of a request and adds headers and credentials: others than the rejected ones, where a function gives them. Throws an
 * EncodeError for what cannot be sent.
 */
export async function prepareRequest(
  call: OutgoingCall,
  rejected: Authentication | undefined,
): Promise<PreparedRequest> {
  const { config, operation, parts, options, wire } = call;
  const path = (wire.path ?? plainPath)(operation, wire.pathValues?.(call) ?? parts.path ?? {});
  const own = {
    address: (wire.serverOf?.(config.baseUrl, operation, config.servers) ?? config.baseUrl) + path,
    query: wire.query?.(operation, parts.query) ?? "",
  };
  const rest = await wire.rest?.(call);
  const ofAll = typeof config.headers === "function" ? await config.headers() : config.headers;
  const authentication = await wire.authenticate?.(operation, config, call.deadline.signal, rejected);

  const headers = new Headers();
  const accepted = new Set(operation.responses.flatMap(mediaTypes));
  headers.set("Accept", [...accepted].join(", ") || "*/*");
  setHeaders(headers, authentication?.headers);
  setHeaders(headers, ofAll);
  rest?.addTo(headers, authentication, own.address);
  setHeaders(headers, options.headers);

  const { address, query } = parts.follow?.(own.address, authentication?.query ?? []) ?? own;
  const search = wire.addKeys?.(query, authentication) ?? query;
  return {
    url: address + (search && `?${search}`),
    authentication,
    init: { method: operation.method, headers, ...rest?.init },
  };
}

function mediaTypes({ contents = [] }: ResponseDescriptor): readonly string[] {
  return contents.map(({ mediaType }) => mediaType);
}

/**
 * Adds headers, and takes those away that are `null`. Throws an EncodeError for what no header can be; the platform's own error shows
 * the value, which may be a key.
 */
export function setHeaders(headers: Headers, given: HeadersOption | Authentication["headers"] = {}): void {
  for (const [name, value] of Symbol.iterator in given ? given : Object.entries(given)) {
    try {
      if (value === null) headers.delete(name);
      else if (value !== undefined) headers.set(name, `${value}`);
    } catch {
      refuse({ in: "header", name });
    }
  }
}
