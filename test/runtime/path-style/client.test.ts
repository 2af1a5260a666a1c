import { expect, expectTypeOf, test } from "vitest";
import { createClient } from "../../../generator/runtime/path-style/client.ts";
import type { Middleware } from "../../../generator/runtime/path-style/options.ts";
import { wrapAsPathBasedClient } from "../../../generator/runtime/path-style/path-based.ts";
import type { Client, MethodResponse } from "../../../generator/runtime/path-style/types.ts";
import type { Paths } from "../client/operations.ts";
import { json, serve } from "../client/server.ts";

const path = "/projects/{project_id}/things/{id}";
const params = { path: { project_id: "7", id: "a/b" } };

test("A call resolves to data or error, told apart by each other and by status", async () => {
  const { url, received } = await serve((response, { url: asked }) =>
    asked.endsWith("lost") ? json(404, { code: "lost", detail: "Lost." })(response) : json(200, { name: "cup" })(response),
  );
  const client = createClient<Paths>({ baseUrl: `${url}/` });
  const found = await client.GET(path, { params: { ...params, query: { tags: ["a", "b c"] } } });
  expect(found).toMatchObject({ status: 200, data: { name: "cup" }, response: { status: 200 } });
  expect(received[0]).toMatchObject({ method: "GET", url: "/projects/7/things/a%2Fb?tags=a&tags=b%20c" });
  expectTypeOf(found.data).toEqualTypeOf<{ name: string } | undefined>();
  if (found.error === undefined) expectTypeOf(found.status).toEqualTypeOf<200 | 204>();
  if (found.status === 200) expectTypeOf(found.data).toEqualTypeOf<{ name: string }>();
  if (found.status === 204) expectTypeOf(found.data).toEqualTypeOf<undefined>();
  if (found.status === 404) expectTypeOf(found.error).toEqualTypeOf<{ code: string; detail: string }>();
  if (found.status === 503) expectTypeOf(found.error).toEqualTypeOf<{ reason: string }>();
  const lost = await client.GET(path, { params: { path: { project_id: "7", id: "lost" } } });
  expect([lost.status, lost.data, lost.error]).toEqual([404, undefined, { code: "lost", detail: "Lost." }]);
});

test("A success that is empty has no data, whatever its status, and an error that is no JSON is text", async () => {
  const answers: [number, string][] = [
    [200, ""],
    [204, ""],
    [502, "<html>"],
    [500, ""],
  ];
  const { url } = await serve((response) => {
    const [status, text] = answers.shift() ?? [500, ""];
    response.writeHead(status).end(text);
  });
  const client = createClient<Paths>({ baseUrl: url });
  const got = [];
  for (let index = 0; index < 4; index += 1) got.push(await client.GET(path, { params }));
  expect(got.map(({ status, data, error }) => [status, data, error])).toEqual([
    [200, undefined, undefined],
    [204, undefined, undefined],
    [502, undefined, "<html>"],
    [500, undefined, undefined],
  ]);
});

test("A success that is not the JSON that was asked for throws, and other ways to read it do not", async () => {
  const { url } = await serve((response) => response.end("tea"));
  const client = createClient<Paths>({ baseUrl: url });
  await expect(client.GET(path, { params })).rejects.toThrow(SyntaxError);
  const text = await client.GET(path, { params, parseAs: "text" });
  expectTypeOf(text.data).toEqualTypeOf<string | undefined>();
  expect(text.data).toBe("tea");
  expect(await (await client.GET(path, { params, parseAs: "blob" })).data?.text()).toBe("tea");
  expect((await client.GET(path, { params, parseAs: "arrayBuffer" })).data?.byteLength).toBe(3);
  expect(await new Response((await client.GET(path, { params, parseAs: "stream" })).data).text()).toBe("tea");
});

test("No value of a path parameter leads to another path", async () => {
  const { url, received } = await serve(json(200, {}));
  const client = createClient<Paths>({ baseUrl: url });
  for (const id of ["", ".", ".."])
    await expect(client.GET(path, { params: { path: { project_id: "7", id } } })).rejects.toThrow(TypeError);
  await client.GET(path, { params: { path: { project_id: "7", id: "../%2e%2e/x" } } });
  expect(received.map((one) => one.url)).toEqual(["/projects/7/things/..%2F%252e%252e%2Fx"]);
});

test("A Date in a query is its ISO text, and a list in a header is one of its values", async () => {
  const { url, received } = await serve(json(200, {}));
  const client = createClient({ baseUrl: url, headers: { "X-Kept": "a", "X-Gone": "b" } });
  const loose = client as unknown as Client<{
    "/x": { get: { responses: { 200: { content: { "application/json": object } } } } };
  }>;
  await loose.GET("/x", {
    params: { query: { since: new Date(0), none: null, filter: { by: "n&m", not: undefined } } },
    headers: { "X-Gone": null, "X-List": ["a", 1] },
  });
  expect(received[0]?.url).toBe("/x?since=1970-01-01T00%3A00%3A00.000Z&filter[by]=n%26m");
  expect(received[0]?.headers).toMatchObject({ "x-kept": "a", "x-list": "a, 1" });
  expect(received[0]?.headers).not.toHaveProperty("x-gone");
});

