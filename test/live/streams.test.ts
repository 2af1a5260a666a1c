/** Streams of the generated client and server, over real HTTP: items as they arrive, bytes without end, and what goes wrong. */
import { openAsBlob } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import { generate } from "../../generator/pipeline.ts";
import { serve, type RunningServer } from "../../generator/runtime/server/node.ts";
import { makeRunnable, type RunnableModules } from "../../generator/verify/transpile.ts";
import { typeErrors } from "../support/compile.ts";
import { halfEvent, huge, misbehave, silent, type Behaviour } from "../support/misbehaving-server.ts";

type Stream = AsyncIterable<unknown> & PromiseLike<unknown> & { asResponse(): Promise<Response> };
interface Client {
  readonly events: { watch(query?: object, options?: object): Stream; plain(options?: object): Stream };
  readonly completions: { complete(body: object, options?: object): Stream };
  readonly lines: { copy(body: unknown, options?: object): Stream };
  readonly files: { download(name: string): Stream; upload(name: string, body: unknown): Promise<unknown> };
  GET(path: string, init?: object): Promise<{ readonly data: AsyncIterable<unknown> }>;
}
type Reply = (input: { readonly headers: object; readonly body?: unknown; readonly signal: AbortSignal }) => object;

let modules: RunnableModules;
let files: Readonly<Record<string, string>> = {};
let server: RunningServer;
let reply: Reply;
let createClient: (options: object) => Client;
let client: Client;
let helpers: {
  reconnect(open: (call: object) => PromiseLike<unknown>, options?: object): AsyncGenerator<unknown>;
  withProgress(source: unknown, told: (progress: unknown) => void): ReadableStream<Uint8Array>;
};
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  const spec = fileURLToPath(new URL("streams.yaml", import.meta.url));
  const generated = await generate(await resolveConfig("/", { spec, emit: ["client", "server", "fixtures"] }));
  files = Object.fromEntries((generated.files ?? []).map(({ path, text }) => [path, text]));
  modules = await makeRunnable(generated.files ?? []);
  const { createRouter } = (await modules.import("server")) as {
    createRouter(handlers: object, options: object): (request: Request) => Promise<Response>;
  };
  const index = (await modules.import("index")) as typeof helpers & { createClient: typeof createClient };
  helpers = index;
  createClient = index.createClient;
  const names = (generated.model?.operations ?? []).map(({ name }) => name);
  const handle = (input: Parameters<Reply>[0]): object => reply(input);
  server = await serve(createRouter(Object.fromEntries(names.map((name) => [name, handle])), {}), { port: 0 });
  client = createClient({ server: server.url, maxRetries: 0 });
});

afterAll(async () => {
  await server.close();
  await modules.remove();
});

beforeEach(() => {
  reply = () => ({ status: 204 });
});

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function facing(...behaviours: readonly [Behaviour, ...Behaviour[]]): Promise<Client> {
  const bad = await misbehave(...behaviours);
  opened.push(bad);
  return createClient({ server: bad.url, maxRetries: 0 });
}

function text(chunks: readonly (string | Buffer)[], type = "text/event-stream"): Behaviour {
  return (response) => {
    response.writeHead(200, { "Content-Type": type });
    const next = (index: number): void => {
      const chunk = chunks[index];
      if (chunk === undefined) response.end();
      else response.write(chunk, () => setImmediate(next, index + 1));
    };
    next(0);
  };
}

