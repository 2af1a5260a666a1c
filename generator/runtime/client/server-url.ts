import type { OperationDescriptor, ServerDescriptor } from "../operation.js";

export type { ServerDescriptor };

type Servers = { readonly [key: string]: ServerDescriptor };
type Variables = { readonly [name: string]: string | undefined };

/**
 * The URL of a server: by its key, or a URL of one's own. Variables in it (`{region}`) take the value that is given, or
 * their default (OpenAPI 3.1, §4.8.6).
 */
export function serverUrl(servers: Servers, server: string, variables: Variables = {}): string {
  const known = Object.hasOwn(servers, server) ? servers[server] : undefined;
  if (known === undefined || typeof known === "string") return known ?? server;
  return known.url.replace(
    /\{([^{}]+)\}/g,
    (whole, name: string) => variables[name] ?? known.variables[name] ?? whole,
  );
}

/** What was chosen among the servers of the document. */
export interface ServerChoice {
  /** The key of the server; absent: the default. */
  readonly key?: string | undefined;
  readonly variables?: Variables | undefined;
}

/**
 * The choice among the servers of the document; `undefined` for a URL of one's own, which is then the server of every operation,
 * those with servers of their own included: what a client was made for is the only host that is told credentials.
 */
export function chosenServer(
  servers: Servers,
  server: string | undefined,
  variables?: Variables,
): ServerChoice | undefined {
  return server === undefined || Object.hasOwn(servers, server) ? { key: server, variables } : undefined;
}

/**
 * The base URL of an operation: of its own servers the one of the key that was chosen, or the first; the client's where it has none
 * or none was chosen. A relative one is relative to the client's.
 */
export function operationUrl(
  baseUrl: string,
  { servers }: OperationDescriptor,
  choice: ServerChoice | undefined,
): string {
  const base = absoluteUrl(baseUrl);
  const [first] = Object.keys(servers ?? {});
  if (choice === undefined || servers === undefined || first === undefined) return base;
  const key = choice.key !== undefined && Object.hasOwn(servers, choice.key) ? choice.key : first;
  return absoluteUrl(new URL(serverUrl(servers, key, choice.variables), `${base}/`).href);
}

/** The base URL, absolute and without a slash at its end. Throws an Error when it is relative and there is no page to be relative to. */
export function absoluteUrl(baseUrl: string): string {
  const page = pageUrl();
  const url = URL.canParse(baseUrl, page) ? new URL(baseUrl, page) : undefined;
  // `localhost:8000` parses as a URL of the scheme `localhost`, which nobody means.
  if (!url || !/^https?:/.test(url.protocol))
    throw new Error(`The server URL ${JSON.stringify(baseUrl)} is not absolute.`);
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

/** The address of the page that this runs in; `undefined` outside of browsers. */
export function pageUrl(): string | undefined {
  return globalThis.location?.href;
}
