import type { OperationDescriptor } from "../operation.js";

/** A user and a password, for the HTTP scheme `basic` (RFC 7617). */
export interface BasicCredential {
  readonly username: string;
  readonly password: string;
}

/** A token or key, or a function that gives it, asked before each request. `undefined`: there is none. */
export type Token = string | (() => string | undefined | Promise<string | undefined>);

/** A Token, or a user and a password, or a function that gives one of them. */
export type Credential = Secret | (() => Secret | undefined | Promise<Secret | undefined>);
type Secret = string | BasicCredential;

/** How a security scheme is sent. OAuth 2 and OpenID Connect are `bearer`; what `http` sends begins with the scheme's name. */
export type SecuritySchemeDescriptor =
  | { readonly kind: "bearer" | "basic" | "none" }
  | { readonly kind: "http"; readonly name: string }
  | { readonly kind: "apiKey"; readonly in: "query" | "header" | "cookie"; readonly name: string };

/** What authentication adds to a request. */
export interface Authentication {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly cookies: readonly (readonly [name: string, value: string])[];
}

interface Known {
  readonly auth?: { readonly [scheme: string]: Credential | undefined } | undefined;
  readonly securitySchemes?: { readonly [scheme: string]: SecuritySchemeDescriptor } | undefined;
}

/**
 * The credentials for an operation: those of its first alternative for which all are known (OpenAPI 3.1, §4.8.30). Nothing
 * for an operation without security, and nothing when no alternative is complete: the server will say so.
 */
export async function authenticate(operation: OperationDescriptor, known: Known): Promise<Authentication> {
  for (const alternative of operation.security ?? []) {
    const schemes = Object.keys(alternative);
    if (schemes.length === 0) continue;
    const parts = await Promise.all(
      schemes.map((scheme) => send(known.securitySchemes?.[scheme], known.auth?.[scheme])),
    );
    const complete = parts.filter((part) => part !== undefined);
    if (complete.length < parts.length) continue;
    return {
      headers: complete.flatMap((part) => part.headers),
      query: complete.flatMap((part) => part.query),
      cookies: complete.flatMap((part) => part.cookies),
    };
  }
  return nothing;
}

const nothing: Authentication = { headers: [], query: [], cookies: [] };

async function send(
  scheme: SecuritySchemeDescriptor | undefined,
  credential: Credential | undefined,
): Promise<Authentication | undefined> {
  if (scheme === undefined) return undefined;
  // Mutual TLS is met below HTTP, or not at all.
  if (scheme.kind === "none") return nothing;
  const secret = typeof credential === "function" ? await credential() : credential;
  if (secret === undefined) return undefined;
  switch (scheme.kind) {
    case "bearer":
      return authorization("Bearer", secret);
    case "basic":
      return authorization(
        "Basic",
        typeof secret === "string" ? secret : base64(`${secret.username}:${secret.password}`),
      );
    case "http":
      return authorization(scheme.name, secret);
    case "apiKey": {
      const pair = [scheme.name, textOf(secret)] as const;
      if (scheme.in === "header") return { ...nothing, headers: [pair] };
      return scheme.in === "query" ? { ...nothing, query: [pair] } : { ...nothing, cookies: [pair] };
    }
  }
}

function authorization(name: string, secret: Secret): Authentication {
  return { ...nothing, headers: [["Authorization", `${name} ${textOf(secret)}`]] };
}

function textOf(secret: Secret): string {
  return typeof secret === "string" ? secret : base64(`${secret.username}:${secret.password}`);
}

// RFC 7617, §2.1: the octets of UTF-8; `btoa` takes Latin-1 alone.
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