async function all(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** What came before the walk was broken off, and by what. */
async function walk(stream: AsyncIterable<unknown>): Promise<{ items: unknown[]; error: unknown }> {
  const items: unknown[] = [];
  try {
    for await (const item of stream) items.push(item);
    return { items, error: undefined };
  } catch (error) {
    return { items, error };
  }
}

describe("a stream of items", () => {
  it("arrives while it is made, and leaving the loop ends its making", async () => {
    let made = 0;
    let ended: (value: unknown) => void = () => {};
    const end = new Promise((resolve) => (ended = resolve));
    reply = () => ({
      status: 200,
      body: (async function* () {
        try {
          for (; ; made += 1) {
            yield { event: "tick", id: String(made), data: { at: made } };
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
        } finally {
          ended(undefined);
        }
      })(),
    });
    const items: unknown[] = [];
    for await (const item of client.events.watch()) {
      items.push(item);
      if (items.length === 3) break;
    }
    expect(items).toEqual([0, 1, 2].map((at) => ({ event: "tick", id: String(at), data: { at } })));
    await end;
  });

  it("is not made faster than it is read", async () => {
    let made = 0;
    const at = "x".repeat(10_000);
    reply = () => ({
      status: 200,
      body: (async function* () {
        for (; made < 10_000; made += 1) yield { data: { at: made, padding: at } };
      })(),
    });
    for await (const _ of client.events.watch()) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      break;
    }
    expect(made).toBeLessThan(5_000);
  });

  it("may be awaited, in both styles, and walked over once", async () => {
    reply = () => ({ status: 200, body: [{ data: { at: 1 } }] });
    const stream = (await client.events.watch()) as AsyncIterable<unknown>;
    expect(await all(stream)).toEqual([{ data: { at: 1 } }]);
    await expect(all(stream)).rejects.toThrow("walked over");
    const { data } = await client.GET("/events");
    expect(await all(data)).toEqual([{ data: { at: 1 } }]);
  });

  it("goes there and back as lines, of whatever gives them", async () => {
    reply = ({ body }) => ({ status: 200, body });
    const ticks = [{ at: 1 }, { at: 2 }];
    const made = async function* (): AsyncGenerator<unknown> {
      yield* ticks;
    };
    for (const body of [ticks, new Set(ticks), made()]) expect(await all(client.lines.copy(body))).toEqual(ticks);
  });

  it("may be one answer of two, and the data of its events alone", async () => {
    reply = () => ({ status: 200, contentType: "application/json", body: { text: "whole" } });
    expect(await client.completions.complete({})).toEqual({ text: "whole" });
    expect((await walk(client.completions.complete({}))).error).toBeInstanceOf(TypeError);
    const chunks = [{ id: "a" }, { id: "b", words: ["x"] }];
    reply = () => ({ status: 200, contentType: "text/event-stream", body: chunks });
    expect(await all(client.completions.complete({ stream: true }))).toEqual(chunks);
  });

  it("ends with [DONE], where that is no item", async () => {
    const other = await facing(text(['data: {"id":"a"}\n\ndata: [DONE]\n\ndata: {"id":"b"}\n\n']));
    expect(await all(other.completions.complete({}))).toEqual([{ id: "a" }]);
  });
});

describe("events", () => {
  const bytes = Buffer.from(
    "\uFEFF: hello\r\nevent: add\rdata: é\rdata:2\r\n\r\nunknown: 1\nid: 7\nretry: x\ndata\n\nevent: none\n\ndata: half",
  );

  it.each([1, 2, 3, 7, 1000])("are read from chunks of %i bytes", async (size) => {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
    const other = await facing(text(chunks));
    expect(await all(other.events.plain())).toEqual([
      { event: "add", data: "é\n2" },
      { id: "7", data: "" },
    ]);
  });

  it("come at once, not with the next", async () => {
    const other = await facing((response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write("data: 1\r\n\r");
    });
    for await (const event of other.events.plain()) {
      expect(event).toEqual({ data: "1" });
      break;
    }
  });
});

describe("what goes wrong with a stream", () => {
  it("is a ConnectionError when it breaks off, after all that came", async () => {
    const other = await facing(halfEvent);
    const { items, error } = await walk(other.events.plain());
    expect(items).toEqual([{ data: '{"n":1}' }]);
    expect(error).toMatchObject({ name: "ConnectionError", message: expect.stringContaining("broke off") as string });
  });

  it("is a DecodeError for an item that is none, after all that came", async () => {
    const other = await facing(text(['{"at":1}\n{"at":'], "application/x-ndjson"));
    const { items, error } = await walk(other.lines.copy([]));
    expect(items).toEqual([{ at: 1 }]);
    expect(error).toMatchObject({
      name: "DecodeError",
      body: '{"at":',
      message: expect.stringContaining("/1 must be") as string,
    });
  });

  it("is an AbortError when the signal is aborted, and the connection is closed", async () => {
    let closed: (value: unknown) => void = () => {};
    const close = new Promise((resolve) => (closed = resolve));
    const other = await facing((response) => {
      response.on("close", closed).writeHead(200, { "Content-Type": "text/event-stream" });
      response.write("data: 1\n\n");
    });
    const abort = new AbortController();
    const items: unknown[] = [];
    const walking = (async () => {
      for await (const item of other.events.plain({ signal: abort.signal, timeout: 60_000 })) {
        items.push(item);
        setTimeout(() => abort.abort(), 5);
      }
    })();
    await expect(walking).rejects.toMatchObject({ name: "AbortError" });
    expect(items).toEqual([{ data: "1" }]);
    await close;
  });

  it("is a TimeoutError as long as there is no head, and no more after it", async () => {
    const other = await facing(silent, text(["data: 1\n\n", ": wait\n".repeat(50), "data: 2\n\n"]));
    expect((await walk(other.events.plain({ timeout: 20 }))).error).toMatchObject({ name: "TimeoutError" });
    expect(await all(other.events.plain({ timeout: 1000 }))).toHaveLength(2);
  });
});

describe("reconnecting", () => {
  const noWait = { retry: 0 };

  it("goes on after the last event, until there is nothing more", async () => {
    const asked: unknown[] = [];
    const last = { name: "", at: 0 };
    const other = await facing((response, request) => {
      asked.push(request.headers["last-event-id"]);
      last.at += 1;
      if (last.at === 3) return void response.writeHead(204).end();
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(`retry: 1\nid: ${last.at}\ndata: {"at":${last.at}}\n\ndata: half`, () => {
        if (last.at === 1) response.socket?.destroy();
        else response.end();
      });
    });
    const stream = helpers.reconnect((call) => other.events.watch({}, call), noWait);
    expect(await all(stream)).toEqual([1, 2].map((at) => ({ id: String(at), retry: 1, data: { at } })));
    expect(asked).toEqual([undefined, "1", "2"]);
  });

  it("takes a server that has fallen silent for one that is gone, in both styles", async () => {
    const asked: unknown[] = [];
    const silent: Behaviour = (response, request) => {
      asked.push(request.headers["last-event-id"]);
      if (asked.length % 2 === 0) return void response.writeHead(204).end();
      response.writeHead(200, { "Content-Type": "text/event-stream" }).write('id: 1\ndata: {"at":1}\n\n');
    };
    const bad = await misbehave(silent);
    opened.push(bad);
    const other = createClient({ server: bad.url, idleTimeout: 50 });
    const { items, error } = await walk((await other.GET("/events")).data);
    expect([items.length, error]).toMatchObject([1, { name: "TimeoutError", message: "GET /events sent nothing for 50 ms." }]);
    asked.pop();
    const opening = (call: object): PromiseLike<unknown> => other.events.watch({}, call);
    expect(await all(helpers.reconnect(opening, noWait))).toEqual([{ id: "1", data: { at: 1 } }]);
    expect(asked).toEqual([undefined, "1"]);
    // A call has the last word.
    const patient = await walk(other.events.watch({}, { idleTimeout: 150 }));
    expect(patient.error).toMatchObject({ message: "GET /events sent nothing for 150 ms." });
  });

  it("gives up after so many attempts, and at once where the server refuses", async () => {
    const dead = await facing((response) => void response.socket?.destroy());
    const { error } = await walk(helpers.reconnect((call) => dead.events.plain(call), { ...noWait, maxRetries: 2 }));
    expect(error).toMatchObject({ name: "ConnectionError" });
    const refusing = await facing((response) => void response.writeHead(403, { "Content-Type": "application/json" }).end("{}"));
    const refused = await walk(helpers.reconnect((call) => refusing.events.watch({}, call), noWait));
    expect(refused.error).toMatchObject({ status: 403 });
  });
});

describe("bytes", () => {
  const size = 256 << 20;

  it("come as a stream, with progress and in little memory", async () => {
    const other = await facing(huge(size));
    const response = await other.files.download("big").asResponse();
    const before = process.memoryUsage().rss;
    let most = 0;
    let told: unknown;
    for await (const chunk of helpers.withProgress(response, (progress) => (told = progress))) {
      if (chunk.length === 0) throw new Error("An empty chunk.");
      most = Math.max(most, process.memoryUsage().rss - before);
    }
    expect(told).toEqual({ loaded: size });
    expect(most).toBeLessThan(96 << 20);
  });

  it("go from a Blob, a stream and a file, with progress and in little memory", async () => {
    let received = 0;
    const sink = createServer((request, response) => {
      received = 0;
      request.on("data", (chunk: Buffer) => (received += chunk.length));
      request.on("end", () => response.writeHead(200, { "Content-Type": "application/json" }).end(String(received)));
    });
    await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
    opened.push({ close: () => new Promise((resolve) => sink.close(() => resolve())) });
    const other = createClient({ server: `http://127.0.0.1:${(sink.address() as AddressInfo).port}`, maxRetries: 0 });
    const file = await openAsBlob(fileURLToPath(import.meta.url));
    expect(await other.files.upload("file", file)).toBe(file.size);
    const told: unknown[] = [];
    const stream = helpers.withProgress(file, (progress) => told.push(progress));
    expect(await other.files.upload("file", stream)).toBe(file.size);
    expect(told.at(-1)).toEqual({ loaded: file.size, total: file.size });

    const chunk = new Uint8Array(1 << 20);
    let left = size / chunk.length;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk.slice()) : controller.close()),
    });
    const before = process.memoryUsage().heapUsed;
    expect(await other.files.upload("big", endless)).toBe(size);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 << 20);
  });
});

