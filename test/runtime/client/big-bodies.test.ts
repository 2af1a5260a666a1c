/** Bodies that no memory holds, and readers that are slower than the wire, over real HTTP. */
import { mkdtempSync, openAsBlob, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { Send } from "../../../generator/runtime/client/caller.ts";
import { PathClient } from "../../../generator/runtime/client/path-client.ts";
import { withRetries } from "../../../generator/runtime/client/retry.ts";
import type { ContentDescriptor, OperationDescriptor } from "../../../generator/runtime/operation.ts";

const binary: ContentDescriptor[] = [{ mediaType: "application/octet-stream", kind: "binary" }];
const operations: Readonly<Record<"download" | "upload" | "watch", OperationDescriptor>> = {
  download: { id: "download", method: "GET", path: "/blob", responses: [{ status: "200", contents: binary }] },
  upload: {
    id: "upload",
    method: "PUT",
    path: "/blob",
    body: { required: true, contents: binary },
    responses: [{ status: "204" }],
  },
  watch: {
    id: "watch",
    method: "GET",
    path: "/lines",
    responses: [{ status: "200", contents: [{ mediaType: "application/x-ndjson", kind: "json-lines" }] }],
  },
};

interface Paths {
  "/blob": {
    put: { requestBody: { content: { "application/octet-stream": unknown } }; responses: { 204: { content?: never } } };
  };
  "/lines": { get: { responses: { 200: { content: { "application/x-ndjson": AsyncIterable<{ n: number }> } } } } };
}

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;
const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function listen(handle: RequestListener): Promise<Send> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return createCore({ baseUrl: `http://127.0.0.1:${port}`, attempts: withRetries });
}

/** Writes as fast as it is read, without end; `written` counts what was handed to the connection. */
function writeOn(response: ServerResponse, chunk: Uint8Array, written: (bytes: number) => void): void {
  const more = (): void => {
    while (!response.destroyed) {
      written(chunk.length);
      if (!response.write(chunk)) return void response.once("drain", more);
    }
  };
  more();
}

describe("An upload", () => {
  const received: { bytes: number; type: string | undefined; length: string | undefined }[] = [];
  const receive: RequestListener = (request, response) => {
    const note = { bytes: 0, type: request.headers["content-type"], length: request.headers["content-length"] };
    received.push(note);
    request.on("data", (chunk: Buffer) => (note.bytes += chunk.length));
    request.on("end", () => response.writeHead(204).end());
  };
  /** So many bytes, and how many of them were on their way at once: taken from it, and not yet received. */
  function counted(bytes: number): { readonly stream: ReadableStream<Uint8Array>; most(): number } {
    let [taken, most] = [0, 0];
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (taken >= bytes) return controller.close();
        taken += mebibyte;
        controller.enqueue(new Uint8Array(mebibyte));
        most = Math.max(most, taken - (received.at(-1)?.bytes ?? 0));
      },
    });
    return { stream, most: () => most };
  }

  test("of a gigabyte from a stream passes in little memory, in both styles", { timeout: 120_000 }, async () => {
    const send = await listen(receive);
    const client = new PathClient<Paths>(send, operations);
    received.length = 0;
    const [first, second] = [counted(gibibyte), counted(64 * mebibyte)];
    await send<PromiseLike<unknown>>(operations.upload, { body: first.stream });
    // What has been received of the first is not of the second.
    received.push({ bytes: 0, type: undefined, length: undefined });
    await client.PUT("/blob", { body: second.stream });
    expect(received.map(({ bytes }) => bytes)).toEqual([gibibyte, 0, 64 * mebibyte]);
    expect(Math.max(first.most(), second.most())).toBeLessThan(32 * mebibyte);
  });

  test("comes from a file, a Blob or bytes, with their length", async () => {
    const send = await listen(receive);
    received.length = 0;
    const folder = mkdtempSync(path.join(tmpdir(), "openapi-triad-upload-"));
    closing.push(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, "big.bin");
    writeFileSync(file, "");
    truncateSync(file, 8 * mebibyte);
    // Node itself reads a Blob of a file faster than it sends it: who cares for memory gives a stream, as above.
    await send<PromiseLike<unknown>>(operations.upload, { body: await openAsBlob(file) });
    await send<PromiseLike<unknown>>(operations.upload, { body: new Blob(["abc"]) });
    await send<PromiseLike<unknown>>(operations.upload, { body: new Uint8Array(3) });
    const type = "application/octet-stream";
    expect(received).toEqual([
      { bytes: 8 * mebibyte, type, length: String(8 * mebibyte) },
      { bytes: 3, type, length: "3" },
      { bytes: 3, type, length: "3" },
    ]);
  });

  test("that is a stream is refused where the platform would send the name of its type, and a Blob goes", async () => {
    // As Firefox and Safari have it: what is no body for them is a text.
    class OldRequest extends Request {
      constructor(input: string | URL | Request, init?: RequestInit) {
        super(input, init?.body instanceof ReadableStream ? { ...init, body: String(init.body) } : init);
      }
    }
    const send = await listen(receive);
    received.length = 0;
    vi.stubGlobal("Request", OldRequest);
    closing.push(() => vi.unstubAllGlobals());
    const streamed = send<PromiseLike<unknown>>(operations.upload, { body: new Blob(["abc"]).stream() });
    await expect(streamed).rejects.toMatchObject({
      name: "EncodeError",
      message: "The body of PUT /blob is a stream, and no stream can be sent from here. Send a Blob.",
    });
    await send<PromiseLike<unknown>>(operations.upload, { body: new Blob(["abc"]) });
    expect(received).toMatchObject([{ bytes: 3 }]);
  });

  test("is read no faster than the server reads", async () => {
    let [taken, cancelled] = [0, false];
    const send = await listen((request) => void request.pause());
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken += mebibyte;
        controller.enqueue(new Uint8Array(mebibyte));
      },
      cancel: () => void (cancelled = true),
    });
    const controller = new AbortController();
    const calling = send<PromiseLike<unknown>>(operations.upload, { body: source }, { signal: controller.signal });
    const caught = expect(Promise.resolve(calling)).rejects.toMatchObject({ name: "AbortError" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(taken).toBeLessThan(64 * mebibyte);
    controller.abort();
    await caught;
    await expect.poll(() => cancelled).toBe(true);
  });
});

