/** A server of the document: its URL, with the defaults of the variables in it. */
export type ServerDescriptor =
  string | { readonly url: string; readonly variables: { readonly [name: string]: string } };

/**
 * The URL of a server: by its key, or a URL of one's own. Variables in it (`{region}`) take the value that is given, or
 * their default (OpenAPI 3.1, §4.8.6).
 */
export function serverUrl(
  servers: { readonly [key: string]: ServerDescriptor },
  server: string,
  variables: { readonly [name: string]: string | undefined } = {},
): string {
  const known = Object.hasOwn(servers, server) ? servers[server] : undefined;
  if (known === undefined || typeof known === "string") return known ?? server;
  return known.url.replace(
    /\{([^{}]+)\}/g,
    (whole, name: string) => variables[name] ?? known.variables[name] ?? whole,
  );
}

/** The base URL, absolute and without a slash at its end. Throws an Error when it is relative and there is no page to be relative to. */
export function absoluteUrl(baseUrl: string): string {
  const url = parse(baseUrl) ?? parse(baseUrl, pageUrl());
  if (url === undefined) {
    throw new globalThis.Error(
      `The server URL ${JSON.stringify(baseUrl)} is not absolute, and there is no page that it could be relative to; give one such as "https://example.com/api".`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

// `localhost:8000` parses as a URL of the scheme `localhost`, which nobody means.
function parse(text: string, base?: string): URL | undefined {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : undefined;
}

function pageUrl(): string | undefined {
  const page: unknown = "location" in globalThis ? globalThis.location?.href : undefined;
  return typeof page === "string" ? page : undefined;
}
