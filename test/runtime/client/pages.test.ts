import { describe, expect, test } from "vitest";
import { createCore } from "../../../generator/runtime/client/core.ts";
import { AbortError, PaginationError, TimeoutError } from "../../../generator/runtime/client/errors.ts";
import type { CallOptions, CallParts, CoreConfig } from "../../../generator/runtime/client/options.ts";
import { byCursor, byLink, byOffset, firstOf } from "../../../generator/runtime/client/next-page.ts";
import { sendPaged, type PagedCall } from "../../../generator/runtime/client/pages.ts";
import type { OperationDescriptor, PaginationDescriptor } from "../../../generator/runtime/operation.ts";
import { json, serve, type Loopback } from "./server.ts";

interface Item {
  id: number;
}
interface Operations {
  things_list: { responses: { 200: { content: { "application/json": { results?: Item[] } } } } };
}

const all: PaginationDescriptor = {
  items: ["results"],
  more: ["has_next"],
  total: ["count"],
  cursor: { parameter: ["query", "after"], value: ["next_cursor"] },
  next: ["next"],
  offset: { parameter: ["query", "offset"], limit: ["query", "limit"], defaultLimit: 2 },
};

function list(
  baseUrl: string,
  asked: { parts?: CallParts; options?: CallOptions; pagination?: PaginationDescriptor; config?: Partial<CoreConfig> } = {},
): PagedCall<Operations, "things_list", Item> {
  const names = ["limit", "offset", "after", "color"];
  const operation: OperationDescriptor = {
    id: "things_list",
    method: "GET",
    path: "/things/",
    parameters: names.map((name) => ({ name, in: "query" })),
    responses: [
      { status: "200", contents: [{ mediaType: "application/json", kind: "json" }] },
      { status: "429", contents: [{ mediaType: "application/json", kind: "json" }] },
    ],
    security: [{ Key: [] }],
    pagination: asked.pagination ?? all,
  };
  const caller = createCore({ baseUrl, ...asked.config });
  return sendPaged(caller, operation, asked.parts, asked.options, firstOf(byCursor, byLink, byOffset));
}

async function idsOf(items: AsyncIterable<Item>): Promise<number[]> {
  const ids: number[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
}

function items(...ids: number[]): Item[] {
  return ids.map((id) => ({ id }));
}

/** A server that answers with these bodies, one after the other, and with 500 to more. */
function serveBodies(...bodies: unknown[]): Promise<Loopback> {
  const left = [...bodies];
  return serve((response) => (left.length === 0 ? json(500, {}) : json(200, left.shift()))(response));
}

/** The queries of what was asked. */
function queries({ received }: Loopback): string[] {
  return received.map(({ url }) => url.replace(/^[^?]*\??/, ""));
}

async function thrown(promise: PromiseLike<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error,
  );
}

