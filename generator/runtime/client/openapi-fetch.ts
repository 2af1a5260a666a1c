import type { ContentDescriptor, OperationDescriptor } from "../operation.js";
import { encodeBody } from "../wire/encode-body.js";
import { encodeCookies, encodeHeaders, encodePath, encodeQuery } from "../wire/encode-parameters.js";
import { selectContent } from "../wire/media-type.js";
import { operationUrl } from "./server-url.js";

type Values = { readonly [name: string]: unknown };

/** The options of one call of openapi-fetch that say how its request is written. */
export interface Serialized {
  readonly pathSerializer: (path: string, values: Values) => string;
  readonly querySerializer: (values: Values) => string;
  readonly bodySerializer: () => BodyInit;
  readonly params: { readonly path?: Values; readonly query?: Values };
  readonly headers: Headers;
}

interface FetchInit {
  readonly params?: { readonly [L in "path" | "query" | "header" | "cookie"]?: Values | undefined };
  readonly body?: unknown;
  readonly headers?: ConstructorParameters<typeof Headers>[0] | { readonly [name: string]: unknown };
}

/**
 * The options that make openapi-fetch 0.17 write a call as the document says. It knows one style for all parameters, sends
 * no cookies and takes every body for JSON; here each operation has its own. Options of the call that it does not name stay.
 */
export function serialize(operation: OperationDescriptor, init: FetchInit = {}): Serialized {
  const parameters = operation.parameters ?? [];
  const headers = new Headers();
  const content = contentOf(operation, init);
  const encoded =
    init.body === undefined || content === undefined ? undefined : encodeBody(content, init.body);
  if (encoded?.contentType !== undefined) headers.set("Content-Type", encoded.contentType);
  for (const [name, value] of encodeHeaders(parameters, init.params?.header)) headers.set(name, value);
  const cookies = encodeCookies(parameters, init.params?.cookie);
  if (cookies !== undefined) headers.set("Cookie", cookies);
  for (const [name, value] of headerPairs(init.headers)) headers.set(name, value);
  const { route = { path: operation.path } } = operation;
  // The path is asked for only where there are values for it, and has to be when its query is written apart.
  const { path = operation.route && {}, query } = init.params ?? {};
  return {
    // It is given the base URL and the path in one.
    pathSerializer: (template, values) =>
      `${template.slice(0, -operation.path.length)}${encodePath(route.path, parameters, values)}`,
    querySerializer: (values) =>
      [route.query ?? "", encodeQuery(parameters, values)].filter((part) => part !== "").join("&"),
    bodySerializer: () => encoded?.body ?? "",
    // Header parameters are in `headers` by now; openapi-fetch would write them once more, in its own way.
    params: { ...(path === undefined ? {} : { path }), ...(query === undefined ? {} : { query }) },
    headers,
  };
}

/** The content that a `Content-Type` header of the call asks for; else the first. */
function contentOf(operation: OperationDescriptor, init: FetchInit): ContentDescriptor | undefined {
  const contents = operation.body?.contents ?? [];
  const asked = new Headers(headerPairs(init.headers)).get("Content-Type");
  return (asked === null ? undefined : selectContent(contents, asked)) ?? contents[0];
}

function headerPairs(given: FetchInit["headers"]): [string, string][] {
  if (given === undefined) return [];
  if (given instanceof Headers) return [...given];
  const pairs: readonly (readonly unknown[])[] = Array.isArray(given) ? given : Object.entries(given);
  return pairs
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [String(name), Array.isArray(value) ? value.join(", ") : String(value)]);
}

/**
 * A client of openapi-fetch whose calls are written as the document says; all else about it stays. `baseUrl` lets operations go
 * to servers of their own, relative to it.
 */
export function wired<Client extends object>(
  client: Client,
  operations: { readonly [name: string]: OperationDescriptor },
  baseUrl?: string,
): Client {
  const byPath = new Map(Object.values(operations).map((one) => [`${one.method} ${one.path}`, one]));
  const write = (method: string, path: string, init: FetchInit = {}): FetchInit => {
    const operation = byPath.get(`${method.toUpperCase()} ${path}`);
    if (operation === undefined) return init;
    const own =
      baseUrl === undefined || operation.servers === undefined
        ? {}
        : { baseUrl: operationUrl(baseUrl, operation, {}) };
    return { ...own, ...init, ...serialize(operation, init) };
  };
  // openapi-fetch's types follow the paths; here its methods are only handed on.
  const calls = client as unknown as { readonly [method: string]: (...call: unknown[]) => unknown };
  const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"].map((method) => [
    method,
    (path: string, init?: FetchInit) => calls[method]?.(path, write(method, path, init)),
  ]);
  const request = (method: string, path: string, init?: FetchInit): unknown =>
    calls["request"]?.(method, path, write(method, path, init));
  return { ...client, ...Object.fromEntries(methods), request };
}
