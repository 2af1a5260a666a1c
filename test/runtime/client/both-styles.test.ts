/** What a server does wrong, and what a caller no longer waits for: the same in the resource style and in the path style. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { limitConcurrency } from "../../../generator/runtime/client/concurrency.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { CallOptions, CoreConfig } from "../../../generator/runtime/client/options.ts";
import { PathClient } from "../../../generator/runtime/client/path-client.ts";
import { withRetries } from "../../../generator/runtime/client/retry.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import * as server from "../../support/misbehaving-server.ts";
import { getThing, type Paths } from "./operations.ts";
import { json } from "./server.ts";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});

const params = { path: { project_id: "1", id: "2" } };
const cup = json(200, { name: "cup" });

interface Style {
  readonly style: string;
  /** The body of a success; throws what the style throws, and the error of a status. */
  call(config: Partial<CoreConfig> & { readonly baseUrl: string }, options?: CallOptions): PromiseLike<unknown>;
}

const styles: readonly Style[] = [
  {
    style: "resource",
    call: (config, options) =>
      createCore({ attempts: withRetries, ...config })<PromiseLike<unknown>>(getThing, { path: params.path }, options),
  },
  {
    style: "path",
    async call(config, options) {
      const client = new PathClient<Paths>(createCore({ attempts: withRetries, ...config }), { getThing });
      const { data, error, response } = await client.GET("/projects/{project_id}/things/{id}", { ...options, params });
      return response.status < 400 ? data : { status: response.status, error };
    },
  },
];

async function nameOf(call: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(call).catch((error: unknown) => (error instanceof Error ? error.name : error));
}

