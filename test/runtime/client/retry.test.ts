import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { RetryContext } from "../../../generator/runtime/client/hooks.ts";
import type { CallOptions, CoreConfig } from "../../../generator/runtime/client/options.ts";
import { byCursor } from "../../../generator/runtime/client/next-page.ts";
import { sendPaged, type PagedCall } from "../../../generator/runtime/client/pages.ts";
import { withRetries } from "../../../generator/runtime/client/retry.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { dropBeforeHead, misbehave, silent, tooMany, type Behaviour } from "../../support/misbehaving-server.ts";
import { json, type Loopback } from "./server.ts";

// No jitter: other attempts follow at once.
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const ok = json(200, {});

function operation(method: string, more: Partial<OperationDescriptor> = {}): OperationDescriptor {
  const contents = [{ mediaType: "application/json", kind: "json" } as const];
  return { id: "it", method, path: "/it", responses: [{ status: "default", contents }], ...more };
}

function call(
  { url }: Loopback,
  method: string | OperationDescriptor,
  { body, ...options }: CallOptions & { readonly body?: unknown } = {},
  config: Partial<CoreConfig> = {},
): ApiCall<{ it: object }, "it"> {
  const send = createCore({ baseUrl: url, attempts: withRetries, ...config });
  return send(typeof method === "string" ? operation(method) : method, { body }, options);
}

async function statusOf(answer: ApiCall<{ it: object }, "it">): Promise<number> {
  return (await answer.asResponse()).status;
}

describe("What is tried again", () => {
  test.each([
    [408, 2],
    [409, 2],
    [429, 2],
    [500, 2],
    [503, 2],
    [599, 2],
    [400, 1],
    [401, 1],
    [404, 1],
    [422, 1],
    [302, 1],
  ])("a status of %i: %i requests", async (status, requests) => {
    const server = await misbehave(json(status, {}), ok);
    await call(server, "GET").asResponse();
    expect(server.received).toHaveLength(requests);
  });

  test.each([
    ["GET", 2],
    ["PUT", 2],
    ["DELETE", 2],
    ["OPTIONS", 2],
    ["QUERY", 2],
    ["HEAD", 2],
    ["POST", 1],
    ["PATCH", 1],
  ])("the method %s: %i requests", async (method, requests) => {
    const server = await misbehave(json(503, {}), ok);
    await call(server, method).asResponse();
    expect(server.received).toHaveLength(requests);
  });

  test("no method that is not idempotent when the connection fails", async () => {
    const server = await misbehave((response) => response.socket?.destroy(), ok);
    await expect(call(server, "POST")).rejects.toThrow("POST /it got no answer");
    expect(server.received).toHaveLength(1);
  });

  test("two times by default, as often as the client says, and as the call says", async () => {
    const count = async (options?: CallOptions, config?: Partial<CoreConfig>): Promise<number> => {
      const server = await misbehave(json(500, {}));
      expect(await statusOf(call(server, "GET", options, config))).toBe(500);
      return server.received.length;
    };
    expect(await count()).toBe(3);
    expect(await count({}, { maxRetries: 4 })).toBe(5);
    expect(await count({ maxRetries: 1 }, { maxRetries: 4 })).toBe(2);
    expect([await count({ maxRetries: 0 }), await count({ maxRetries: -1 }), await count({ maxRetries: NaN })]).toEqual([
      1, 1, 1,
    ]);
  });

  test("what `x-should-retry` says, whatever the status and the method", async () => {
    const count = async (method: string, status: number, word: string): Promise<number> => {
      const server = await misbehave(json(status, {}, { "x-should-retry": word }), ok);
      await call(server, method).asResponse();
      return server.received.length;
    };
    expect([await count("GET", 503, "false"), await count("POST", 400, "true"), await count("GET", 400, "maybe")]).toEqual([
      1, 2, 1,
    ]);
  });

  test("no body that is a stream", async () => {
    const body = { contents: [{ mediaType: "application/octet-stream", kind: "binary" as const }] };
    const server = await misbehave(json(503, {}, { "x-should-retry": "true" }), ok);
    const stream = new Blob(["abc"]).stream();
    expect(await statusOf(call(server, operation("PUT", { body }), { body: stream }))).toBe(503);
    const other = await misbehave(json(503, {}), ok);
    expect(await statusOf(call(other, operation("PUT", { body }), { body: new Blob(["abc"]) }))).toBe(200);
    expect([...server.received, ...other.received].map((request) => request.body)).toEqual(["abc", "abc", "abc"]);
  });

  test("no answer to a poll, whose caller waits by itself, but a poll without an answer", async () => {
    const count = async (behaviour: Behaviour): Promise<number> => {
      const server = await misbehave(behaviour, ok);
      const send = createCore({ baseUrl: server.url, attempts: withRetries });
      await send<ApiCall<{ it: object }, "it">>(operation("GET"), { polls: true }).asResponse();
      return server.received.length;
    };
    expect([await count(json(503, {})), await count(dropBeforeHead)]).toEqual([1, 2]);
  });

  test("with the credentials of the moment", async () => {
    const server = await misbehave(json(503, {}), ok);
    let count = 0;
    await call(
      server,
      operation("GET", { security: [{ Key: [] }] }),
      {},
      {
        securitySchemes: { Key: { kind: "bearer" } },
        auth: { Key: () => `token ${(count += 1)}` },
      },
    );
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(["Bearer token 1", "Bearer token 2"]);
  });
});

