import type { OperationDescriptor } from "../operation.js";
import type { SecuritySchemeDescriptor } from "./credentials.js";

/** What became of the credentials of a scheme. A scheme that has none of these was not shown, or not asked about. */
export type Refusal = "rejected" | "forbidden";

type Alternatives = NonNullable<OperationDescriptor["security"]>;

/**
 * The challenges of a 401: one for each scheme of each alternative (RFC 9110, §11.6.1). That of a bearer token has the scopes that are
 * needed, and `invalid_token` only where a token was shown (RFC 6750, §3). API keys and client certificates have no registered name.
 */
export function challengesOf(
  alternatives: Alternatives,
  schemeOf: (name: string) => SecuritySchemeDescriptor | undefined,
  refusals: ReadonlyMap<string, Refusal>,
): string {
  const texts = alternatives.flatMap((alternative) =>
    Object.entries(alternative).map(([name, scopes]) => {
      const scheme = schemeOf(name);
      if (scheme?.kind === "basic") return 'Basic realm="api", charset="UTF-8"';
      if (scheme?.kind === "http") return `${scheme.name} realm="api"`;
      if (scheme?.kind === "apiKey") return `ApiKey in="${scheme.in}", name="${quoted(scheme.name)}"`;
      if (scheme?.kind !== "bearer") return 'ClientCertificate realm="api"';
      return bearer(scopes, refusals.has(name) ? "invalid_token" : undefined);
    }),
  );
  return [...new Set(texts)].join(", ");
}

/**
 * The challenges of a 403: `insufficient_scope`, with the scopes that would do, for the bearer tokens that may not do this (RFC 6750,
 * §3.1). Other schemes have no word for it: `undefined`, since other credentials would not help to one who is known.
 */
export function scopeChallengesOf(
  alternatives: Alternatives,
  schemeOf: (name: string) => SecuritySchemeDescriptor | undefined,
  refusals: ReadonlyMap<string, Refusal>,
): string | undefined {
  const texts = alternatives.flatMap((alternative) =>
    Object.entries(alternative).flatMap(([name, scopes]) =>
      schemeOf(name)?.kind === "bearer" && refusals.get(name) === "forbidden"
        ? [bearer(scopes, "insufficient_scope")]
        : [],
    ),
  );
  return texts.length === 0 ? undefined : [...new Set(texts)].join(", ");
}

function bearer(scopes: readonly string[], error: string | undefined): string {
  const scope = scopes.length === 0 ? "" : `, scope="${quoted(scopes.join(" "))}"`;
  return `Bearer realm="api"${scope}${error === undefined ? "" : `, error="${error}"`}`;
}

function quoted(text: string): string {
  return text.replace(/[^\x20-\x7E]/g, "?").replace(/["\\]/g, "\\$&");
}
