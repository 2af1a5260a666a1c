import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { ErrorContext, Hooks, HooksOption, RequestContext } from "../../../generator/runtime/client/hooks.ts";
import type { CallOptions, CoreConfig } from "../../../generator/runtime/client/options.ts";
import { withRetries } from "../../../generator/runtime/client/retry.ts";
import { dropBeforeHead, dropMidBody, misbehave, silent, truncatedJson } from "../../support/misbehaving-server.ts";
import { getThing, type Operations } from "./operations.ts";
import { json } from "./server.ts";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});

const cup = json(200, { name: "cup" });
const path = { project_id: "1", id: "2" };

function get(
  baseUrl: string,
  options: CallOptions,
  config: Partial<CoreConfig> = {},
  id: unknown = "2",
): ApiCall<Operations, "getThing"> {
  return createCore({ baseUrl, attempts: withRetries, ...config })(getThing, { path: { ...path, id } }, options);
}

/** Hooks that write down what they are told. */
function notes(): { readonly hooks: Hooks; readonly lines: string[] } {
  const lines: string[] = [];
  const hooks: Hooks = {
    onRequest: (context) => void lines.push(`request ${context.attempt}`),
    onResponse: (context) => void lines.push(`response ${context.attempt}: ${context.response.status}`),
    onRetry: (context) => void lines.push(`retry ${context.attempt}: ${context.response?.status ?? String(context.error)}`),
    onError: (context) => void lines.push(`error ${context.attempt}: ${String(context.error)}`),
  };
  return { hooks, lines };
}