describe("An idempotency key", () => {
  const declared = operation("POST", { parameters: [{ name: "X-Idempotency-Key", in: "header" }] });

  test("makes any method safe, and stays the same", async () => {
    const server = await misbehave(json(503, {}));
    await call(server, "POST", { idempotencyKey: "k" }).asResponse();
    expect(server.received.map(({ headers }) => headers["idempotency-key"])).toEqual(["k", "k", "k"]);
  });

  test("may be given among the headers", async () => {
    const server = await misbehave(json(503, {}));
    let count = 0;
    const headers = () => ({ "Idempotency-Key": String((count += 1)) });
    await call(server, "POST", {}, { headers }).asResponse();
    expect(server.received.map((request) => request.headers["idempotency-key"])).toEqual(["1", "1", "1"]);
  });

  test("is made where the document declares the header, in its spelling, anew for each call", async () => {
    vi.mocked(Math.random).mockRestore();
    const server = await misbehave(json(503, {}, { "retry-after-ms": "1" }), ok);
    await call(server, declared);
    await call(server, declared);
    const keys = server.received.map(({ headers }) => headers["x-idempotency-key"]);
    expect(keys[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(keys).toHaveLength(3);
  });

  test("is that of the first page, and of no other", async () => {
    const next = operation("POST", {
      parameters: [{ name: "after", in: "query" }],
      pagination: { items: ["items"], cursor: { parameter: ["query", "after"], value: ["next"] } },
    });
    const server = await misbehave(json(200, { items: [1], next: "b" }), json(200, { items: [2], next: null }));
    const send = createCore({ baseUrl: server.url, attempts: withRetries });
    const items: unknown[] = [];
    const list = sendPaged<PagedCall<{ it: object }, "it", unknown>>(send, next, {}, { idempotencyKey: "k" }, byCursor);
    for await (const item of list) items.push(item);
    expect(items).toEqual([1, 2]);
    expect(server.received.map(({ headers }) => headers["idempotency-key"])).toEqual(["k", undefined]);
  });

  test("is not made where nobody asks for one", async () => {
    const server = await misbehave(ok);
    await call(server, { ...declared, method: "PUT" });
    await call(server, "POST");
    expect(server.received.map(({ headers }) => Object.keys(headers).filter((name) => name.includes("idempotency")))).toEqual([
      [],
      [],
    ]);
  });
});

describe("The wait", () => {
  /** What is waited after the first answer, without waiting. */
  async function wait(behaviour: Behaviour, options: CallOptions = {}): Promise<number | undefined> {
    const server = await misbehave(behaviour);
    const controller = new AbortController();
    let delay: number | undefined;
    const onRetry = (context: RetryContext): void => {
      delay = context.delay;
      controller.abort();
    };
    await call(server, "GET", { ...options, signal: controller.signal, hooks: { onRetry } })
      .asResponse()
      .catch(() => undefined);
    return delay;
  }

  test.each([
    [{ "Retry-After": "7" }, 7000],
    [{ "Retry-After": "0" }, 0],
    [{ "Retry-After": "1.5" }, 1500],
    [{ "Retry-After": "3600" }, 60_000],
    [{ "Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT" }, 60_000],
    // The form of RFC 850, which nobody is to write any more and everybody is to read (RFC 9110, §5.6.7).
    [{ "Retry-After": "Friday, 31-Dec-38 23:59:59 GMT" }, 60_000],
    [{ "retry-after-ms": "250", "Retry-After": "7" }, 250],
    [{ "retry-after-ms": "nonsense", "Retry-After": "7" }, 7000],
    [{ "retry-after-ms": "9".repeat(400), "Retry-After": "7" }, 7000],
  ])("is what %j asks for, up to a minute", async (headers: { readonly [name: string]: string }, expected) => {
    vi.mocked(Math.random).mockReturnValue(0.5);
    expect(await wait(tooMany(headers))).toBe(expected);
  });

  test("is until the date that is asked for", async () => {
    const delay = await wait(tooMany({ "Retry-After": new Date(Date.now() + 30_000).toUTCString() }));
    expect(delay).toBeGreaterThan(20_000);
    expect(delay).toBeLessThanOrEqual(30_000);
  });

  test.each(["-5", "NaN", "soon", "", "Infinity", "1e9", "9".repeat(400), "Wed, 21 Oct 2015 07:28:00 GMT", "2015"])(
    "is our own when %j is asked for, unless it is seconds",
    async (asked) => {
      vi.mocked(Math.random).mockReturnValue(0.5);
      // A bare number is seconds, whatever it looks like.
      expect(await wait(tooMany({ "Retry-After": asked }))).toBe(asked === "2015" ? 60_000 : 250);
    },
  );

  test("is random, up to a limit that doubles", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      vi.mocked(Math.random).mockReturnValue(0.999);
      const delays: number[] = [];
      const onRetry = ({ delay }: RetryContext): void => {
        delays.push(Math.round(delay));
      };
      const fetch = (): Promise<Response> => Promise.resolve(new Response(null, { status: 503 }));
      const answer = call(
        { url: "http://x.test", received: [], close: async () => {} },
        "GET",
        { fetch, hooks: { onRetry } },
        { maxRetries: 6 },
      ).asResponse();
      await vi.runAllTimersAsync();
      expect((await answer).status).toBe(503);
      expect(delays).toEqual([500, 999, 1998, 3996, 7992, 7992]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("is not begun when the timeout leaves no time for it: the answer is given as it is", async () => {
    const server = await misbehave(tooMany({ "Retry-After": "30" }));
    expect(await statusOf(call(server, "GET", { timeout: 5000 }))).toBe(429);
    expect(server.received).toHaveLength(1);
  });

  test("ends when the call is aborted", async () => {
    const server = await misbehave(tooMany({ "Retry-After": "30" }));
    const controller = new AbortController();
    const answer = call(server, "GET", {
      signal: controller.signal,
      hooks: { onRetry: () => void setTimeout(() => controller.abort(), 10) },
    });
    await expect(answer).rejects.toMatchObject({ name: "AbortError", message: "GET /it was aborted." });
    expect(server.received).toHaveLength(1);
  });
});

test("A limit for each attempt is not the limit of the call", async () => {
  const server = await misbehave(silent, silent, ok);
  expect(await statusOf(call(server, "GET", { attemptTimeout: 100, timeout: 20_000 }))).toBe(200);
  const silence = await misbehave(silent);
  await expect(call(silence, "GET", {}, { attemptTimeout: 30 })).rejects.toThrow("An attempt of GET /it took longer than 30 ms.");
  await expect(call(silence, "GET", { timeout: 50 }, { attemptTimeout: 10_000 })).rejects.toThrow(
    "GET /it took longer than 50 ms.",
  );
});
