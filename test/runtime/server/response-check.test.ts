/** What leaves a server: checked as a whole or item by item, always or by a sample, refused or sent; over real HTTP. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { type RunningServer, serve } from "../../../generator/runtime/server/node.ts";
import { notImplemented } from "../../../generator/runtime/server/not-implemented.ts";
import type { Reply } from "../../../generator/runtime/server/reply.ts";
import type { Breach } from "../../../generator/runtime/server/response-check.ts";
import { createOperationRouter, type BaseRouterOptions } from "../../../generator/runtime/server/router.ts";
import type { Validator } from "../../../generator/runtime/validation/validator.ts";

const operation: OperationDescriptor = {
  ...{ id: "list-things", method: "GET", path: "/things/{a~b}" },
  parameters: [{ name: "a~b", in: "path", required: true }],
  responses: [
    {
      status: "200",
      headers: [{ name: "X-Total", required: true, shape: "integer" }],
      contents: [
        { mediaType: "application/json", kind: "json" },
        { mediaType: "application/jsonl", kind: "json-lines" },
        { mediaType: "text/event-stream", kind: "event-stream" },
        { mediaType: "application/octet-stream", kind: "binary" },
      ],
    },
    { status: "4XX", contents: [{ mediaType: "application/json", kind: "json" }] },
  ],
};

const isNumber: Validator = (value, problems) =>
  typeof value === "number" || (problems?.push({ pointer: "", keyword: "type", message: "must be number" }), false);
// A list of two items at least, whose members `n` are numbers: the length is no matter of a stream's item.
const areNumbers: Validator = (value, problems) => {
  const items = value as readonly { readonly n?: unknown; readonly data?: { readonly n?: unknown } }[];
  let good = true;
  if (items.length < 2) {
    good = false;
    problems?.push({ pointer: "", keyword: "minItems", message: "must have at least 2 items" });
  }
  for (const [index, item] of items.entries()) {
    if (typeof (item.data ?? item).n === "number") continue;
    good = false;
    problems?.push({ pointer: `/${index}/n`, keyword: "type", message: "must be number" });
  }
  return good;
};
const validators = {
  list: {
    responses: {
      200: {
        headers: { "X-Total": { validate: isNumber } },
        body: {
          "application/json": { validate: areNumbers },
          "application/jsonl": { validate: areNumbers },
          "text/event-stream": { validate: areNumbers },
        },
      },
      "4XX": { body: { "application/json": { validate: isNumber } } },
    },
  },
};

const headers = { "X-Total": 1 };
const good: Reply = { status: 200, headers, contentType: "application/json", body: [{ n: 1 }, { n: 2 }] };
const bad: Reply = { ...good, body: [{ n: 1 }, { n: "2" }] };
const at = "#/paths/~1things~1{a~0b}/get/responses/200/content/application~1json/schema";

let breaches: Breach[] = [];
let errors: unknown[] = [];
let server: RunningServer | undefined;

beforeEach(() => {
  breaches = [];
  errors = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await close();
});

async function close(): Promise<void> {
  await server?.close();
  server = undefined;
}

async function answer(
  reply: Reply | (() => Reply),
  options: BaseRouterOptions = {},
): Promise<(init?: RequestInit) => Promise<Response>> {
  const router = createOperationRouter({
    ...{ operations: { list: operation }, validators, securitySchemes: {} },
    handlers: { list: typeof reply === "function" ? reply : () => reply },
    options: { onBreach: (breach) => void breaches.push(breach), onError: (error) => void errors.push(error), ...options },
  });
  server = await serve(router, { port: 0 });
  const { url } = server;
  return (init) => fetch(`${url}/things/x`, init);
}

describe("a reply that breaks its schema", () => {
  it("is told of, with the operation, the place in it and in the document, and is answered 500", async () => {
    const ask = await answer(bad);
    expect((await ask()).status).toBe(500);
    expect(breaches).toEqual([
      {
        ...{ operation, status: 200, sent: false },
        problems: [{ in: "body", pointer: "/1/n", keyword: "type", message: "must be number", at }],
      },
    ]);
    expect(String(errors[0])).toContain("body/1/n must be number");
  });

  it("is sent as it is in production, and told of", async () => {
    vi.stubEnv("NODE_ENV", "production");
    const ask = await answer({ ...bad, headers: {} });
    const response = await ask();
    expect([response.status, await response.json()]).toEqual([200, bad.body]);
    expect(breaches.map(({ sent, problems }) => [sent, problems.map((one) => [one.keyword, one.at])])).toEqual([
      [
        true,
        [
          ["required", "#/paths/~1things~1{a~0b}/get/responses/200/headers/X-Total"],
          ["type", at],
        ],
      ],
    ]);
    expect(errors).toEqual([]);
  });

  it("is refused in production too where that is wished for, and sent elsewhere", async () => {
    vi.stubEnv("NODE_ENV", "production");
    expect((await (await answer(bad, { brokenReplies: "refuse" }))()).status).toBe(500);
    await close();
    vi.stubEnv("NODE_ENV", "development");
    expect((await (await answer(bad, { brokenReplies: "send" }))()).status).toBe(200);
  });

  it("is refused wherever there is no way to write it", async () => {
    vi.stubEnv("NODE_ENV", "production");
    for (const reply of [
      { ...good, status: 302 },
      { ...good, contentType: "text/csv" },
      { ...good, extraHeaders: { "X-Bad": "a\nb" } },
    ]) {
      expect((await (await answer(reply))()).status).toBe(500);
      await close();
    }
    expect(breaches.map(({ sent, problems }) => [sent, problems[0]?.keyword])).toEqual([
      [false, "status"],
      [false, "content"],
      [false, "header"],
    ]);
  });

  it("is written to the console by default, and a hook that throws changes nothing", async () => {
    const said = vi.spyOn(globalThis.console, "error").mockImplementation(() => {});
    const ask = await answer(bad, { onBreach: undefined as never, brokenReplies: "send" });
    await ask();
    expect(said.mock.calls).toEqual([
      [
        `GET /things/{a~b} (list-things) was answered with a 200 that breaks the document, and it was sent:\n  body/1/n must be number, by type at ${at}`,
      ],
    ]);
    await close();
    const throwing = (): never => {
      throw new Error("The log is full.");
    };
    expect((await (await answer(bad, { onBreach: throwing, brokenReplies: "send" }))()).status).toBe(200);
  });

  it("is not looked for when the check is off", async () => {
    const ask = await answer({ ...bad, headers: {} }, { responseCheck: "off" });
    expect((await ask()).status).toBe(200);
    expect(breaches).toEqual([]);
  });
});

describe("a sample", () => {
  it("takes the first of each response, and then evenly, by count", async () => {
    let status = 200;
    const ask = await answer(() => ({ ...bad, status }), { responseCheck: { sample: 0.25 }, brokenReplies: "send" });
    const told: number[] = [];
    for (let index = 0; index < 13; index += 1) {
      status = index === 6 ? 404 : 200;
      const before = breaches.length;
      await (await ask()).arrayBuffer();
      if (breaches.length > before) told.push(index);
    }
    expect(told).toEqual([0, 4, 6, 9]);
  });

  it("is one in a hundred by default, and a share at all", async () => {
    const ask = await answer(bad, { responseCheck: "sample", brokenReplies: "send" });
    for (let index = 0; index < 101; index += 1) await (await ask()).arrayBuffer();
    expect(breaches).toHaveLength(2);
    for (const sample of [0, 1.5, Number.NaN])
      await expect(answer(bad, { responseCheck: { sample } })).rejects.toThrow(RangeError);
  });
});

describe("a sequence", () => {
  async function* items(...values: readonly unknown[]): AsyncGenerator<unknown> {
    yield* values;
  }
  const lines = (...values: readonly unknown[]): Reply => ({
    ...{ status: 200, headers, contentType: "application/jsonl" },
    body: items(...values.map((n) => ({ n }))),
  });

  it("is checked item by item as it leaves, and breaks off at the first that breaks its schema", async () => {
    const ask = await answer(() => lines(1, 2, "3", 4));
    const response = await ask();
    expect(response.status).toBe(200);
    const read: string[] = [];
    const reading = (async () => {
      for await (const chunk of response.body ?? []) read.push(Buffer.from(chunk).toString());
    })();
    await expect(reading).rejects.toThrow();
    expect(read.join("")).toBe('{"n":1}\n{"n":2}\n');
    expect(breaches).toMatchObject([{ sent: false, problems: [{ pointer: "/2/n", keyword: "type" }] }]);
    expect(breaches[0]?.problems[0]?.at).toContain("/content/application~1jsonl/schema");
    expect(String(errors[0])).toContain("body/2/n must be number");
  });

  it("goes on in production, told of once", async () => {
    const ask = await answer(() => lines(1, "2", "3"), { brokenReplies: "send" });
    expect(await (await ask()).text()).toBe('{"n":1}\n{"n":"2"}\n{"n":"3"}\n');
    expect(breaches).toMatchObject([{ sent: true, problems: [{ pointer: "/1/n" }] }]);
  });

  it("of events is checked in the same way, and one of a single item is whole", async () => {
    const event = (n: unknown): Reply => ({ ...lines(), contentType: "text/event-stream", body: items({ data: { n } }) });
    expect(await (await (await answer(() => event(1)))()).text()).toBe('data: {"n":1}\n\n');
    await close();
    const ask = await answer(() => event("1"));
    await expect(ask().then((response) => response.text())).rejects.toThrow();
    expect(breaches).toHaveLength(1);
  });

  it("is not looked at when the check is off, and lists are checked before they leave", async () => {
    expect(await (await (await answer(() => lines("1"), { responseCheck: "off" }))()).text()).toBe('{"n":"1"}\n');
    await close();
    const list = { ...lines(), body: [{ n: 1 }, { n: "2" }] };
    expect((await (await answer(() => list))()).status).toBe(500);
  });

  it("whose source fails is broken off, and the error is told; who goes away stops its source", async () => {
    let stopped = false;
    const failing = async function* (): AsyncGenerator<unknown> {
      yield { n: 1 };
      throw new Error("The database is away.");
    };
    const ask = await answer(() => ({ ...lines(), body: failing() }));
    await expect((await ask()).text()).rejects.toThrow();
    expect(String(errors[0])).toBe("Error: The database is away.");
    await server?.close();

    const endless = async function* (): AsyncGenerator<unknown> {
      try {
        for (let n = 0; ; n += 1) yield { n };
      } finally {
        stopped = true;
      }
    };
    const leaving = await answer(() => ({ ...lines(), body: endless() }));
    const reader = (await leaving()).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await vi.waitFor(() => expect(stopped).toBe(true));
  });

  it("may be bytes, from any iterable", async () => {
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(104);
      yield Uint8Array.of(105);
    };
    const ask = await answer(() => ({ ...lines(), contentType: "application/octet-stream", body: bytes() }));
    expect(await (await ask()).text()).toBe("hi");
  });
});

describe("what a handler leaves open", () => {
  it.each([
    ["text/event-stream, application/json;q=0.5", "text/event-stream"],
    ["application/*", "application/json"],
    ["application/octet-stream, */*;q=0.1", "application/octet-stream"],
    ["*/*", "application/json"],
  ])("Accept decides: %s", async (accept, mediaType) => {
    const { contentType: _given, ...reply } = good;
    const ask = await answer({ ...reply, body: mediaType === "application/octet-stream" ? "bytes" : good.body });
    const response = await ask({ headers: { Accept: accept } });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, mediaType]);
  });

  it("travels as it is where it is not declared", async () => {
    const ask = await answer({ ...good, extraHeaders: { "Cache-Control": "no-store", "Set-Cookie": ["a=1", "b=2"] } });
    const response = await ask();
    expect([response.headers.get("cache-control"), response.headers.getSetCookie()]).toEqual(["no-store", ["a=1", "b=2"]]);
  });

  it("is 501 where it is not implemented", async () => {
    const ask = await answer(notImplemented);
    const response = await ask();
    expect([response.status, await response.json()]).toEqual([
      501,
      { type: "about:blank", title: "Not Implemented", status: 501, detail: "This operation is not implemented yet." },
    ]);
  });
});
