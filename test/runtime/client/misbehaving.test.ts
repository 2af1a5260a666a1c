import { expect, test } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { CallOptions } from "../../../generator/runtime/client/options.ts";
import { withRetries } from "../../../generator/runtime/client/retry.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import * as server from "../../support/misbehaving-server.ts";
import { getThing, type Operations } from "./operations.ts";
import { json } from "./server.ts";

/** What a call with at most one retry comes to: the body, or the name of its error, and how often it was sent. */
async function outcome(
  behaviours: readonly [server.Behaviour, ...server.Behaviour[]],
  options: CallOptions = {},
): Promise<{ readonly got: unknown; readonly requests: number }> {
  const { url, received } = await server.misbehave(...behaviours);
  const got = await get(url, options).catch((error: unknown) => (error instanceof Error ? error.name : error));
  return { got, requests: received.length };
}

function get(baseUrl: string, options: CallOptions = {}): ApiCall<Operations, "getThing"> {
  const send = createCore({ baseUrl, attempts: withRetries, maxRetries: 1 });
  return send(getThing, { path: { project_id: "1", id: "2" } }, options);
}

const cup = json(200, { name: "cup" });

test("A connection that is dropped before the head is tried again", async () => {
  expect(await outcome([server.dropBeforeHead, cup])).toEqual({ got: { name: "cup" }, requests: 2 });
  expect(await outcome([server.dropBeforeHead])).toEqual({ got: "ConnectionError", requests: 2 });
});

test("A body that breaks off is a connection error, and not tried again: its head has been handed on", async () => {
  expect(await outcome([server.dropMidBody, cup])).toEqual({ got: "ConnectionError", requests: 1 });
});

test.each([
  ["of another media type", server.wrongContentType, "UnexpectedResponseError"],
  ["that is empty", server.emptySuccess, "DecodeError"],
  ["that is cut off", server.truncatedJson, "DecodeError"],
  ["that is half an event", server.halfEvent, "ConnectionError"],
])("A success %s is an error, and not tried again", async (_, behaviour, error) => {
  expect(await outcome([behaviour, cup])).toEqual({ got: error, requests: 1 });
});

test("A redirect loop ends, and is not tried again", async () => {
  expect(await outcome([server.redirectLoop])).toEqual({ got: "RedirectError", requests: 21 });
});

test("A head that does not come is the end of an attempt, and the next may do better", async () => {
  const tried = await outcome([server.silent, cup], { attemptTimeout: 200 });
  expect(tried).toEqual({ got: { name: "cup" }, requests: 2 });
  expect(await outcome([server.silent], { attemptTimeout: 50 })).toEqual({ got: "TimeoutError", requests: 2 });
});

test("A head that comes slowly is waited for as long as one that does not come, and no longer", async () => {
  expect(await outcome([server.headOf(5)], { attemptTimeout: 10_000 })).toEqual({ got: { name: "cup" }, requests: 1 });
  expect(await outcome([server.slowHead, cup], { attemptTimeout: 400 })).toEqual({ got: { name: "cup" }, requests: 2 });
  expect(await outcome([server.slowHead], { timeout: 150 })).toMatchObject({ got: "TimeoutError" });
});

test("The time of an attempt ends with the head, that of the call with the body", async () => {
  const late: server.Behaviour = (response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).write('{"name":');
    setTimeout(() => response.end('"cup"}'), 300);
  };
  expect(await outcome([late], { attemptTimeout: 200 })).toEqual({ got: { name: "cup" }, requests: 1 });
  // Whether it has been noted by then is for the machine to say.
  expect(await outcome([server.slowBody], { timeout: 200 })).toMatchObject({ got: "TimeoutError" });
  expect(await outcome([server.silent], { timeout: 100 })).toMatchObject({ got: "TimeoutError" });
});

test("A slow body ends when the call is aborted", async () => {
  const { url } = await server.misbehave(server.slowBody);
  const controller = new AbortController();
  const call = get(url, { signal: controller.signal });
  const response = await call.asResponse();
  controller.abort();
  await expect(response.text()).rejects.toMatchObject({ name: "AbortError" });
});

const blob: OperationDescriptor = {
  id: "blob",
  method: "GET",
  path: "/blob",
  responses: [{ status: "200", contents: [{ mediaType: "application/octet-stream", kind: "binary" }] }],
};
const gigabyte = 2 ** 30;

test("A gigabyte passes through in little memory", { timeout: 60_000 }, async () => {
  const { url } = await server.misbehave(server.huge(gigabyte));
  const send = createCore({ baseUrl: url, attempts: withRetries });
  const response = await send<ApiCall<{ blob: object }, "blob">>(blob).asResponse();
  const before = process.memoryUsage().rss;
  let [bytes, most] = [0, 0];
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    most = Math.max(most, process.memoryUsage.rss());
  }
  expect(bytes).toBe(gigabyte);
  expect(most - before).toBeLessThan(gigabyte / 4);
});

test("The body of an answer that is tried again is not read to its end", async () => {
  let sent = Infinity;
  const failing = server.huge(gigabyte, { status: 503, onClose: (bytes) => (sent = bytes) });
  expect(await outcome([failing, cup])).toMatchObject({ got: { name: "cup" }, requests: 2 });
  await expect.poll(() => sent).toBeLessThan(gigabyte / 4);
});