describe("A download", () => {
  test("stops the server while nobody reads, and closes the connection when it is left", async () => {
    let [sent, closed] = [0, false];
    const send = await listen((_, response) => {
      response.on("close", () => (closed = true));
      response.writeHead(200, { "Content-Type": "application/octet-stream" });
      writeOn(response, new Uint8Array(mebibyte), (bytes) => (sent += bytes));
    });
    const response = await send<ApiCall<{ download: object }, "download">>(operations.download).asResponse();
    let read = 0;
    for await (const chunk of response.body ?? []) {
      read += chunk.length;
      if (read < mebibyte) continue;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(sent).toBeLessThan(64 * mebibyte);
      break;
    }
    await expect.poll(() => closed).toBe(true);
  });
});

const line = Buffer.from(`${JSON.stringify({ n: 1, padding: "x".repeat(1000) })}\n`);

describe.each(["resource", "path"])("A stream of items in the %s style", (style) => {
  async function items(send: Send, options: object = {}): Promise<AsyncIterable<unknown>> {
    if (style === "resource") return send<PromiseLike<AsyncIterable<unknown>>>(operations.watch, {}, options);
    const { data } = await new PathClient<Paths>(send, operations).GET("/lines", options);
    return data ?? expect.fail("there is a stream");
  }

  test("stops the server while nobody reads, and closes the connection when the loop is left", async () => {
    let [sent, closed] = [0, false];
    const send = await listen((_, response) => {
      response.on("close", () => (closed = true));
      response.writeHead(200, { "Content-Type": "application/x-ndjson" });
      writeOn(response, line, (bytes) => (sent += bytes));
    });
    for await (const item of await items(send)) {
      expect(item).toMatchObject({ n: 1 });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(sent).toBeLessThan(64 * mebibyte);
      break;
    }
    await expect.poll(() => closed).toBe(true);
  });

  test("ends when the server is silent for too long, and not before", async () => {
    let closed = false;
    const send = await listen((_, response) => {
      response.on("close", () => (closed = true));
      response.writeHead(200, { "Content-Type": "application/x-ndjson" });
      response.write(line);
      // What is no item yet is no silence.
      setTimeout(() => response.write("\n"), 60);
      setTimeout(() => response.write(line), 120);
    });
    const got: unknown[] = [];
    const walk = async (): Promise<void> => {
      for await (const item of await items(send, { idleTimeout: 150 })) got.push(item);
    };
    await expect(walk()).rejects.toMatchObject({
      name: "TimeoutError",
      message: "GET /lines sent nothing for 150 ms.",
      attempts: 1,
      request: { method: "GET" },
    });
    expect(got).toHaveLength(2);
    await expect.poll(() => closed).toBe(true);
  });

  test("ends between two items when it is aborted", async () => {
    let closed = false;
    const send = await listen((_, response) => {
      response.on("close", () => (closed = true));
      response.writeHead(200, { "Content-Type": "application/x-ndjson" });
      response.write(line);
    });
    const controller = new AbortController();
    const walk = async (): Promise<void> => {
      for await (const _ of await items(send, { signal: controller.signal })) setTimeout(() => controller.abort("enough"));
    };
    await expect(walk()).rejects.toMatchObject({ name: "AbortError", cause: "enough", attempts: 1 });
    await expect.poll(() => closed).toBe(true);
  });
});
