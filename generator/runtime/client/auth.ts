import type { OperationDescriptor } from "../operation.js";
import { EncodeError } from "../wire/errors.js";

/** A user and a password, for the HTTP scheme `basic` (RFC 7617). */
export interface BasicCredential {
  /** Without a colon. */
  readonly username: string;
  readonly password: string;
}

/** What a function that gives a credential is told. */
export interface TokenContext {
  /** What it gave before, and the server has refused with 401: something else is wanted. Absent at first. */
  readonly rejected?: string | undefined;
  /** Aborted when nobody waits any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A token or key, or a function that gives it: asked before each request, and once more when the server has refused what it gave with
 * 401; the request is then sent once more, if it gives another. `undefined` and the empty string: there is none.
 */
export type Token = string | ((context: TokenContext) => string | undefined | Promise<string | undefined>);

/** A user and a password, or a function that gives them, asked as that of a Token is. `undefined`: there are none. */
export type BasicLogin =
  | BasicCredential
  | ((context: TokenContext) => BasicCredential | undefined | Promise<BasicCredential | undefined>);

/** What a security scheme is given: a BasicLogin for `basic`, a Token for all others. */
export type Credential = Token | BasicLogin;

/** How a security scheme is sent. OAuth 2 and OpenID Connect are `bearer`; what `http` sends begins with the scheme's name. */
export type SecuritySchemeDescriptor =
  | { readonly kind: "bearer" | "basic" | "none" }
  | { readonly kind: "http"; readonly name: string }
  | { readonly kind: "apiKey"; readonly in: "query" | "header" | "cookie"; readonly name: string };

type Pairs = readonly (readonly [name: string, value: string])[];

/** What authentication adds to a request. */
export interface Authentication {
  readonly headers: Pairs;
  readonly query: Pairs;
  readonly cookies: Pairs;
  /** What functions gave, by their schemes. */
  readonly given: { readonly [scheme: string]: string };
}

/** What is known of credentials: those of a client, by the keys of their schemes. */
export interface Known {
  readonly auth?: { readonly [scheme: string]: Credential | undefined } | undefined;
  readonly securitySchemes?: { readonly [scheme: string]: SecuritySchemeDescriptor } | undefined;
}

/**
 * The credentials for an operation: those of its first alternative for which all are known (OpenAPI 3.1, §4.8.30). Nothing
 * for an operation without security, and nothing when no alternative is complete: the server will say so. `rejected` are those that
 * the server has refused.
 */
export function authenticate(
  operation: Secured,
  known: Known,
  signal?: AbortSignal,
  rejected?: Authentication,
): Promise<Authentication> {
  return chosen({ operation, known, signal, rejected, textOf: userAndPassword });
}

/** The same where no scheme is `basic`. */
export function authenticateByToken(
  operation: Secured,
  known: Known,
  signal?: AbortSignal,
  rejected?: Authentication,
): Promise<Authentication> {
  return chosen({ operation, known, signal, rejected, textOf: String });
}

/** A query with the credentials that go there. */
export function addKeys(query: string, authentication: Authentication | undefined): string {
  const given = new URLSearchParams(query);
  let written = query;
  for (const [name, value] of authentication?.query ?? []) {
    // A parameter may be the key: then it is sent once.
    if (!given.has(name))
      written += `${written && "&"}${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  }
  return written;
}

type Secured = Pick<OperationDescriptor, "security">;

interface Asked {
  readonly operation: Secured;
  readonly known: Known;
  readonly signal: AbortSignal | undefined;
  readonly rejected: Authentication | undefined;
  readonly textOf: (credential: BasicCredential) => string;
}

async function chosen(asked: Asked): Promise<Authentication> {
  const { security = [] } = asked.operation;
  for (const alternative of security) {
    const parts = await Promise.all(Object.keys(alternative).map((scheme) => part(scheme, asked)));
    const complete = parts.filter((one) => one !== undefined);
    // What asks for nothing, or for a certificate alone, is complete without us: another may have more to show.
    if (complete.length < parts.length || complete.every((one) => one === nothing)) continue;
    return {
      headers: complete.flatMap((one) => one.headers),
      query: complete.flatMap((one) => one.query),
      cookies: complete.flatMap((one) => one.cookies),
      given: Object.assign({}, ...complete.map((one) => one.given)),
    };
  }
  return nothing;
}

const nothing: Authentication = { headers: [], query: [], cookies: [], given: {} };

async function part(
  key: string,
  { known: { auth = {}, securitySchemes = {} }, signal, rejected, textOf }: Asked,
): Promise<Authentication | undefined> {
  const scheme = securitySchemes[key];
  const credential = auth[key];
  if (scheme === undefined) return undefined;
  // Mutual TLS is met below HTTP, or not at all.
  if (scheme.kind === "none") return nothing;
  const isFunction = typeof credential === "function";
  const secret = isFunction ? await credential({ rejected: rejected?.given[key], signal }) : credential;
  if (!secret) return undefined;
  const text = typeof secret === "string" ? secret : textOf(secret);
  const own = { ...nothing, given: isFunction ? { [key]: text } : {} };
  if (scheme.kind === "apiKey") {
    const pairs: Pairs = [[scheme.name, text]];
    return {
      ...own,
      [scheme.in === "header" ? "headers" : scheme.in === "query" ? "query" : "cookies"]: pairs,
    };
  }
  const name = scheme.kind === "http" ? scheme.name : scheme.kind === "basic" ? "Basic" : "Bearer";
  return { ...own, headers: [["Authorization", `${name} ${text}`]] };
}

// RFC 7617, §2: the first colon ends the user; §2.1: the octets of UTF-8. `btoa` takes Latin-1 alone.
function userAndPassword({ username, password }: BasicCredential): string {
  if (username.includes(":")) {
    throw new EncodeError(
      "A user with a colon in its name cannot be sent: the colon is where the password begins.",
      {
        in: "header",
        name: "Authorization",
      },
    );
  }
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)));
}