describe.each(styles)("In the $style style", ({ style, call }) => {
  test.each([
    ["drops the connection before the head", server.dropBeforeHead, "ConnectionError", 2],
    ["drops the connection mid-body", server.dropMidBody, "ConnectionError", 1],
    ["sends half an event", server.halfEvent, "ConnectionError", 1],
    ["sends another content type", server.wrongContentType, "UnexpectedResponseError", 1],
    ["sends an empty 200", server.emptySuccess, "DecodeError", 1],
    ["sends truncated JSON", server.truncatedJson, "DecodeError", 1],
    ["redirects for ever", server.redirectLoop, "RedirectError", 21],
    ["never sends a head", server.silent, "TimeoutError", 1],
    ["never ends its body", server.slowBody, "TimeoutError", 1],
  ])("a server that %s", async (_, behaviour, error, requests) => {
    const { url, received } = await server.misbehave(behaviour);
    expect(await nameOf(call({ baseUrl: url, maxRetries: 1, timeout: 500 }))).toBe(error);
    expect(received).toHaveLength(requests);
  });

  test.each([
    ["seconds", { "Retry-After": "1" }, 1000],
    ["a fraction of seconds", { "Retry-After": "0.25" }, 250],
    ["milliseconds", { "retry-after-ms": "40", "Retry-After": "9" }, 40],
    ["a date", { "Retry-After": "Thu, 01 Jan 2026 00:00:03 GMT" }, 3000],
    ["a date that is over", { "Retry-After": "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
    ["more than a minute", { "Retry-After": "3600" }, 60_000],
    ["what is no time", { "Retry-After": "soon" }, 0],
    ["a negative time", { "Retry-After": "-5" }, 0],
    ["nothing", {}, 0],
  ])("429 with a Retry-After of %s", async (_, headers, wait) => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-01T00:00:00Z") });
    const waits: number[] = [];
    const { url } = await server.misbehave(server.tooMany(headers), cup);
    // A hook that ends the call before the wait; the error of the hook is that of the call.
    const onRetry = ({ delay }: { readonly delay: number }): void => {
      waits.push(delay);
      if (delay > 0) throw new Error("That is too long.");
    };
    const got = await nameOf(call({ baseUrl: url, hooks: { onRetry } }));
    expect(got).toEqual(wait > 0 ? "Error" : { name: "cup" });
    expect(waits).toEqual([wait]);
    vi.useRealTimers();
  });

  test("a gigabyte where JSON is declared is not read beyond the time", async () => {
    let sent = Infinity;
    const { url } = await server.misbehave(server.huge(2 ** 30, { onClose: (bytes) => (sent = bytes) }));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    expect(await nameOf(call({ baseUrl: url }, { signal: controller.signal }))).toBe("AbortError");
    await expect.poll(() => sent).toBeLessThanOrEqual(2 ** 30);
  });

  test("the options of a call are heeded", async () => {
    const { url, received } = await server.misbehave(json(503, {}), json(503, { reason: "later" }));
    const options = { maxRetries: 1, headers: { "X-Own": "yes" }, idempotencyKey: "k-1" };
    const got = await Promise.resolve(call({ baseUrl: url, maxRetries: 5 }, options)).catch((error: unknown) => error);
    expect(got).toMatchObject(style === "path" ? { error: { reason: "later" } } : { body: { reason: "later" }, attempts: 2 });
    expect(received.map(({ headers }) => [headers["x-own"], headers["idempotency-key"]])).toEqual([
      ["yes", "k-1"],
      ["yes", "k-1"],
    ]);
    const { url: silent } = await server.misbehave(server.silent);
    expect(await nameOf(call({ baseUrl: silent, timeout: 60_000 }, { timeout: 50 }))).toBe("TimeoutError");
    expect(await nameOf(call({ baseUrl: silent }, { signal: AbortSignal.abort() }))).toBe("AbortError");
  });

  describe("a caller that waits no more ends a call", () => {
    test.each(["before it is sent", "while it asks for a token", "while it asks for headers"])("%s", async (moment) => {
      const { url, received } = await server.misbehave(cup);
      const controller = new AbortController();
      const never = (): Promise<never> => {
        queueMicrotask(() => controller.abort("enough"));
        return new Promise(() => undefined);
      };
      const config = {
        baseUrl: url,
        ...(moment.endsWith("token") ? { auth: { Key: never }, securitySchemes: { Key: { kind: "bearer" as const } } } : {}),
        ...(moment.endsWith("headers") ? { headers: never } : {}),
      };
      if (moment.startsWith("before")) controller.abort("enough");
      await expect(Promise.resolve(call(config, { signal: controller.signal }))).rejects.toMatchObject({
        name: "AbortError",
        cause: "enough",
        attempts: 0,
        request: undefined,
      });
      expect(received).toHaveLength(0);
    });

    test("while it waits for its turn", async () => {
      const { url, received } = await server.misbehave(server.silent);
      const fetch = limitConcurrency(1);
      const first = new AbortController();
      const under = nameOf(call({ baseUrl: url, fetch }, { signal: first.signal }));
      await expect.poll(() => received.length).toBe(1);
      const controller = new AbortController();
      const waiting = nameOf(call({ baseUrl: url, fetch }, { signal: controller.signal }));
      await new Promise((resolve) => setTimeout(resolve));
      controller.abort();
      expect(await waiting).toBe("AbortError");
      first.abort();
      expect(await under).toBe("AbortError");
      expect(received).toHaveLength(1);
    });

    test("while it waits for the head", async () => {
      const { url, received } = await server.misbehave(server.silent);
      const controller = new AbortController();
      const calling = call({ baseUrl: url }, { signal: controller.signal });
      const caught = expect(Promise.resolve(calling)).rejects.toMatchObject({
        name: "AbortError",
        message: "GET /projects/{project_id}/things/{id} was aborted.",
        attempts: 1,
        request: { method: "GET", url: `${url}/projects/1/things/2` },
      });
      await expect.poll(() => received.length).toBe(1);
      controller.abort();
      await caught;
    });

    test("while it waits to try again", async () => {
      const { url, received } = await server.misbehave(server.tooMany({ "Retry-After": "60" }), cup);
      const controller = new AbortController();
      const hooks = { onRetry: (): void => void setTimeout(() => controller.abort()) };
      await expect(Promise.resolve(call({ baseUrl: url, hooks }, { signal: controller.signal }))).rejects.toMatchObject({
        name: "AbortError",
        attempts: 1,
      });
      expect(received).toHaveLength(1);
    });

    test("within the body, and the server sees it", async () => {
      let closed = false;
      const { url } = await server.misbehave((response, request) => {
        response.on("close", () => (closed = true));
        server.slowBody(response, request);
      });
      const controller = new AbortController();
      const hooks = { onResponse: (): void => void setTimeout(() => controller.abort(), 20) };
      await expect(Promise.resolve(call({ baseUrl: url, hooks }, { signal: controller.signal }))).rejects.toMatchObject({
        name: "AbortError",
        attempts: 1,
        request: { method: "GET" },
      });
      await expect.poll(() => closed).toBe(true);
    });
  });

  test("every failure says what was sent, and how often", async () => {
    const { url } = await server.misbehave(server.dropBeforeHead);
    const error = await Promise.resolve(call({ baseUrl: url, maxRetries: 2, headers: { "X-Api-Key": "s3cret" } })).catch(
      (one: unknown) => one,
    );
    expect(error).toMatchObject({
      name: "ConnectionError",
      attempts: 3,
      request: { method: "GET", url: `${url}/projects/1/things/2`, headers: { "x-api-key": "***" } },
      cause: expect.any(Error),
    });
    const slow = await server.misbehave(server.slowBody);
    await expect(Promise.resolve(call({ baseUrl: slow.url, timeout: 100 }))).rejects.toMatchObject({
      name: "TimeoutError",
      attempts: 1,
      request: { method: "GET" },
      message: "GET /projects/{project_id}/things/{id} took longer than 100 ms.",
    });
    const loop = await server.misbehave(server.redirectLoop);
    await expect(Promise.resolve(call({ baseUrl: loop.url }))).rejects.toMatchObject({ name: "RedirectError", attempts: 1 });
  });
});

const upload: OperationDescriptor = {
  id: "upload",
  method: "PUT",
  path: "/blob",
  body: { required: true, contents: [{ mediaType: "application/octet-stream", kind: "binary" }] },
  responses: [{ status: "204" }],
};

describe("An upload", () => {
  const closing: (() => void)[] = [];
  afterEach(() => closing.splice(0).forEach((close) => close()));

  test("that is aborted in its middle ends at both ends", async () => {
    let [got, ended] = [0, false];
    const receiver = createServer((request) => {
      request.on("data", (chunk: Buffer) => (got += chunk.length));
      request.on("close", () => (ended = true));
      request.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    closing.push(() => receiver.close());
    const { port } = receiver.address() as AddressInfo;
    let cancelled: unknown;
    const endless = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        controller.enqueue(new Uint8Array(1024));
      },
      cancel: (reason) => void (cancelled = reason ?? "cancelled"),
    });
    const controller = new AbortController();
    const send = createCore({ baseUrl: `http://127.0.0.1:${port}`, attempts: withRetries });
    const calling = send<PromiseLike<unknown>>(upload, { body: endless }, { signal: controller.signal });
    const caught = expect(Promise.resolve(calling)).rejects.toMatchObject({ name: "AbortError", attempts: 1 });
    await expect.poll(() => got).toBeGreaterThan(4096);
    controller.abort();
    await caught;
    await expect.poll(() => [ended, cancelled !== undefined]).toEqual([true, true]);
  });
});