describe("Hooks are told", () => {
  test("of every attempt and what follows it", async () => {
    const { url } = await misbehave(json(503, {}), cup);
    const { hooks, lines } = notes();
    expect(await get(url, { hooks })).toEqual({ name: "cup" });
    expect(lines).toEqual(["request 1", "response 1: 503", "retry 1: 503", "request 2", "response 2: 200"]);
  });

  test("of a status that is an error once, whoever asks for it", async () => {
    const { url } = await misbehave(json(404, { code: "gone", detail: "Gone." }));
    const { hooks, lines } = notes();
    const call = get(url, { hooks });
    await expect(call).rejects.toThrow("Gone.");
    expect(await call.result()).toMatchObject({ status: 404 });
    await expect(call.withResponse()).rejects.toBe(await call.catch((error: unknown) => error));
    const told = ["request 1", "response 1: 404", expect.stringMatching(/^error 1: NotFoundError: GET .* answered 404: Gone\.$/)];
    expect(lines).toEqual(told);
    await get(url, { hooks }).result();
    expect(lines.slice(3)).toEqual(told);
    // Whoever takes the raw response judges it.
    await get(url, { hooks }).asResponse();
    expect(lines.slice(6)).toEqual(told.slice(0, 2));
  });

  test("of calls that get no answer", async () => {
    const { url } = await misbehave(dropBeforeHead);
    const { hooks, lines } = notes();
    await expect(get(url, { hooks, maxRetries: 1 })).rejects.toThrow("got no answer");
    expect(lines).toEqual([
      "request 1",
      expect.stringContaining("retry 1: ConnectionError: GET /projects/{project_id}/things/{id} got no answer"),
      "request 2",
      expect.stringContaining("error 2: ConnectionError: "),
    ]);
  });

  test.each([
    ["that breaks off", dropMidBody, "ConnectionError"],
    ["that cannot be decoded", truncatedJson, "DecodeError"],
  ])("of a body %s, once", async (_, behaviour, name) => {
    const { url } = await misbehave(behaviour);
    const { hooks, lines } = notes();
    const call = get(url, { hooks });
    await expect(call).rejects.toMatchObject({ name });
    await expect(call.result()).rejects.toMatchObject({ name });
    expect(lines).toEqual(["request 1", "response 1: 200", expect.stringContaining(`error 1: ${name}`)]);
  });

  test("of requests that are never sent", async () => {
    const { url, received } = await misbehave(cup);
    const { hooks, lines } = notes();
    await expect(get(url, { hooks }, {}, null)).rejects.toMatchObject({ name: "EncodeError" });
    await expect(get(url, { hooks, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    expect(lines.map((line) => line.split(":")[0])).toEqual(["error 1", "error 1"]);
    expect(received).toEqual([]);
  });

  test("who, where, when and for how long, in one object for each attempt", async () => {
    const { url } = await misbehave(json(500, {}), cup);
    const seen: RequestContext[] = [];
    const note = (context: RequestContext): void => void seen.push(context);
    const securitySchemes = { Key: { kind: "apiKey", in: "query", name: "Api_Key" } } as const;
    await get(url, { hooks: { onRequest: note, onResponse: note, onRetry: note } }, { securitySchemes, auth: { Key: "k" } });
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(2);
    expect(seen[0]).toMatchObject({
      operationId: "getThing",
      method: "GET",
      path: "/projects/{project_id}/things/{id}",
      attempt: 1,
      url: `${url}/projects/1/things/2?Api_Key=k`,
      secrets: ["api_key"],
      duration: expect.any(Number),
      delay: 0,
    });
  });

  test("by the client and by the call, in this order", async () => {
    const { url } = await misbehave(cup);
    const order: string[] = [];
    const hook = (name: string): Hooks => ({ onRequest: () => void order.push(name) });
    const hooks: HooksOption = [hook("a"), hook("b")];
    await get(url, { hooks: hook("c") }, { hooks });
    expect(order).toEqual(["a", "b", "c"]);
  });
});

describe("A hook", () => {
  test("changes headers and address before they are sent", async () => {
    const { url, received } = await misbehave(cup);
    const onRequest = async (context: RequestContext): Promise<void> => {
      await Promise.resolve();
      context.headers.set("X-Signature", `${context.method} ${new URL(context.url).pathname}`);
      context.url += "?signed=1";
    };
    await get(url, { hooks: { onRequest } });
    expect(received[0]).toMatchObject({
      url: "/projects/1/things/2?signed=1",
      headers: { "x-signature": "GET /projects/1/things/2" },
    });
  });

  test("answers by itself, and nobody else is asked", async () => {
    const { url, received } = await misbehave(cup);
    const { hooks, lines } = notes();
    const own: Hooks = { onRequest: () => Response.json({ name: "cached" }) };
    expect(await get(url, { hooks: [own, hooks] })).toEqual({ name: "cached" });
    expect([received, lines]).toEqual([[], ["response 1: 200"]]);
  });

  test("puts another answer in the place of one, for the hooks after it too", async () => {
    const { url } = await misbehave(json(404, { code: "gone", detail: "" }));
    const { hooks, lines } = notes();
    const own: Hooks = { onResponse: ({ response }) => (response.status === 404 ? Response.json({ name: "none" }) : undefined) };
    expect(await get(url, { hooks: [own, hooks] })).toEqual({ name: "none" });
    expect(lines).toEqual(["request 1", "response 1: 200"]);
  });

  test.each(["onRequest", "onResponse", "onRetry"] as const)("that throws ends the call: %s", async (name) => {
    const { url, received } = await misbehave(json(503, {}), cup);
    const errors: ErrorContext[] = [];
    const fail = (): never => {
      throw new RangeError("Enough.");
    };
    const hooks: Hooks = { [name]: fail, onError: (context) => void errors.push(context) };
    await expect(get(url, { hooks })).rejects.toThrow("Enough.");
    expect(errors.map(({ error }) => String(error))).toEqual(["RangeError: Enough."]);
    expect(received.length).toBeLessThan(2);
  });

  test("that never ends is left behind when the time is over", async () => {
    const { url } = await misbehave(cup);
    const hooks: Hooks = { onRequest: () => new Promise(() => undefined) };
    await expect(get(url, { hooks, timeout: 30 })).rejects.toMatchObject({ name: "TimeoutError" });
    await expect(get(url, { hooks, attemptTimeout: 30, maxRetries: 0 })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("knows by the signal when nobody waits any more", async () => {
    const { url } = await misbehave(silent);
    let signal: AbortSignal | undefined;
    const hooks: Hooks = { onRequest: (context) => void (signal = context.signal) };
    await expect(get(url, { hooks, timeout: 30 })).rejects.toMatchObject({ name: "TimeoutError" });
    expect(signal?.aborted).toBe(true);
  });
});
