import type { TokenContext } from "./auth.js";
import { raceSignal } from "./wait.js";

/** A function that gives a token: a credential of a scheme that sends tokens. */
export type TokenSource = (context?: TokenContext) => Promise<string>;

/** What an authorization server gave (RFC 6749, §5.1). */
export interface OAuthTokens {
  readonly accessToken: string;
  /** When the access token ends, in milliseconds since 1970. `undefined`: it is used until it is refused. */
  readonly expiresAt: number | undefined;
  /** `undefined`: the one before stays. */
  readonly refreshToken: string | undefined;
  /** The scopes that were granted, where they are not those that were asked for. */
  readonly scopes: readonly string[] | undefined;
}

/** Whom tokens are asked of, and how. */
export interface TokenServer {
  /** The token endpoint, absolute. Nothing is sent elsewhere: a redirect is an error. */
  readonly tokenUrl: string;
  readonly clientId: string;
  /** How the client says who it is (RFC 6749, §2.3.1): by HTTP Basic, or in the form. Default: `basic`. */
  readonly clientAuthentication?: "basic" | "body" | undefined;
  /** The scopes to ask for. Default: those that the server has in mind. */
  readonly scopes?: readonly string[] | undefined;
  /** More members of the form, such as `audience` or `resource` (RFC 8707). */
  readonly parameters?: { readonly [name: string]: string } | undefined;
  /** Milliseconds before its end that a token is not used any more; half of its time at most. Default: 30000. */
  readonly expiryMargin?: number | undefined;
  /** Milliseconds for a token request, its body included. Default: 30000. */
  readonly timeout?: number | undefined;
  /** Default: `globalThis.fetch`, looked up at each request. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** The time, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

export interface ClientCredentialsOptions extends TokenServer {
  readonly clientSecret: string;
}

export interface RefreshingOptions extends TokenServer {
  /** Absent for a public client, which then only names itself. */
  readonly clientSecret?: string | undefined;
  readonly refreshToken: string;
  /** The access token that there is already, and its end in milliseconds since 1970. */
  readonly accessToken?: string | undefined;
  readonly expiresAt?: number | undefined;
  /**
   * Told of all tokens that come, before they are used: the place to keep a new refresh token, since the old one may be worth nothing
   * any more. What it throws, those throw who wait for the token.
   */
  readonly onTokens?: ((tokens: OAuthTokens) => void | Promise<void>) | undefined;
}

/** No token came: the authorization server refused, or its answer is none. No secret is in it. */
export class OAuthError extends Error {
  /** The code of the refusal, such as `invalid_client` (RFC 6749, §5.2). */
  readonly error: string | undefined;
  readonly description: string | undefined;
  /** Of the answer, if one came. */
  readonly status: number | undefined;

  override get name(): string {
    return "OAuthError";
  }

  constructor(
    message: string,
    told: Pick<Partial<OAuthError>, "error" | "description" | "status" | "cause"> = {},
  ) {
    super(message, told.cause === undefined ? {} : { cause: told.cause });
    this.error = told.error;
    this.description = told.description;
    this.status = told.status;
  }
}

/**
 * Tokens by the client credentials grant (RFC 6749, §4.4): asked for when the first is needed, kept until shortly before they end or
 * are refused, one request at a time. Whoever is aborted stops waiting; the request goes on for the others. They throw an OAuthError.
 * Throws a TypeError when `tokenUrl` is not absolute.
 */
export function clientCredentials(options: ClientCredentialsOptions): TokenSource {
  return tokenSource(options, undefined, async (keep) => {
    keep(await requestTokens(options, { grant_type: "client_credentials" }));
  });
}

/**
 * Tokens by a refresh token (RFC 6749, §6), which came with the consent of a user before. A new refresh token takes the place of the
 * old one. Otherwise as `clientCredentials`.
 */
export function refreshing(options: RefreshingOptions): TokenSource {
  const { accessToken, expiresAt, expiryMargin = margin, onTokens } = options;
  let { refreshToken } = options;
  const first =
    accessToken === undefined
      ? undefined
      : { accessToken, usedUntil: (expiresAt ?? Infinity) - expiryMargin };
  return tokenSource(options, first, async (keep) => {
    const form = { grant_type: "refresh_token", refresh_token: refreshToken };
    const { usedUntil, ...tokens } = await requestTokens(options, form);
    refreshToken = tokens.refreshToken ?? refreshToken;
    // The old refresh token may be worth nothing now: what has come is kept, whatever becomes of telling it.
    keep({ accessToken: tokens.accessToken, usedUntil });
    await onTokens?.(tokens);
  });
}

const margin = 30_000;

/** An access token, and when to ask for another. */
interface Kept {
  readonly accessToken: string;
  readonly usedUntil: number;
}