describe("the types", () => {
  const start = `import { createClient, reconnect, withProgress } from "./index.js";
import { createRouter, type Handlers } from "./server.js";
import * as fixtures from "./fixtures.js";
const client = createClient();
declare const handlers: Handlers;
`;

  it("hold for what is written right, and for nothing else", () => {
    const main = `${start}
for await (const event of client.events.watch()) console.log(event.data.at satisfies number, event.id satisfies string | undefined);
const { data } = await client.GET("/events");
if (data !== undefined) for await (const event of data) console.log(event.data.at satisfies number);
const answer = await client.completions.complete({ stream: true });
if (Symbol.asyncIterator in answer) { for await (const chunk of answer) console.log(chunk.id satisfies string); } else console.log(answer.text satisfies string);
for await (const chunk of client.completions.complete({ stream: true })) console.log(chunk.id satisfies string);
for await (const event of client.events.plain()) console.log(event.data satisfies string, event.retry satisfies number | undefined);
await client.lines.copy([{ at: 1 }]);
await client.lines.copy((async function* () { yield { at: 1 }; })());
await client.POST("/lines", { body: new Set([{ at: 1 }]) });
await client.files.upload("a", withProgress(new Blob(["x"]), ({ loaded, total }) => console.log(loaded, total)));
await client.files.upload("a", new Uint8Array(1));
for await (const event of reconnect((call) => client.events.watch({}, call))) console.log(event.data.at satisfies number);
createRouter({
  ...handlers,
  watch: async ({ reply }) => reply.ok((async function* () { yield { data: { at: 1 } }; })()),
  copy: ({ body, reply }) => reply.ok(body.map(({ at }) => ({ at }))),
  upload: async ({ body }) => ({ status: 200, body: body.size }),
  download: () => ({ status: 200, body: new ReadableStream<Uint8Array>() }),
});
console.log(fixtures.watch.responses[200]().body[0]?.data satisfies { at: number } | undefined);
`;
    const wrong = {
      "no-member.ts": "for await (const event of client.events.watch()) console.log(event.name);",
      "no-item.ts": "await client.lines.copy([{ at: 'now' }]);",
      "no-stream.ts": "for await (const byte of client.files.download('a')) console.log(byte);",
      "no-reply.ts": "createRouter({ ...handlers, watch: () => ({ status: 200, body: [{ data: { at: 'now' } }] }) });",
    };
    const others = Object.fromEntries(
      Object.entries(files).filter(([file]) => !/^runtime.server.(?:node|express|fastify)/.test(file)),
    );
    const programs = Object.entries(wrong).map(([name, code]) => [
      name,
      `${start}${code}\nconsole.log(client, fixtures, handlers, reconnect, withProgress, createRouter);\n`,
    ]);
    const errors = typeErrors({ ...others, "main.ts": main, ...Object.fromEntries(programs) });
    expect(errors.map((error) => error.replace(/^([^(]*)\(.*?\): (TS\d+).*$/, "$1 $2")).sort()).toEqual([
      "no-item.ts TS2345",
      "no-member.ts TS2339",
      "no-reply.ts TS2322",
      "no-stream.ts TS2504",
    ]);
  });
});