test("Bodies are JSON, a form where the headers ask for one, and what fetch has a media type for", async () => {
  const { url, received } = await serve(json(201, { id: 1 }));
  const client = createClient<Paths>({ baseUrl: url });
  const body = { name: "a b" };
  await client.POST("/things", { body });
  await client.POST("/things", { body, headers: { "Content-Type": "application/x-www-form-urlencoded" } });
  await client.POST("/things", { body, bodySerializer: () => new Blob(["raw"], { type: "image/png" }) });
  await client.POST("/things", { body, bodySerializer: () => new Blob(["streamed"]).stream() });
  expect(received.map(({ headers, body: sent }) => [headers["content-type"], sent])).toEqual([
    ["application/json", '{"name":"a b"}'],
    ["application/x-www-form-urlencoded", "name=a+b"],
    ["image/png", "raw"],
    [undefined, "streamed"],
  ]);
});

test("Middlewares see the request in order and the response in reverse, and can be taken away", async () => {
  const { url } = await serve((response, { headers }) => json(200, { trail: headers["x-trail"] })(response));
  const client = createClient<Paths>({ baseUrl: url });
  const named = (name: string): Middleware => ({
    onRequest({ request, schemaPath, id }) {
      expect([schemaPath, id.length > 0]).toEqual([path, true]);
      request.headers.set("X-Trail", `${request.headers.get("X-Trail") ?? ""}${name}`);
    },
    async onResponse({ response }) {
      const { trail } = await response.json();
      return Response.json({ trail: `${trail}${name}` });
    },
  });
  const [a, b] = [named("a"), named("b")];
  client.use(a, b);
  expect((await client.GET(path, { params, middleware: [named("c")] })).data).toEqual({ trail: "abccba" });
  client.eject(a);
  expect((await client.GET(path, { params })).data).toEqual({ trail: "bb" });
  // @ts-expect-error there is no such callback
  expect(() => client.use({ onReqest() {} })).toThrow("onRequest");
});

test("onError makes a response or another error of what fetch throws", async () => {
  const client = createClient<Paths>({ baseUrl: "http://127.0.0.1:1" });
  await expect(client.GET(path, { params, middleware: [{ onError: () => new RangeError("far") }] })).rejects.toThrow(RangeError);
  const { data } = await client.GET(path, { params, middleware: [{ onError: () => Response.json({ name: "kept" }) }] });
  expect(data).toEqual({ name: "kept" });
});

test("QUERY, and methods that are no fields of OpenAPI, are called too", async () => {
  interface Files {
    "/files": {
      query: {
        requestBody: { content: { "application/json": string } };
        responses: { 200: { content: { "application/json": 1 } } };
      };
      COPY: { responses: { 201: { content?: never } } };
    };
  }
  const { url, received } = await serve(json(200, 1));
  const client = createClient<Files>({ baseUrl: url });
  expectTypeOf((await client.QUERY("/files", { body: "x" })).data).toEqualTypeOf<1 | undefined>();
  await client.request("query", "/files", { body: "x" });
  await client.request("COPY", "/files");
  expect(received.map(({ method }) => method)).toEqual(["QUERY", "QUERY", "COPY"]);
  const wrong = (): unknown => [
    // @ts-expect-error the body is missing
    client.QUERY("/files"),
    // @ts-expect-error the path has no such method
    client.GET("/files"),
  ];
  expect(wrong).toBeTypeOf("function");
});

test("What a path does not declare does not compile, and what fetch may know does", () => {
  const client = createClient<Paths>({ baseUrl: "https://example.com" });
  const calls = (): unknown => [
    // @ts-expect-error there is no such path
    client.GET("/nothing"),
    // @ts-expect-error the parameters are missing
    client.GET(path),
    // @ts-expect-error the id is misspelt
    client.GET(path, { params: { path: { project_id: "7", idd: "x" } } }),
    // @ts-expect-error a parameter has the wrong type
    client.GET(path, { params: { ...params, query: { tags: "a" } } }),
    // @ts-expect-error the body is missing
    client.POST("/things"),
    // @ts-expect-error the body has the wrong type
    client.POST("/things", { body: { name: 1 } }),
    client.GET(path, { params, next: { revalidate: 60 }, cache: "no-store", signal: AbortSignal.timeout(1) }),
  ];
  expect(calls).toBeTypeOf("function");
  expectTypeOf<MethodResponse<typeof client, "get", typeof path>>().toEqualTypeOf<{ name: string }>();
});

test("A client by path has the methods of each path", async () => {
  const { url } = await serve(json(200, { name: "cup" }));
  const client = wrapAsPathBasedClient(createClient<Paths>({ baseUrl: url }));
  const { data } = await client[path].GET({ params });
  expectTypeOf(data).toEqualTypeOf<{ name: string } | undefined>();
  expect(data).toEqual({ name: "cup" });
});

test("A stream is refused where the platform would send the name of its type", async () => {
  // As Firefox and Safari have it: what is no body for them is a text.
  class OldRequest extends Request {
    constructor(input: string | URL | Request, init?: RequestInit) {
      super(input, init?.body instanceof ReadableStream ? { ...init, body: String(init.body) } : init);
    }
  }
  const sent: string[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    sent.push(await request.text());
    return Response.json({});
  };
  const client = createClient<Paths>({ baseUrl: "http://anywhere.example", fetch, Request: OldRequest });
  const body = { name: "cup" };
  const streamed = client.POST("/things", { body, bodySerializer: () => new Blob(["x"]).stream() });
  await expect(streamed).rejects.toThrow("No stream can be sent from here");
  await client.POST("/things", { body, bodySerializer: () => new Blob(["x"]) });
  expect(sent).toEqual(["x"]);
});
