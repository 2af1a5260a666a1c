import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import { generate } from "../../generator/pipeline.ts";
import { serve, type RunningServer } from "../../generator/runtime/server/node.ts";
import { makeRunnable, type RunnableModules } from "../../generator/verify/transpile.ts";

interface Arrival {
  readonly path: object;
  readonly query: object;
  readonly header: object;
  readonly cookie: object;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly request: Request;
}
type Init = { readonly params?: object; readonly body?: unknown; readonly contentType?: string };
type Ask = (
  path: string,
  init?: Init,
) => Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;

/** A stream as the list of its items; all else as it is. */
async function whole(data: unknown): Promise<unknown> {
  if (typeof data !== "object" || data === null || !(Symbol.asyncIterator in data)) return data;
  const items: unknown[] = [];
  for await (const item of data as AsyncIterable<unknown>) items.push(item);
  return items;
}

let modules: RunnableModules;
let server: RunningServer;
let client: { readonly GET: Ask; readonly POST: Ask };
let sent: string[] = [];
let arrived: Arrival[] = [];

beforeAll(async () => {
  const spec = fileURLToPath(new URL("wire.yaml", import.meta.url));
  const { files = [], model } = await generate(await resolveConfig("/", { spec, emit: ["client", "server"] }));
  modules = await makeRunnable(files);
  const { createRouter } = (await modules.import("server")) as {
    createRouter(handlers: object): (request: Request) => Promise<Response>;
  };
  const { createClient } = (await modules.import("client")) as { createClient(options: object): typeof client };
  const handle = (input: Arrival): object => {
    arrived.push(input);
    if (input.body !== undefined) return { status: 200, body: input.body, contentType: input.contentType };
    return input.request.url.endsWith("/fields")
      ? { status: 204, headers: { "X-Ids": [1, 2], "X-Point": { R: 1, G: 2 } } }
      : { status: 204 };
  };
  const router = createRouter(Object.fromEntries((model?.operations ?? []).map(({ name }) => [name, handle])));
  server = await serve(router, { port: 0 });
  const watched = (url: string, init: RequestInit): Promise<Response> => {
    sent.push(url.slice(server.url.length));
    return fetch(url, init);
  };
  client = createClient({ server: server.url, fetch: watched });
});

afterAll(async () => {
  await server.close();
  await modules.remove();
});

beforeEach(() => {
  sent = [];
  arrived = [];
});

describe("a path", () => {
  const styles = "/styles/simple/{simple}/label/{label}/matrix/{matrix}/obj/{object}";

  it("has lists and objects in their styles, encoded", async () => {
    const path = { simple: ["x/y", "z"], label: ["p", "q"], matrix: ["m", "n"], object: { R: 1, G: 2 } };
    await client.GET(styles, { params: { path } });
    expect(sent).toEqual(["/styles/simple/x%2Fy,z/label/.p.q/matrix/;matrix=m;matrix=n/obj/R=1,G=2"]);
    expect(arrived[0]?.path).toEqual(path);
  });

  it("may hold several values in one segment", async () => {
    const path = { a: 1, b: -2, name: "a.b", extension: "t-x/t" };
    await client.GET("/parts/{a}-{b}/{name}.{extension}", { params: { path } });
    expect(sent).toEqual(["/parts/1-%2D2/a%2Eb.t-x%2Ft"]);
    expect(arrived[0]?.path).toEqual(path);
  });

  it("may be written with what no URL holds as it is", async () => {
    const path = { id: "7" };
    await client.GET('/odd\\ "é" place/{id}', { params: { path } });
    expect(sent).toEqual(["/odd%5C%20%22%C3%A9%22%20place/7"]);
    expect(arrived[0]?.path).toEqual(path);
  });

  it("may fix a part of the query", async () => {
    const path = { id: "7", verb: "lock" };
    await client.GET("/things/{id}:{verb}?full=yes", { params: { path, query: { page: 2 } } });
    expect(sent).toEqual(["/things/7:lock?full=yes&page=2"]);
    expect(arrived[0]).toMatchObject({ path, query: { page: 2 } });
  });

  it.each(["x/y", "../admin", "..%2F", "%2e%2e", "%2E.", "a\\..\\b", "a?b#c", "…", ".hidden", "%"])(
    "is never changed by the value %j",
    async (id) => {
      await client.GET("/things/{id}", { params: { path: { id } } });
      expect(arrived[0]?.path).toEqual({ id });
      expect(new URL(sent[0] ?? "", server.url).pathname.split("/")).toHaveLength(3);
    },
  );

  it.each([".", "..", ""])("is refused for the value %j before anything is sent", async (id) => {
    await expect(client.GET("/things/{id}", { params: { path: { id } } })).rejects.toMatchObject({ name: "EncodeError" });
    expect(sent).toEqual([]);
  });
});

