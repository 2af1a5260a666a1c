import type { OperationDescriptor } from "../operation.js";
import { splitPair } from "../wire/decode-styled.js";
import { formDecode, percentDecode } from "../wire/percent.js";
import { Forbidden } from "./failure.js";

/** Where the credentials of a scheme are. OAuth 2 and OpenID Connect are `bearer`; mutual TLS is `none`, since HTTP does not see it. */
export type SecuritySchemeDescriptor =
  | { readonly kind: "bearer" | "basic" | "none" }
  | { readonly kind: "http"; readonly name: string }
  | { readonly kind: "apiKey"; readonly in: "query" | "header" | "cookie"; readonly name: string };

/** What a request shows for a scheme, by the kind of the scheme. */
export interface CredentialsByKind {
  bearer: { readonly token: string };
  basic: { readonly username: string; readonly password: string };
  apiKey: { readonly apiKey: string };
  /** What follows the name of the scheme in `Authorization`. */
  http: { readonly credentials: string };
  none: object;
}

/** What a security handler is asked about. */
export interface SecurityQuestion {
  /** The scopes or roles that the operation needs. */
  readonly scopes: readonly string[];
  readonly operation: OperationDescriptor;
  readonly request: Request;
}

/**
 * Tells who shows these credentials: a principal, which the handlers receive, or `undefined` or `null` for nobody (401). Throws
 * `Forbidden` for somebody who may not do this (403).
 */
export type SecurityHandler<Kind extends keyof CredentialsByKind, Principal> = (
  question: CredentialsByKind[Kind] & SecurityQuestion,
) => Principal | null | undefined | Promise<Principal | null | undefined>;

/** A scheme with its handler, whose credentials are those of the scheme. */
export interface Guard {
  readonly scheme: SecuritySchemeDescriptor;
  readonly handler: (question: SecurityQuestion) => unknown;
}

/** Who a request comes from, or why it is refused. */
export type Admission =
  | { readonly admitted: true; readonly principals: { readonly [scheme: string]: unknown } }
  | {
      readonly admitted: false;
      readonly status: 401 | 403;
      readonly detail: string;
      readonly challenge: string;
    };

/**
 * Looks for the first alternative whose schemes are all met (OpenAPI 3.1, §4.8.30). An empty alternative, which lets everybody in,
 * is tried last, so that credentials count where there are some.
 */
export async function admit(
  operation: OperationDescriptor,
  guards: { readonly [scheme: string]: Guard },
  request: Request,
): Promise<Admission> {
  const alternatives = [...(operation.security ?? [])].sort(
    (one, other) => Math.min(1, Object.keys(other).length) - Math.min(1, Object.keys(one).length),
  );
  if (alternatives.length === 0) return { admitted: true, principals: {} };
  let forbidden: Forbidden | undefined;
  let shown = false;
  for (const alternative of alternatives) {
    const questions = Object.entries(alternative).map(([scheme, scopes]) => ({
      scheme,
      scopes,
      ...asked(guards[scheme], request),
    }));
    if (questions.some(({ credentials }) => credentials === undefined)) continue;
    shown ||= questions.length > 0;
    try {
      const principals: [string, unknown][] = [];
      for (const { scheme, scopes, credentials, handler } of questions) {
        const principal: unknown = await handler?.({ ...credentials, scopes, operation, request });
        if (principal === undefined || principal === null) break;
        principals.push([scheme, principal]);
      }
      if (principals.length === questions.length)
        return { admitted: true, principals: Object.fromEntries(principals) };
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error;
      forbidden ??= error;
    }
  }
  const refusal = forbidden !== undefined ? "insufficient_scope" : shown ? "invalid_token" : undefined;
  return {
    admitted: false,
    status: forbidden === undefined ? 401 : 403,
    detail: forbidden?.message ?? (shown ? "The credentials are not valid." : "Credentials are missing."),
    challenge: challenges(alternatives, guards, refusal),
  };
}

function asked(
  guard: Guard | undefined,
  request: Request,
): { readonly credentials?: object; readonly handler?: Guard["handler"] } {
  const credentials = guard === undefined ? undefined : credentialsOf(guard.scheme, request);
  return guard === undefined || credentials === undefined ? {} : { credentials, handler: guard.handler };
}

/** The credentials that a request shows for a scheme; `undefined` when it shows none. */
function credentialsOf(scheme: SecuritySchemeDescriptor, request: Request): object | undefined {
  switch (scheme.kind) {
    case "none":
      return {};
    case "bearer": {
      const token = authorization(request, "bearer");
      return token === undefined ? undefined : { token };
    }
    case "basic":
      return basicCredentials(authorization(request, "basic"));
    case "http": {
      const credentials = authorization(request, scheme.name);
      return credentials === undefined ? undefined : { credentials };
    }
    case "apiKey": {
      const apiKey = keyOf(scheme, request);
      return apiKey === undefined ? undefined : { apiKey };
    }
  }
}

// RFC 9110, §11.4: the name of an authentication scheme is matched without regard to case.
function authorization(request: Request, scheme: string): string | undefined {
  const [, name, credentials] =
    /^(\S+) +(.+)$/.exec(request.headers.get("authorization")?.trim() ?? "") ?? [];
  return name?.toLowerCase() === scheme.toLowerCase() ? credentials : undefined;
}

// RFC 7617, §2: the octets of UTF-8; the first colon separates.
function basicCredentials(encoded: string | undefined): CredentialsByKind["basic"] | undefined {
  if (encoded === undefined) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)),
    );
    const colon = text.indexOf(":");
    return colon === -1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
  } catch {
    return undefined;
  }
}

function keyOf(
  scheme: Extract<SecuritySchemeDescriptor, { kind: "apiKey" }>,
  request: Request,
): string | undefined {
  if (scheme.in === "header") return request.headers.get(scheme.name) ?? undefined;
  const [text, separator, decode] =
    scheme.in === "query"
      ? ([new URL(request.url).search.slice(1), "&", formDecode] as const)
      : ([request.headers.get("cookie") ?? "", ";", percentDecode] as const);
  for (const part of text.split(separator)) {
    const [name, raw] = splitPair(part.trim());
    if (decode(name) === scheme.name) return decode(raw) ?? raw;
  }
  return undefined;
}

// RFC 9110, §11.6.1 asks for a challenge in every 401; RFC 6750, §3 for the error of a bearer token.
function challenges(
  alternatives: NonNullable<OperationDescriptor["security"]>,
  guards: { readonly [scheme: string]: Guard },
  refusal: "insufficient_scope" | "invalid_token" | undefined,
): string {
  const texts = alternatives.flatMap((alternative) =>
    Object.entries(alternative).map(([key, scopes]) => {
      const scheme = guards[key]?.scheme;
      if (scheme?.kind === "basic") return 'Basic realm="api", charset="UTF-8"';
      if (scheme?.kind === "http") return `${scheme.name} realm="api"`;
      if (scheme?.kind === "apiKey") return `ApiKey in="${scheme.in}", name="${quoted(scheme.name)}"`;
      const scope = scopes.length === 0 ? "" : `, scope="${quoted(scopes.join(" "))}"`;
      return scheme?.kind === "bearer"
        ? `Bearer realm="api"${scope}${refusal === undefined ? "" : `, error="${refusal}"`}`
        : "Mutual";
    }),
  );
  return [...new Set(texts)].join(", ");
}

function quoted(text: string): string {
  return text.replace(/[^\x20-\x7E]/g, "?").replace(/["\\]/g, "\\$&");
}
