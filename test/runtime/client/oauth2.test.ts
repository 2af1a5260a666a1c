import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { CoreConfig } from "../../../generator/runtime/client/options.ts";
import {
  clientCredentials,
  refreshing,
  type ClientCredentialsOptions,
  type OAuthTokens,
  type TokenSource,
} from "../../../generator/runtime/client/oauth2.ts";
import { withRetries } from "../../../generator/runtime/client/retry.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { json, serve, type Loopback, type Received } from "./server.ts";

/** A token endpoint that gives `t1`, `t2` and so on, each for a minute, unless it is told what to answer. */
function tokenServer(answer?: (count: number) => (response: ServerResponse) => void): Promise<Loopback> {
  let count = 0;
  return serve((response) => {
    count += 1;
    (answer?.(count) ?? json(200, { access_token: `t${count}`, token_type: "Bearer", expires_in: 60 }))(response);
  });
}

/** A clock that stands until it is moved. */
function clock(): { readonly now: () => number; readonly pass: (milliseconds: number) => void } {
  let time = 1_800_000_000_000;
  return { now: () => time, pass: (milliseconds) => void (time += milliseconds) };
}

const client = { clientId: "it's:me", clientSecret: "s3cret /+ö" };
const tokenOf = (url: string, more: Partial<ClientCredentialsOptions> = {}): TokenSource =>
  clientCredentials({ tokenUrl: `${url}/token`, ...client, ...more });

const formOf = ({ body }: Received): object => Object.fromEntries(new URLSearchParams(body));

describe("A token request", () => {
  test("names the client by Basic, both of its parts form-encoded (RFC 6749, §2.3.1)", async () => {
    const { url, received } = await tokenServer();
    expect(await tokenOf(url, { scopes: ["a:read", "b"], parameters: { audience: "https://x" } })()).toBe("t1");
    const [request] = received;
    expect(request).toMatchObject({ method: "POST", url: "/token" });
    expect(request?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from("it%27s%3Ame:s3cret+%2F%2B%C3%B6").toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    });
    expect(received.map(formOf)).toEqual([{ grant_type: "client_credentials", scope: "a:read b", audience: "https://x" }]);
  });

  test("names it in the form where that is wanted, or where there is no secret", async () => {
    const { url, received } = await tokenServer();
    await tokenOf(url, { clientAuthentication: "body" })();
    await refreshing({ tokenUrl: url, clientId: "public", refreshToken: "r1" })();
    expect(received.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    expect(received.map(formOf)).toEqual([
      { grant_type: "client_credentials", client_id: client.clientId, client_secret: client.clientSecret },
      { grant_type: "refresh_token", refresh_token: "r1", client_id: "public" },
    ]);
  });

  test("is for the endpoint alone: a redirect is an error", async () => {
    const other = await serve(json(200, { access_token: "evil" }));
    const { url } = await serve((response) => response.writeHead(307, { Location: other.url }).end());
    await expect(tokenOf(url)()).rejects.toMatchObject({
      name: "OAuthError",
      message: `The token endpoint ${url}/token redirects, and is not followed.`,
      status: 307,
    });
    expect(other.received).toEqual([]);
    expect(() => tokenOf("/relative")).toThrow('The token URL "/relative/token" is not absolute.');
  });
});