describe("a query", () => {
  it.each<[string, object, string]>([
    ["a list with commas", { comma: ["a", "b,c"] }, "comma=a,b%2Cc"],
    ["a list with spaces", { space: ["a", "b"] }, "space=a%20b"],
    ["a list with bars", { pipe: ["a", "b"] }, "pipe=a%7Cb"],
    ["a repeated list", { repeated: ["a&b", "", "c d"] }, "repeated=a%26b&repeated=&repeated=c%20d"],
    ["an exploded object", { exploded: { R: 1, G: 2 } }, "R=1&G=2"],
    ["a flat deepObject", { deep: { a: "x=y" } }, "deep[a]=x%3Dy"],
    ["a nested deepObject", { deep: { a: "x", b: { c: 1, d: ["e"] } } }, "deep[a]=x&deep[b][c]=1&deep[b][d][0]=e"],
    ["reserved characters", { reserved: "a/b?c:d@e&f#g+h" }, "reserved=a/b?c:d@e%26f%23g%2Bh"],
    ["a JSON document", { json: { a: "&", b: { c: 1 } } }, "json=%7B%22a%22%3A%22%26%22%2C%22b%22%3A%7B%22c%22%3A1%7D%7D"],
  ])("has %s", async (_what, query, search) => {
    await client.GET("/query", { params: { query } });
    expect(sent.map((url) => url.replaceAll("%5B", "[").replaceAll("%5D", "]"))).toEqual([`/query?${search}`]);
    expect(arrived[0]?.query).toEqual(query);
  });

  it("has a Date as RFC 3339 text", async () => {
    await client.GET("/query", { params: { query: { moment: new Date(Date.UTC(2026, 0, 2)) } } });
    expect(sent).toEqual(["/query?moment=2026-01-02T00%3A00%3A00.000Z"]);
    expect(arrived[0]?.query).toEqual({ moment: "2026-01-02T00:00:00.000Z" });
  });

  it("has nothing of null, undefined and empty lists", async () => {
    await client.GET("/query", { params: { query: { nothing: null, reserved: undefined, comma: [], repeated: [] } } });
    expect(sent).toEqual(["/query"]);
    expect(arrived[0]?.query).toEqual({});
  });

  it("may be one value as a whole", async () => {
    const query = { whole: { a: "x y", b: { c: 1 } } };
    await client.GET("/search", { params: { query } });
    expect(sent).toEqual(["/search?a=x%20y&b=%7B%22c%22%3A1%7D"]);
    expect(arrived[0]?.query).toEqual(query);
  });
});

describe("fields", () => {
  it("carry lists, objects and documents, there and back", async () => {
    const header = { "X-List": ["a,b", "é"], "X-Point": { R: 1, G: 2 }, "X-Json": { a: "€" } };
    const cookie = { session: "a;b é", ids: [1, 2], raw: "a=b%" };
    const { response } = await client.GET("/fields", { params: { header, cookie } });
    expect(arrived[0]).toMatchObject({ headers: header, cookies: cookie });
    const raw = arrived[0]?.request.headers;
    expect([raw?.get("x-list"), raw?.get("x-point"), raw?.get("x-json")]).toEqual(["a%2Cb,%C3%A9", "R=1,G=2", '{"a":"\\u20ac"}']);
    expect(raw?.get("cookie")).toBe("session=a%3Bb%20%C3%A9; ids=1,2; raw=a=b%");
    expect([response.headers.get("X-Ids"), response.headers.get("X-Point")]).toEqual(["1,2", "R=1,G=2"]);
  });
});