describe("A walk over pages", () => {
  test("is the first page when it is awaited, and asks for no other", async () => {
    const server = await serveBodies({ results: items(1, 2), next_cursor: "x" });
    expect(await list(server.url)).toEqual({ results: items(1, 2), next_cursor: "x" });
    expect(queries(server)).toEqual([""]);
  });

  test("goes by the cursor, over an empty page, to the end", async () => {
    const server = await serveBodies(
      { results: items(1, 2), next_cursor: "x" },
      { results: [], next_cursor: "y" },
      { results: items(3), next_cursor: null },
    );
    expect(await idsOf(list(server.url, { parts: { query: { color: "red" } } }))).toEqual([1, 2, 3]);
    expect(queries(server)).toEqual(["color=red", "after=x&color=red", "after=y&color=red"]);
  });

  test("lets the offset of the caller go once there is a cursor", async () => {
    const server = await serveBodies({ results: items(5), next_cursor: 7 }, { results: [], has_next: false, next_cursor: 8 });
    expect(await idsOf(list(server.url, { parts: { query: { offset: 4, limit: 1 } } }))).toEqual([5]);
    expect(queries(server)).toEqual(["limit=1&offset=4", "limit=1&after=7"]);
  });

  test("sends a cursor in the body where the document says so", async () => {
    const server = await serveBodies({ page: { items: items(1), next: "x" } }, { page: { items: items(2) } });
    const operation: OperationDescriptor = {
      id: "things_list",
      method: "POST",
      path: "/search",
      body: { contents: [{ mediaType: "application/json", kind: "json" }] },
      responses: [{ status: "200", contents: [{ mediaType: "application/json", kind: "json" }] }],
      pagination: { items: ["page", "items"], cursor: { parameter: ["body", "page", "from"], value: ["page", "next"] } },
    };
    const parts = { body: { text: "cup", page: { size: 1 } } };
    const core = createCore({ baseUrl: server.url });
    const call = sendPaged<PagedCall<Operations, "things_list", Item>>(core, operation, parts, {}, byCursor);
    expect(await idsOf(call)).toEqual([1, 2]);
    expect(server.received.map(({ body }) => JSON.parse(body))).toEqual([
      { text: "cup", page: { size: 1 } },
      { text: "cup", page: { size: 1, from: "x" } },
    ]);
  });

  test("follows links, absolute and relative, with the headers and the credentials of the first request", async () => {
    let count = 0;
    const server: Loopback = await serve((response) => {
      const nexts = ["?page=two", `${server.url}/base/things/more?after=%20z&key=old`, null];
      json(200, { results: items(count + 1), next: nexts[count] })(response);
      count += 1;
    });
    const config = {
      auth: { Key: "secret" },
      securitySchemes: { Key: { kind: "apiKey", in: "query", name: "key" } as const },
      headers: { "X-Team": "blue" },
    };
    expect(await idsOf(list(`${server.url}/base`, { parts: { query: { color: "red" } }, config }))).toEqual([1, 2, 3]);
    expect(server.received.map(({ url }) => url)).toEqual([
      "/base/things/?color=red&key=secret",
      "/base/things/?page=two&key=secret",
      "/base/things/more?after=+z&key=secret",
    ]);
    expect(server.received.map(({ headers }) => headers["x-team"])).toEqual(["blue", "blue", "blue"]);
  });

  test("never follows a link to another origin", async () => {
    const other = await serveBodies({ results: items(2) });
    const server = await serveBodies({ results: items(1), next: `${other.url}/things/?page=2` });
    const seen: number[] = [];
    const error = await thrown(
      (async () => {
        for await (const { id } of list(server.url)) seen.push(id);
      })(),
    );
    expect(error).toBeInstanceOf(PaginationError);
    expect(String(error)).toBe(
      `PaginationError: GET /things/ names "${other.url}/things/?page=2" as the next page, which is not at ${server.url}; it is not asked, since the request carries what is for that server alone.`,
    );
    expect([seen, other.received]).toEqual([[1], []]);
  });

  test.each(["//evil.example/things", "http://user@evil.example/", "data:application/json,{}", "http://["])(
    "takes %s for no address of the server",
    async (next) => {
      const server = await serveBodies({ results: items(1), next });
      expect(await thrown(idsOf(list(server.url)))).toBeInstanceOf(PaginationError);
      expect(server.received).toHaveLength(1);
    },
  );

  test("asks by https for a link that says http, where the client speaks https", async () => {
    const asked: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      asked.push(url);
      return Response.json(
        asked.length === 1
          ? { results: items(1), next: "http://api.example.com/things/?page=2" }
          : { results: items(2), next: null },
      );
    };
    expect(await idsOf(list("https://api.example.com", { config: { fetch } }))).toEqual([1, 2]);
    expect(asked).toEqual(["https://api.example.com/things/", "https://api.example.com/things/?page=2"]);
  });

  test("goes by offset, further on by what has come, until a page is empty", async () => {
    const server = await serveBodies({ results: items(1, 2, 3) }, { results: items(4) }, { results: [] });
    expect(await idsOf(list(server.url, { parts: { query: { limit: 50, offset: 10 } } }))).toEqual([1, 2, 3, 4]);
    expect(queries(server)).toEqual(["limit=50&offset=10", "limit=50&offset=13", "limit=50&offset=14"]);
  });

  test("ends by offset at the total, at a link that is null, and where there is no more", async () => {
    for (const end of [{ count: 3 }, { next: null }, { next_cursor: null }, { has_next: false }]) {
      const server = await serveBodies({ results: items(1, 2) }, { results: items(3), ...end });
      expect(await idsOf(list(server.url))).toEqual([1, 2, 3]);
      expect(queries(server)).toEqual(["", "offset=2"]);
    }
  });

  test("passes an empty page by the limit when the server says that there is more", async () => {
    const server = await serveBodies(
      { results: [], has_next: true },
      { results: items(1), has_next: true, next: null },
      { results: items(2), has_next: false },
    );
    expect(await idsOf(list(server.url))).toEqual([1, 2]);
    expect(queries(server)).toEqual(["", "offset=2", "offset=3"]);
  });

  test("chooses anew at each page, and goes by no offset after a cursor or a link", async () => {
    const server = await serveBodies(
      { results: items(1), has_next: true },
      { results: items(2), next: "/things/?page=3" },
      { results: items(3), next_cursor: "x" },
      { results: items(4) },
    );
    expect(await idsOf(list(server.url))).toEqual([1, 2, 3, 4]);
    expect(queries(server)).toEqual(["", "offset=1", "page=3", "after=x"]);
    const lost = await serveBodies({ results: items(1), next_cursor: "x" }, { results: items(2), has_next: true });
    expect(String(await thrown(idsOf(list(lost.url))))).toBe(
      "PaginationError: GET /things/ says that there is another page, and not how to ask for it.",
    );
  });

  test.each([
    ["the cursor that it was given", { parts: { query: { after: "x" } } }, [{ results: items(1), next_cursor: "x" }], '"x"'],
    [
      "a cursor that does not move",
      {},
      [
        { results: [], next_cursor: "x" },
        { results: [], next_cursor: "x" },
      ],
      '"x"',
    ],
    ["cursors in a circle", {}, [1, 2, 1].map((next_cursor) => ({ results: items(next_cursor), next_cursor })), "1"],
    [
      "a link to itself",
      {},
      [
        { results: items(1), next: "?page=2" },
        { results: items(1), next: "?page=2" },
      ],
      '"?page=2"',
    ],
  ])("does not go in circles: %s", async (_name, asked, bodies, mark) => {
    const server = await serveBodies(...bodies);
    expect(String(await thrown(idsOf(list(server.url, asked))))).toBe(
      `PaginationError: GET /things/ names ${mark} a second time.`,
    );
    expect(server.received).toHaveLength(bodies.length);
  });

  test("gives whole pages, with their responses", async () => {
    const server = await serveBodies({ results: items(1, 2), next_cursor: "x", count: 9 }, { results: [] });
    const pages = [];
    for await (const page of list(server.url).pages()) pages.push([page.items.length, page.data, page.response.status]);
    expect(pages).toEqual([
      [2, { results: items(1, 2), next_cursor: "x", count: 9 }, 200],
      [0, { results: [] }, 200],
    ]);
  });

  test("reads a list that is the body itself, and takes an answer without an array for an empty page", async () => {
    const bare = { items: [], offset: { parameter: ["query", "offset"] } };
    expect(await idsOf(list((await serveBodies(items(1, 2), items(3), [])).url, { pagination: bare }))).toEqual([1, 2, 3]);
    expect(await idsOf(list((await serveBodies({ results: null })).url))).toEqual([]);
  });

  test("can be walked twice, and asks for nothing ahead", async () => {
    const server = await serve((response, { url }) =>
      json(200, url.includes("after") ? { results: items(3) } : { results: items(1, 2), next_cursor: "x" })(response),
    );
    const call = list(server.url);
    for await (const { id } of call) if (id === 2) break;
    expect(queries(server)).toEqual([""]);
    expect([await idsOf(call), await idsOf(call)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(queries(server)).toEqual(["", "after=x", "after=x"]);
  });

  test("is ended by its signal, between two items and between two pages", async () => {
    const server = await serveBodies({ results: items(1, 2), next_cursor: "x" }, { results: items(3) });
    const controller = new AbortController();
    const seen: number[] = [];
    const error = await thrown(
      (async () => {
        for await (const { id } of list(server.url, { options: { signal: controller.signal } })) {
          seen.push(id);
          controller.abort(new Error("enough"));
        }
      })(),
    );
    expect(error).toBeInstanceOf(AbortError);
    expect([seen, server.received.length]).toEqual([[1], 1]);

    const pages = list((await serveBodies({ results: items(1), next_cursor: "x" })).url, {
      options: { signal: AbortSignal.any([new AbortController().signal, controller.signal]) },
    }).pages();
    expect(await thrown(pages.next())).toBeInstanceOf(AbortError);
  });

  test("is ended by its signal while a page is under way", async () => {
    const controller = new AbortController();
    const server = await serve((response, { url }) => {
      if (url.includes("after")) controller.abort();
      else json(200, { results: items(1), next_cursor: "x" })(response);
    });
    expect(await thrown(idsOf(list(server.url, { options: { signal: controller.signal } })))).toBeInstanceOf(AbortError);
    expect(server.received).toHaveLength(2);
  });

  test("has the whole timeout for each page, and no more", async () => {
    const server = await serve((response, { url }) => {
      if (!url.includes("after")) json(200, { results: items(1), next_cursor: "x" })(response);
    });
    const error = await thrown(idsOf(list(server.url, { options: { timeout: 100 } })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(server.received).toHaveLength(2);
  });

  test("throws what a page throws, after the items before it", async () => {
    const server = await serve((response, { url }) =>
      (url.includes("after") ? json(429, { detail: "slow" }) : json(200, { results: items(1), next_cursor: "x" }))(response),
    );
    const seen: number[] = [];
    const error = await thrown(
      (async () => {
        for await (const { id } of list(server.url)) seen.push(id);
      })(),
    );
    expect([seen, error]).toMatchObject([[1], { name: "RateLimitError", status: 429 }]);
  });
});
