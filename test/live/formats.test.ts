import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import type { Formats } from "../../generator/model/formats.ts";
import { generate } from "../../generator/pipeline.ts";
import { serve, type RunningServer } from "../../generator/runtime/server/node.ts";
import { makeRunnable, type RunnableModules } from "../../generator/verify/transpile.ts";

type Ask = (path: string, init?: object) => Promise<{ readonly data?: unknown; readonly error?: unknown }>;

const folder = new URL("../cases/formats/", import.meta.url);
let modules: RunnableModules;
let server: RunningServer;
let client: { readonly GET: Ask; readonly POST: Ask };
let sent: { readonly url: string; readonly init: RequestInit }[] = [];
let arrived: Record<string, unknown>[] = [];
let reply: object;

beforeAll(async () => {
  const formats = JSON.parse(readFileSync(new URL("formats.json", folder), "utf8")) as Formats;
  const spec = fileURLToPath(new URL("spec.yaml", folder));
  const { files = [], model } = await generate(await resolveConfig("/", { spec, formats, emit: ["client", "server"] }));
  modules = await makeRunnable(files);
  const { createRouter } = (await modules.import("server")) as {
    createRouter(handlers: object): (request: Request) => Promise<Response>;
  };
  const { createClient } = (await modules.import("client")) as { createClient(options: object): typeof client };
  const handle = (input: Record<string, unknown>): object => {
    arrived.push(input);
    return reply;
  };
  server = await serve(createRouter(Object.fromEntries((model?.operations ?? []).map(({ name }) => [name, handle]))), {
    port: 0,
  });
  const watched = (url: string, init: RequestInit): Promise<Response> => {
    sent.push({ url: url.slice(server.url.length), init });
    return fetch(url, init);
  };
  client = createClient({ server: server.url, fetch: watched, maxRetries: 0 });
});

afterAll(async () => {
  await server.close();
  await modules.remove();
});

beforeEach(() => {
  sent = [];
  arrived = [];
  reply = { status: 201, contentType: "application/json", body: [] };
});

const at = new Date("2026-05-06T07:08:09.010Z");
const event = { id: 9007199254740993n, at };

describe("chosen types", () => {
  it("travel exactly in a body, nested as deep as they are", async () => {
    const body = {
      ...event,
      key: new Uint8Array([0, 255]),
      spans: [{ from: at, to: null }],
      byName: { one: at },
      parent: { ...event, subject: { kind: "machine", built: at, token: new Uint8Array([1]) } },
      subject: { kind: "person", born: new Date("2000-02-29"), token: "AQ==" },
      either: at,
    };
    await client.POST("/events", { body });
    expect(arrived[0]?.["body"]).toStrictEqual(body);
    expect(sent[0]?.init.body).toContain('{"id":9007199254740993,"at":"2026-05-06T07:08:09.010Z","key":"AP8="');
  });

  it("travel in every place of a parameter", async () => {
    reply = { status: 200, body: event };
    const path = { id: 2n ** 63n - 1n, day: new Date("2026-05-06") };
    const query = { since: at, ids: [1n, -(2n ** 63n)], within: { from: at }, filter: { from: at, to: null } };
    const { data, error } = await client.GET("/events/{id}/{day}", {
      params: { path, query, header: { "if-since": at }, cookie: { seen: new Date(5000) } },
    });
    expect(error).toBeUndefined();
    expect(data).toStrictEqual(event);
    expect(arrived[0]).toMatchObject({ path, query, headers: { "If-Since": at }, cookies: { seen: new Date(5000) } });
    expect(arrived[0]?.["query"]).toMatchObject({ until: new Date("2030-01-01T00:00:00Z") });
    expect(sent[0]?.url).toContain("/events/9223372036854775807/2026-05-06?since=2026-05-06T07%3A08%3A09.010Z");
  });

  it("are refused by the server with the place when no value of theirs is meant", async () => {
    const ask = (text: string): Promise<Response> =>
      fetch(`${server.url}/events`, { method: "POST", headers: { "Content-Type": "application/json" }, body: text });
    const response = await ask('{"id":1,"at":"2026-01-01T00:00:00Z","spans":[{"from":"2016-12-31T23:59:60Z"}]}');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ in: "body", pointer: "/spans/0/from", keyword: "format", message: "must be a date-time that a Date can hold" }],
    });
    expect((await ask('{"id":9223372036854775808,"at":"2026-01-01T00:00:00Z"}')).status).toBe(400);
    expect((await fetch(`${server.url}/events/9223372036854775808/2026-05-06`)).status).toBe(400);
    expect(arrived).toEqual([]);
  });

  it("are refused by the client before anything is sent", async () => {
    await expect(client.POST("/events", { body: { ...event, at: new Date(NaN) } })).rejects.toThrow(
      "The body at /at is an invalid Date.",
    );
    const day = new Date("2026-05-06T01:00:00Z");
    await expect(client.GET("/events/{id}/{day}", { params: { path: { id: 1n, day } } })).rejects.toThrow(
      'Path parameter "day" must be midnight in UTC',
    );
    expect(sent).toEqual([]);
  });

  it("are held to the schema in replies, in their wire form", async () => {
    reply = { status: 200, body: { ...event, at: "soon" } };
    const path = { id: 1n, day: new Date("2026-05-06") };
    expect(await client.GET("/events/{id}/{day}", { params: { path } })).toMatchObject({ response: { status: 500 } });
  });
});

it("makes a DecodeError with the place of an answer whose text has no such value", async () => {
  const { createClient } = (await modules.import("client")) as { createClient(options: object): typeof client };
  const answer = new Response('{"id":1,"at":"soon"}', { headers: { "Content-Type": "application/json" } });
  const lone = createClient({ server: "http://localhost", fetch: () => Promise.resolve(answer) });
  const path = { id: 1n, day: new Date("2026-05-06") };
  await expect(lone.GET("/events/{id}/{day}", { params: { path } })).rejects.toMatchObject({
    name: "DecodeError",
    message: expect.stringContaining("/at must be a date-time") as string,
  });
});
