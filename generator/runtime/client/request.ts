import { EncodeError } from "../wire/errors.js";
import type { OutgoingCall } from "./attempts.js";
import type { Authentication } from "./auth.js";
import type { CallParts, HeadersOption } from "./options.js";
import { plainPath } from "./plain.js";

/** A request, ready for `fetch`. */
export interface PreparedRequest {
  readonly url: string;
  /** What of it are credentials; `undefined`: nothing. */
  readonly authentication: Authentication | undefined;
  readonly init: RequestInit & { readonly headers: Headers };
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
  const { config, operation, parts, options, wire, deadline } = call;
  const { method, responses } = operation;
  const { baseUrl, headers: given } = config;
  const path = (wire.path ?? plainPath)(operation, wire.pathValues?.(call) ?? parts.path ?? {});
  const own = {
    address: (wire.serverOf?.(baseUrl, operation, config.servers) ?? baseUrl) + path,
    query: wire.query?.(operation, parts.query) ?? "",
  };
  const rest = await wire.rest?.(call);
  const ofAll = typeof given === "function" ? await given() : given;
  const authentication = await wire.authenticate?.(operation, config, deadline.signal, rejected);

  const headers = new Headers();
  const accepted = responses.flatMap(({ contents = [] }) => contents.map(({ mediaType }) => mediaType));
  if (accepted.length > 0) headers.set("Accept", [...new Set(accepted)].join(", "));
  setHeaders(headers, authentication?.headers);
  setHeaders(headers, ofAll);
  rest?.addTo(headers, authentication, own.address);
  setHeaders(headers, options.headers);

  const keys = authentication?.query ?? [];
  const { address, query } = parts.follow?.(own.address, keys) ?? own;
  let search = query;
  // A parameter may be the key: then it is sent once.
  for (const [name, value] of keys)
    if (!new URLSearchParams(query).has(name))
      search += `${search && "&"}${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  return {
    url: search === "" ? address : `${address}?${search}`,
    authentication,
    init: { method, headers, ...rest?.init },
  };
}

/** Adds headers, and takes those away that are `null`. Throws an EncodeError for what no header can be. */
function setHeaders(headers: Headers, given: HeadersOption | Authentication["headers"] = {}): void {
  const entries = Symbol.iterator in given ? given : Object.entries(given);
  for (const [name, value] of entries) {
    if (value === null) headers.delete(name);
    else if (value !== undefined) setHeader(headers, name, String(value));
  }
}

/** Adds a header. The platform's own error shows the value, which may be a key. */
export function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, value);
  } catch {
    const place = { in: "header", name } as const;
    throw new EncodeError(
      `The header ${JSON.stringify(name)} has a name or a value that cannot be sent.`,
      place,
    );
  }
}