function tokenSource(
  { tokenUrl, now = Date.now }: TokenServer,
  first: Kept | undefined,
  ask: (keep: (token: Kept) => void) => Promise<void>,
): TokenSource {
  if (!URL.canParse(tokenUrl))
    throw new TypeError(`The token URL ${JSON.stringify(tokenUrl)} is not absolute.`);
  let current = first;
  let flight: Promise<string> | undefined;
  const request = async (): Promise<string> => {
    try {
      let token = "";
      await ask((kept) => {
        current = kept;
        token = kept.accessToken;
      });
      return token;
    } finally {
      flight = undefined;
    }
  };
  return async ({ rejected, signal } = {}) => {
    if (current?.accessToken === rejected) current = undefined;
    if (current !== undefined && now() < current.usedUntil) return current.accessToken;
    flight ??= request();
    return signal === undefined ? flight : raceSignal(signal, flight);
  };
}

type Grant = { readonly grant_type: string; readonly refresh_token?: string };

async function requestTokens(
  server: TokenServer & { readonly clientSecret?: string | undefined },
  grant: Grant,
): Promise<OAuthTokens & Kept> {
  const { tokenUrl, clientId, clientSecret, scopes, timeout = margin, fetch = globalThis.fetch } = server;
  const inBody = server.clientAuthentication === "body" || clientSecret === undefined;
  const form = new URLSearchParams({
    ...server.parameters,
    ...grant,
    ...(scopes === undefined ? {} : { scope: scopes.join(" ") }),
    ...(inBody ? { client_id: clientId } : {}),
    ...(inBody && clientSecret !== undefined ? { client_secret: clientSecret } : {}),
  });
  const login = btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret ?? "")}`);
  const failed = (what: string, told?: ConstructorParameters<typeof OAuthError>[1]): OAuthError => {
    const { origin, pathname } = new URL(tokenUrl);
    return new OAuthError(`The token endpoint ${origin}${pathname} ${what}`, told);
  };
  let response: Response;
  let text: string;
  try {
    response = await fetch(tokenUrl, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        ...(inBody ? {} : { Authorization: `Basic ${login}` }),
      },
      body: form.toString(),
      // Wherever it leads, the secret is not for there.
      redirect: "manual",
      signal: AbortSignal.timeout(Math.min(timeout, 2 ** 31 - 1)),
    });
    text = await response.text();
  } catch (cause) {
    throw failed(`gave no answer: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const { status, type } = response;
  if (type === "opaqueredirect" || (status >= 300 && status < 400))
    throw failed("redirects, and is not followed.", { status });
  const answer = membersOf(text);
  const { access_token: accessToken, token_type: kind } = answer;
  if (!response.ok || typeof accessToken !== "string" || accessToken === "") {
    // A server may tell what it was told.
    const secrets = [clientSecret, grant.refresh_token].flatMap((secret) =>
      secret ? [secret, formEncoded(secret)] : [],
    );
    const shown = (value: unknown): string | undefined =>
      typeof value === "string" && value !== ""
        ? [...secrets, login].reduce((words, secret) => words.replaceAll(secret, "***"), value).slice(0, 300)
        : undefined;
    const told = { error: shown(answer["error"]), description: shown(answer["error_description"]), status };
    const words = [told.error, told.description].filter((word) => word !== undefined);
    throw failed(
      `answered ${status}${words.length === 0 ? " without a token." : `: ${words.join(": ")}`}`,
      told,
    );
  }
  if (typeof kind === "string" && kind.toLowerCase() !== "bearer")
    throw failed(
      `gave a token of the type ${JSON.stringify(kind.slice(0, 50))}; only "Bearer" can be sent.`,
      { status },
    );
  return { accessToken, ...endOf(answer["expires_in"], server), ...grantedBy(answer) };
}

function endOf(
  expiresIn: unknown,
  { expiryMargin = margin, now = Date.now }: TokenServer,
): Pick<OAuthTokens & Kept, "expiresAt" | "usedUntil"> {
  const time = expiresIn === undefined || expiresIn === null ? NaN : Number(expiresIn) * 1000;
  if (!(time >= 0)) return { expiresAt: undefined, usedUntil: Infinity };
  const expiresAt = now() + time;
  return { expiresAt, usedUntil: expiresAt - Math.min(expiryMargin, time / 2) };
}

function grantedBy({ refresh_token: token, scope }: Members): Pick<OAuthTokens, "refreshToken" | "scopes"> {
  return {
    refreshToken: typeof token === "string" && token !== "" ? token : undefined,
    scopes: typeof scope === "string" ? scope.split(" ").filter((one) => one !== "") : undefined,
  };
}

type Members = { readonly [name: string]: unknown };

function membersOf(text: string): Members {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

// `application/x-www-form-urlencoded`, as RFC 6749, §2.3.1 demands it for Basic.
function formEncoded(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1);
}
