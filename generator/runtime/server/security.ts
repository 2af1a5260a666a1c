import type { OperationDescriptor } from "../operation.js";
import { challengesOf, type Refusal, scopeChallengesOf } from "./challenges.js";
import { type CredentialsByKind, credentialsOf, type SecuritySchemeDescriptor } from "./credentials.js";
import { Forbidden } from "./failure.js";
import type { Incoming } from "./incoming.js";
import { lazily } from "./lazily.js";

export type { CredentialsByKind, SecuritySchemeDescriptor };

/** What a verifier is asked about. */
export interface SecurityQuestion {
  /** The scopes or roles that the operation needs. */
  readonly scopes: readonly string[];
  readonly operation: OperationDescriptor;
  /** As it came. A verifier that reads its body, as a signature asks for, reads a clone. */
  readonly request: Request;
}

/**
 * Tells who shows these credentials: a principal, which the handlers receive, or `undefined` or `null` for nobody (401). Throws
 * `Forbidden` for somebody who may not do this (403). Whatever else it throws is answered 500, and the handler is not called.
 */
export type Verifier<Kind extends keyof CredentialsByKind, Principal> = (
  question: CredentialsByKind[Kind] & SecurityQuestion,
) => Principal | null | undefined | Promise<Principal | null | undefined>;

/** A scheme with its verifier, whose credentials are those of the scheme. */
export interface Guard {
  readonly scheme: SecuritySchemeDescriptor;
  readonly verify: (question: SecurityQuestion) => unknown;
}

/** The principals by the names of their schemes. */
export type Principals = { readonly [scheme: string]: unknown };

/** Who a request comes from, or why it is refused. */
export type Admission =
  | { readonly admitted: true; readonly security: Principals | undefined }
  | {
      readonly admitted: false;
      readonly status: 401 | 403;
      readonly detail: string;
      /** For `WWW-Authenticate`. */
      readonly challenge: string | undefined;
    };

type Guards = { readonly [scheme: string]: Guard };

const anybody: Admission = { admitted: true, security: undefined };

/**
 * Looks for the first alternative whose schemes are all met (OpenAPI 3.1, §4.8.30). An empty alternative, which lets everybody in,
 * counts last, so that credentials count where there are some. No verifier is asked before all credentials of its alternative are
 * there, and none twice about the same.
 */
export function admit(
  operation: OperationDescriptor,
  guards: Guards,
  incoming: Incoming,
): Admission | Promise<Admission> {
  const alternatives = operation.security ?? [];
  return alternatives.length === 0
    ? anybody
    : ask(alternatives, new Asking(operation, guards, incoming), guards);
}

async function ask(
  alternatives: NonNullable<OperationDescriptor["security"]>,
  asking: Asking,
  guards: Guards,
): Promise<Admission> {
  for (const alternative of alternatives) {
    const security = await asking.meet(alternative);
    if (security !== undefined) return { admitted: true, security };
  }
  return alternatives.some((alternative) => Object.keys(alternative).length === 0)
    ? anybody
    : refusalOf(alternatives, guards, asking);
}

/** The questions about one request, and what was answered. */
class Asking {
  readonly refusals = new Map<string, Refusal>();
  forbidden: Forbidden | undefined;
  private readonly answers = new Map<string, unknown>();
  private readonly operation: OperationDescriptor;
  private readonly guards: Guards;
  private readonly incoming: Incoming;

  constructor(operation: OperationDescriptor, guards: Guards, incoming: Incoming) {
    this.operation = operation;
    this.guards = guards;
    this.incoming = incoming;
  }

  /** The principals of an alternative; `undefined` when it is not met, or asks for nothing. */
  async meet(alternative: { readonly [scheme: string]: readonly string[] }): Promise<Principals | undefined> {
    const needed = Object.entries(alternative).map(([name, scopes]) => {
      const guard = this.guards[name];
      return { name, scopes, guard, credentials: guard && credentialsOf(guard.scheme, this.incoming) };
    });
    if (needed.length === 0 || needed.some(({ credentials }) => credentials === undefined)) return undefined;
    const principals: [string, unknown][] = [];
    for (const { name, scopes, guard, credentials } of needed) {
      if (guard === undefined || credentials === undefined) return undefined;
      const principal = await this.ask(name, scopes, guard, credentials);
      if (principal === undefined || principal === null) return undefined;
      principals.push([name, principal]);
    }
    return Object.fromEntries(principals);
  }

  private async ask(
    name: string,
    scopes: readonly string[],
    { scheme, verify }: Guard,
    credentials: object,
  ): Promise<unknown> {
    const key = JSON.stringify([name, scopes]);
    if (this.answers.has(key)) return this.answers.get(key);
    const { operation, incoming } = this;
    let principal: unknown;
    try {
      principal = await verify(lazily({ ...credentials, scopes, operation }, incoming, "request"));
      // That a request shows no client certificate only its verifier can see.
      if (
        (principal === undefined || principal === null) &&
        scheme.kind !== "none" &&
        !this.refusals.has(name)
      )
        this.refusals.set(name, "rejected");
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error;
      this.forbidden ??= error;
      this.refusals.set(name, "forbidden");
    }
    this.answers.set(key, principal);
    return principal;
  }
}

function refusalOf(
  alternatives: NonNullable<OperationDescriptor["security"]>,
  guards: Guards,
  { forbidden, refusals }: Asking,
): Admission {
  const schemeOf = (name: string): SecuritySchemeDescriptor | undefined => guards[name]?.scheme;
  return forbidden === undefined
    ? {
        admitted: false,
        status: 401,
        detail: refusals.size > 0 ? "The credentials are not valid." : "Credentials are missing.",
        challenge: challengesOf(alternatives, schemeOf, refusals),
      }
    : {
        admitted: false,
        status: 403,
        detail: forbidden.message,
        challenge: scopeChallengesOf(alternatives, schemeOf, refusals),
      };
}