describe("A token", () => {
  test("is kept until shortly before its end", async () => {
    const { url, received } = await tokenServer();
    const { now, pass } = clock();
    const token = tokenOf(url, { now, expiryMargin: 10_000 });
    expect([await token(), await token()]).toEqual(["t1", "t1"]);
    pass(49_999);
    expect(await token()).toBe("t1");
    pass(1);
    expect([await token(), received.length]).toEqual(["t2", 2]);
  });

  test("of a short life is used for half of it", async () => {
    const { url } = await tokenServer((count) => json(200, { access_token: `t${count}`, expires_in: "10" }));
    const { now, pass } = clock();
    const token = tokenOf(url, { now });
    await token();
    pass(4_999);
    expect(await token()).toBe("t1");
    pass(1);
    expect(await token()).toBe("t2");
  });

  test("whose end is not told is used until it is refused", async () => {
    const { url, received } = await tokenServer((count) => json(200, { access_token: `t${count}`, token_type: "bearer" }));
    const { now, pass } = clock();
    const token = tokenOf(url, { now });
    await token();
    pass(1e12);
    expect([await token(), received.length]).toEqual(["t1", 1]);
    expect(await token({ rejected: "t1" })).toBe("t2");
    // Who comes late with the old one gets the new one.
    expect([await token({ rejected: "t1" }), received.length]).toEqual(["t2", 2]);
  });

  test("is asked for once, however many wait for it, and they fail together", async () => {
    const { url, received } = await tokenServer((count) =>
      count === 1 ? json(503, {}) : json(200, { access_token: `t${count}` }),
    );
    const token = tokenOf(url);
    const failed = await Promise.allSettled([token(), token(), token()]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(received).toHaveLength(1);
    expect(await Promise.all([token(), token(), token()])).toEqual(["t2", "t2", "t2"]);
    expect(received).toHaveLength(2);
  });

  test("that one does not wait for any more comes to the others", async () => {
    const waiting: (() => void)[] = [];
    const { url, received } = await tokenServer(() => (response) => {
      waiting.push(() => json(200, { access_token: "t" })(response));
    });
    const token = tokenOf(url);
    const controller = new AbortController();
    const impatient = token({ signal: controller.signal });
    const patient = token({ signal: new AbortController().signal });
    await expect.poll(() => waiting.length).toBe(1);
    controller.abort(new Error("no more"));
    await expect(impatient).rejects.toThrow("no more");
    waiting[0]?.();
    expect(await patient).toBe("t");
    expect([await token(), received.length]).toEqual(["t", 1]);
  });
});

describe("A refresh token", () => {
  test("is replaced by the one that comes, which is told before it is needed", async () => {
    const { url, received } = await tokenServer((count) =>
      json(200, { access_token: `t${count}`, expires_in: 60, scope: "a b", ...(count === 1 ? { refresh_token: "r2" } : {}) }),
    );
    const { now, pass } = clock();
    const told: OAuthTokens[] = [];
    const token = refreshing({
      tokenUrl: url,
      ...client,
      refreshToken: "r1",
      accessToken: "t0",
      expiresAt: now() + 40_000,
      now,
      onTokens: async (tokens) => void told.push(tokens),
    });
    expect([await token(), received.length]).toEqual(["t0", 0]);
    pass(10_000);
    expect(await token()).toBe("t1");
    pass(60_000);
    expect(await token()).toBe("t2");
    expect(received.map((request) => new URLSearchParams(request.body).get("refresh_token"))).toEqual(["r1", "r2"]);
    expect(told).toEqual([
      { accessToken: "t1", expiresAt: now(), refreshToken: "r2", scopes: ["a", "b"] },
      { accessToken: "t2", expiresAt: now() + 60_000, refreshToken: undefined, scopes: ["a", "b"] },
    ]);
  });

  test("is not lost when it cannot be kept", async () => {
    const { url, received } = await tokenServer((count) =>
      json(200, { access_token: `t${count}`, refresh_token: `r${count + 1}` }),
    );
    const onTokens = (): never => {
      throw new Error("The disk is full.");
    };
    const token = refreshing({ tokenUrl: url, ...client, refreshToken: "r1", onTokens });
    await expect(token()).rejects.toThrow("The disk is full.");
    expect(await token()).toBe("t1");
    await expect(token({ rejected: "t1" })).rejects.toThrow("The disk is full.");
    expect(received.map((request) => new URLSearchParams(request.body).get("refresh_token"))).toEqual(["r1", "r2"]);
  });
});

describe("A refusal", () => {
  async function refused(answer: (response: ServerResponse) => void, source?: (url: string) => TokenSource): Promise<unknown> {
    const { url } = await serve(answer);
    return (source ?? tokenOf)(url)().then(
      () => expect.fail("nothing was thrown"),
      (error: unknown) => error,
    );
  }

  test("tells its code and the words of the server, and no secret", async () => {
    const words = `No client with ${client.clientSecret} or ${new URLSearchParams([["", client.clientSecret]]).toString().slice(1)}`;
    const error = await refused(json(401, { error: "invalid_client", error_description: words }));
    expect(error).toMatchObject({
      name: "OAuthError",
      message: expect.stringMatching(/\/token answered 401: invalid_client: No client with \*\*\* or \*\*\*$/),
      error: "invalid_client",
      description: "No client with *** or ***",
      status: 401,
    });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("s3cret");
  });

  test("of a refresh token does not show it", async () => {
    const source = (tokenUrl: string): TokenSource => refreshing({ tokenUrl, clientId: "c", refreshToken: "s3cret-r" });
    const error = await refused(json(400, { error: "invalid_grant", error_description: "s3cret-r is over" }), source);
    expect(error).toMatchObject({ error: "invalid_grant", description: "*** is over" });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("s3cret");
  });

  test.each([
    ["is told with 200", json(200, { error: "bad_verification_code" }), "answered 200: bad_verification_code"],
    ["is no JSON", (response: ServerResponse) => void response.writeHead(502).end("<h1>"), "answered 502 without a token."],
    ["is an empty token", json(200, { access_token: "" }), "answered 200 without a token."],
    ["is a token of another type", json(200, { access_token: "t", token_type: "mac" }), 'a token of the type "mac"'],
    ["is no answer", (response: ServerResponse) => void response.socket?.destroy(), "gave no answer: "],
  ])("that %s is an OAuthError", async (_, answer, message) => {
    expect(await refused(answer)).toMatchObject({ name: "OAuthError", message: expect.stringContaining(message) });
  });

  test("is what an endpoint comes to that does not answer in time", async () => {
    const error = await refused(
      () => {},
      (url) => tokenOf(url, { timeout: 30 }),
    );
    expect(error).toMatchObject({ name: "OAuthError", cause: { name: "TimeoutError" } });
  });
});

describe("A client with such a credential", () => {
  const operation = (method: string): OperationDescriptor => ({
    id: "it",
    method,
    path: "/it",
    security: [{ OAuth: ["read"] }],
    responses: [{ status: "200" }],
    body: { contents: [{ mediaType: "application/octet-stream", kind: "binary" }] },
  });
  const securitySchemes = { OAuth: { kind: "bearer" } } as const;

  /** An API that takes one token alone. */
  function api(token: string): Promise<Loopback> {
    return serve((response, { headers }) => json(headers.authorization === `Bearer ${token}` ? 200 : 401, {})(response));
  }

  async function statusOf(
    url: string,
    OAuth: TokenSource,
    method = "GET",
    config: Partial<CoreConfig> = {},
    body?: unknown,
  ): Promise<number> {
    const send = createCore({ baseUrl: url, auth: { OAuth }, securitySchemes, ...config });
    return (await send<ApiCall<{ it: object }, "it">>(operation(method), { body }).asResponse()).status;
  }

  test.each([
    ["once", {}],
    ["with retries", { attempts: withRetries, maxRetries: 0 }],
  ])("asks for another token after a 401, and sends the request once more: %s", async (_, config) => {
    const tokens = await tokenServer();
    const { url, received } = await api("t2");
    const token = tokenOf(tokens.url);
    expect(await statusOf(url, token, "POST", config)).toBe(200);
    expect(received.map(({ headers }) => headers.authorization)).toEqual(["Bearer t1", "Bearer t2"]);
    const never = await api("none");
    expect(await statusOf(never.url, token, "GET", config)).toBe(401);
    expect([never.received.length, tokens.received.length]).toEqual([2, 3]);
  });

  test("asks for one token when many of its calls are refused at once", async () => {
    const tokens = await tokenServer();
    const { url } = await api("t2");
    const token = tokenOf(tokens.url);
    const statuses = await Promise.all(Array.from({ length: 5 }, () => statusOf(url, token)));
    expect([statuses, tokens.received.length]).toEqual([[200, 200, 200, 200, 200], 2]);
  });

  test("keeps the idempotency key, tells the hooks, and spends no retry on it", async () => {
    const tokens = await tokenServer();
    const statuses = [401, 503, 200];
    const { url, received } = await serve((response) => json(statuses.shift() ?? 500, {}, { "retry-after-ms": "0" })(response));
    const delays: number[] = [];
    const config: Partial<CoreConfig> = {
      attempts: withRetries,
      maxRetries: 1,
      hooks: { onRetry: ({ delay }) => void delays.push(delay) },
    };
    const send = createCore({ baseUrl: url, auth: { OAuth: tokenOf(tokens.url) }, securitySchemes, ...config });
    const answer: ApiCall<{ it: object }, "it"> = send(operation("POST"), {}, { idempotencyKey: "k" });
    expect(await answer.asResponse()).toMatchObject({ status: 200 });
    expect(received.map(({ headers }) => [headers.authorization, headers["idempotency-key"]])).toEqual([
      ["Bearer t1", "k"],
      ["Bearer t2", "k"],
      ["Bearer t2", "k"],
    ]);
    expect(delays).toEqual([0, 0]);
  });

  test("takes a 401 as it is where the body is gone, the server says so, or the same token comes again", async () => {
    const { url, received } = await api("none");
    const tokens = await tokenServer();
    expect(await statusOf(url, tokenOf(tokens.url), "PUT", {}, new Blob(["a"]).stream())).toBe(401);
    expect(await statusOf(url, async () => "same")).toBe(401);
    expect(received).toHaveLength(2);
    const firm = await serve(json(401, {}, { "x-should-retry": "false" }));
    expect(await statusOf(firm.url, tokenOf(tokens.url))).toBe(401);
    expect([firm.received.length, tokens.received.length]).toEqual([1, 2]);
  });

  test("tells a function of one's own what was refused, and waits for nobody when it is aborted", async () => {
    const { url } = await api("new");
    const asked: unknown[] = [];
    const own: TokenSource = async ({ rejected, signal } = {}) => {
      asked.push([rejected, signal instanceof AbortSignal]);
      return rejected === undefined ? "old" : "new";
    };
    expect(await statusOf(url, own)).toBe(200);
    expect(asked).toEqual([
      [undefined, true],
      ["old", true],
    ]);
    const silent = await serve(() => {});
    const send = createCore({ baseUrl: url, auth: { OAuth: tokenOf(silent.url) }, securitySchemes });
    const answer: ApiCall<{ it: object }, "it"> = send(operation("GET"), {}, { signal: AbortSignal.timeout(20) });
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });

  test("throws the error of the token endpoint", async () => {
    const tokens = await serve(json(401, { error: "invalid_client" }));
    const { url, received } = await api("t");
    await expect(statusOf(url, tokenOf(tokens.url), "GET", { attempts: withRetries })).rejects.toMatchObject({
      error: "invalid_client",
    });
    expect(received).toEqual([]);
  });
});
