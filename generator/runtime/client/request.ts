import type { OperationDescriptor } from "../operation.js";
import type { EncodedBody } from "../wire/encode-body.js";
import { EncodeError } from "../wire/errors.js";
import { authenticate, type Authentication } from "./auth.js";
import type { CallOptions, CallParts, CoreConfig, HeadersOption, Validation } from "./options.js";
import { plainBody, plainPath, plainQuery } from "./plain.js";
import { operationUrl } from "./server-url.js";
import type { Wire } from "./wire.js";

/** A request, ready for `fetch`. */
export interface PreparedRequest {
  readonly url: string;
  /** What of it are credentials. */
  readonly authentication: Authentication;
  readonly init: RequestInit & { readonly headers: Headers };
}

/**
 * Another address for a request, of which all else stays: given its own address, without the query, and the names of the
 * credentials that are then added to the query.
 */
export type Follow = (
  address: string,
  credentials: readonly string[],
) => { readonly address: string; readonly query: string };

/** The parts of a request, and the address that it goes to in place of its own, if there is one. */
export interface SentParts extends CallParts {
  readonly follow?: Follow | undefined;
  /** Whoever sends asks again by itself: only what got no answer is to be tried again. */
  readonly polls?: true | undefined;
}

/**
 * Encodes the parts of a request and adds headers and credentials: others than the rejected ones, where a function gives them. `signal`
 * is for whoever gives them. Throws an EncodeError for what cannot be sent.
 */
export async function prepareRequest(
  config: CoreConfig,
  operation: OperationDescriptor,
  parts: SentParts,
  options: CallOptions,
  wire: Wire,
  signal?: AbortSignal,
  rejected?: Authentication,
): Promise<PreparedRequest> {
  const values = { ...sharedValues(config, operation, options), ...defined(parts.path) };
  // `@example.com` and `.example.com`, which are no paths, would make another host of the server's.
  const path = (wire.path ?? plainPath)(operation, values).replace(/^[^/]/, "/$&");
  const own = {
    address: `${operationUrl(config.baseUrl, operation, config.servers)}${path}`,
    query: queryOf(operation, parts.query, wire),
  };
  const body = encodeRequestBody(operation, parts, wire);
  if (body !== undefined) await validationOf(config, options)?.request?.(operation, body);
  const given = typeof config.headers === "function" ? await config.headers() : config.headers;
  const authentication = await authenticate(operation, config, signal, rejected);

  const headers = new Headers();
  const accepted = acceptedTypes(operation);
  if (accepted !== "") headers.set("Accept", accepted);
  for (const [name, value] of authentication.headers) setHeader(headers, name, value);
  setHeaders(headers, given);
  for (const [name, value] of wire.headers?.(operation, parts.header) ?? []) headers.set(name, value);
  if (body?.contentType !== undefined) headers.set("Content-Type", body.contentType);
  const cookies = [
    headers.get("Cookie") ?? undefined,
    wire.cookies?.(operation, parts.cookie),
    ...pairs(authentication.cookies),
  ].filter((text) => text !== undefined);
  if (cookies.length > 0) setHeader(headers, "Cookie", cookies.join("; "));
  if (authentication.cookies.length > 0) checkCookies(own.address, headers);
  setHeaders(headers, options.headers);

  const names = authentication.query.map(([name]) => name);
  const { address, query } = parts.follow?.(own.address, names) ?? own;
  return {
    url: join(address, query, authentication.query),
    authentication,
    init: {
      method: operation.method,
      headers,
      ...(declaresRedirect(operation) ? { redirect: "manual" } : {}),
      ...(body === undefined ? {} : { body: body.body, ...streaming(body.body) }),
    },
  };
}

/** What checks bodies: what is given for the call goes before what is given for the client. */
export function validationOf(config: CoreConfig, { validation }: CallOptions): Validation | undefined {
  return validation === undefined ? config.validation : (validation ?? undefined);
}

/** The query, without `?`: what the path fixes, then the parameters. */
function queryOf(operation: OperationDescriptor, values: CallParts["query"], wire: Wire): string {
  return [operation.route?.query ?? "", (wire.query ?? plainQuery)(operation, values)]
    .filter((part) => part !== "")
    .join("&");
}

// What is given for the call goes before what is given for the client.
function sharedValues(
  config: CoreConfig,
  operation: OperationDescriptor,
  options: CallOptions,
): { readonly [name: string]: unknown } {
  const own: { readonly [property: string]: unknown } = { ...options };
  const shared = Object.entries(config.shared ?? {}).filter(([name]) => operation.path.includes(`{${name}}`));
  return Object.fromEntries(shared.map(([name, { property, value }]) => [name, own[property] ?? value]));
}

function defined(values: { readonly [name: string]: unknown } = {}): { readonly [name: string]: unknown } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function encodeRequestBody(
  operation: OperationDescriptor,
  parts: CallParts,
  wire: Wire,
): EncodedBody | undefined {
  if (parts.body === undefined) {
    if (operation.body?.required === true)
      throw new EncodeError(`The body of ${operation.method} ${operation.path} is required.`, { in: "body" });
    return undefined;
  }
  if (operation.body === undefined)
    throw new EncodeError(`${operation.method} ${operation.path} takes no body.`, { in: "body" });
  return (wire.body ?? plainBody)(operation, parts);
}

// What the document declares is an answer, and not followed. Browsers show nothing of it but that it came.
function declaresRedirect(operation: OperationDescriptor): boolean {
  return operation.responses.some((response) => response.status.startsWith("3") && response.status !== "304");
}

/** The media types of all responses, each once, in the order of the document. */
function acceptedTypes(operation: OperationDescriptor): string {
  const mediaTypes = operation.responses.flatMap((response) =>
    (response.contents ?? []).map((content) => content.mediaType),
  );
  return [...new Set(mediaTypes)].join(", ");
}

function setHeaders(headers: Headers, given: HeadersOption | undefined): void {
  for (const [name, value] of given instanceof Headers ? given : Object.entries(given ?? {})) {
    if (value === null) headers.delete(name);
    else if (value !== undefined) setHeader(headers, name, String(value));
  }
}

// Browsers drop the header in silence.
function checkCookies(url: string, headers: Headers): void {
  if (new Request(url, { headers }).headers.has("Cookie")) return;
  throw new EncodeError(
    'Browsers let no program send cookies. Leave the credential out: the browser sends the cookies that it has, to another origin with a fetch that says `credentials: "include"`.',
    { in: "cookie" },
  );
}

// The platform's own error shows the value, which may be a key.
function setHeader(headers: Headers, name: string, value: string): void {
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

function join(address: string, query: string, credentials: Authentication["query"]): string {
  const parts = [
    query,
    ...credentials.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  ];
  const whole = parts.filter((part) => part !== "").join("&");
  return whole === "" ? address : `${address}?${whole}`;
}

function pairs(credentials: Authentication["cookies"]): string[] {
  return credentials.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
}

// Fetch demands `duplex` for bodies that are streams; its type is missing from the DOM's RequestInit.
function streaming(body: BodyInit): { readonly duplex?: "half" } {
  return body instanceof ReadableStream ? { duplex: "half" } : {};
}