describe("a body", () => {
  const deep = { a: "é\n", b: { c: 1, d: ["x", ""] } };

  it.each<[string, unknown]>([
    ["application/json", deep],
    ["application/problem+json", deep],
    ["application/x-www-form-urlencoded", { list: ["a&b", "c"], comma: ["d", "e,f"], deep: { a: "+" }, json: deep }],
    ["text/plain", "é\r\n"],
    ["application/xml", "<a b='c'/>"],
    ["application/x-ndjson", [{ R: 1 }, { G: 2 }]],
    ["application/json-seq", [{ R: 1 }, { G: 2 }]],
    ["text/event-stream", [{ event: "x", data: "a\nb" }, { data: "" }]],
  ])("goes there and back as %s", async (contentType, body) => {
    const { data, error } = await client.POST("/bodies", { body, contentType });
    expect(error).toBeUndefined();
    expect(arrived[0]).toMatchObject({ contentType, body });
    expect(arrived[0]?.request.headers.get("content-type")).toBe(contentType);
    expect(await whole(data)).toEqual(body);
  });

  it("goes there and back as bytes", async () => {
    const body = new Blob([Uint8Array.of(0, 255, 13, 10)]);
    const { data } = await client.POST("/bodies", { body, contentType: "application/octet-stream" });
    expect([...new Uint8Array(await (data as Blob).arrayBuffer())]).toEqual([0, 255, 13, 10]);
  });

  it("goes there and back as the parts of a form", async () => {
    const file = new File([Uint8Array.of(0, 255)], "é.bin", { type: "image/png" });
    const body = { name: "n", data: deep, tags: ["a", "b"], markdown: "# x", files: [file, file] };
    const { data } = await client.POST("/bodies", { body, contentType: "multipart/form-data" });
    const { files, ...fields } = data as typeof body;
    expect(fields).toEqual({ name: "n", data: deep, tags: ["a", "b"], markdown: "# x" });
    expect(files.map(({ name, type, size }) => [name, type, size])).toEqual(Array(2).fill(["é.bin", "image/png", 2]));
  });

  it("goes there and back as parts that have headers of their own", async () => {
    const scan = new File([Uint8Array.of(1)], "a.png", { type: "image/png" });
    const body = {
      noted: { value: 7, headers: { "X-Note": "a: b" } },
      scans: [
        { value: scan, headers: { "X-Pages": [1, 2], "X-Taken": "2026-01-02T00:00:00Z" } },
        { value: scan, headers: { "X-Pages": [3] } },
      ],
    };
    const { data, error } = await client.POST("/bodies", { body, contentType: "multipart/form-data" });
    expect(error).toBeUndefined();
    expect(data).toEqual(body);
    expect(arrived[0]?.body).toEqual(body);
  });

  it("is refused when a header of a part is missing or wrong", async () => {
    const scan = new Blob([Uint8Array.of(1)]);
    const scans = [
      { value: scan, headers: { "X-Pages": [1] } },
      { value: scan, headers: { "X-Taken": "soon" } },
    ];
    const { error } = await client.POST("/bodies", { body: { scans }, contentType: "multipart/form-data" }).catch((thrown) => ({
      error: (thrown as { body: unknown }).body,
    }));
    expect(error).toMatchObject({
      errors: [
        { in: "body", pointer: "/scans/1/headers", keyword: "required" },
        { in: "body", pointer: "/scans/1/headers/X-Taken", keyword: "format" },
      ],
    });
  });

  it("may be items that are made while it is sent", async () => {
    const body = (async function* () {
      yield { R: 1 };
      await new Promise((resolve) => setTimeout(resolve, 5));
      yield { G: 2 };
    })();
    const { data } = await client.POST("/bodies", { body, contentType: "application/x-ndjson" });
    expect(await whole(data)).toEqual([{ R: 1 }, { G: 2 }]);
  });
});
