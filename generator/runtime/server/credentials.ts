import { splitPair } from "../wire/decode-styled.js";
import { formDecode, percentDecode } from "../wire/percent.js";
import type { Incoming } from "./incoming.js";

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

/** The credentials that a request shows for a scheme; `undefined` when it shows none. */
export function credentialsOf(scheme: SecuritySchemeDescriptor, incoming: Incoming): object | undefined {
  switch (scheme.kind) {
    case "none":
      return {};
    case "bearer": {
      const token = authorization(incoming, "bearer");
      return token === undefined ? undefined : { token };
    }
    case "basic":
      return basicCredentials(authorization(incoming, "basic"));
    case "http": {
      const credentials = authorization(incoming, scheme.name);
      return credentials === undefined ? undefined : { credentials };
    }
    case "apiKey": {
      const apiKey = keyOf(scheme, incoming);
      return apiKey === undefined ? undefined : { apiKey };
    }
  }
}

// RFC 9110, §11.4: the name of an authentication scheme is matched without regard to case.
function authorization(incoming: Incoming, scheme: string): string | undefined {
  const [, name, credentials] = /^(\S+) +(.+)$/.exec(incoming.header("authorization")?.trim() ?? "") ?? [];
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
  incoming: Incoming,
): string | undefined {
  if (scheme.in === "header") return incoming.header(scheme.name) ?? undefined;
  const [text, separator, decode] =
    scheme.in === "query"
      ? ([incoming.search.slice(1), "&", formDecode] as const)
      : ([incoming.header("cookie") ?? "", ";", percentDecode] as const);
  for (const part of text.split(separator)) {
    const [name, raw] = splitPair(part.trim());
    if (decode(name) === scheme.name) return decode(raw) ?? raw;
  }
  return undefined;
}
