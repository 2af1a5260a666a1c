import { expect, test } from "vitest";
import { operationsEmitter } from "../../generator/emit/operations.ts";
import { pathsClientEmitter } from "../../generator/emit/paths-client.ts";
import { json, serve } from "../runtime/client/server.ts";
import { contextOf, importPlans, textOf } from "../support/compiled.ts";
import { modelOf } from "../support/model.ts";

const text = { type: "string" } as const;
const list = { type: "array", items: text } as const;
const object = { type: "object", properties: { a: text, b: text } } as const;
const ok = { description: "", content: { "application/json": { schema: object } } } as const;

/** Operations that depart from the default styles, each in its own way, and two that do not. */
const model = modelOf({
  openapi: "3.1.0",
  info: { title: "Styles", version: "1" },
  servers: [{ url: "https://{region}.example.com/v1", variables: { region: { default: "eu" } } }],
  paths: {
    "/plain/{id}": {
      get: {
        operationId: "plain",
        parameters: [
          { name: "id", in: "path", required: true, schema: text },
          { name: "tags", in: "query", schema: list },
          { name: "filter[by]", in: "query", schema: text },
          { name: "X-Trace", in: "header", schema: text },
        ],
        responses: { 200: ok, 404: { description: "", content: { "text/plain": { schema: text } } } },
      },
      post: {
        operationId: "plainPost",
        parameters: [{ name: "id", in: "path", required: true, schema: text }],
        requestBody: { content: { "application/json": { schema: object } } },
        responses: { 201: ok },
      },
    },
    "/styled/{id}": {
      get: {
        operationId: "styled",
        parameters: [
          { name: "id", in: "path", required: true, schema: list, style: "label", explode: true },
          { name: "ids", in: "query", schema: list, explode: false },
          { name: "filter", in: "query", schema: object },
          { name: "X-Ids", in: "header", schema: list },
          { name: "session", in: "cookie", schema: text },
        ],
        responses: { 200: { description: "", content: { "text/csv": { schema: text } } } },
      },
    },
    "/files": {
      post: {
        operationId: "upload",
        requestBody: {
          content: {
            "multipart/form-data": { schema: { type: "object", properties: { name: text, meta: object } } },
            "application/x-www-form-urlencoded": { schema: object },
            "application/octet-stream": {},
          },
        },
        responses: { 200: { description: "", content: { "application/octet-stream": {} } } },
        servers: [{ url: "https://files.example.com" }],
      },
      get: {
        operationId: "lines",
        responses: { 200: { description: "", content: { "application/jsonl": { itemSchema: object } } } },
        servers: [{ url: "/v2" }],
      },
    },
  },
});
const plans = [operationsEmitter, pathsClientEmitter].flatMap((emitter) => emitter.emit(model, contextOf()));

type Call = (path: string | object, options?: object) => Promise<{ data: unknown; error: unknown; status: number }>;
interface Loose {
  readonly [method: string]: Call;
}
async function clientOf(options: object): Promise<Loose> {
  const module = await importPlans(plans, "paths-client.ts");
  expect(module["default"]).toBe(module["createClient"]);
  // The plans were compiled a moment ago; test/types looks at their types.
  return (module["createClient"] as (options: object) => Loose)(options);
}

test("Only operations that depart from the default styles are carried as data, each by the codecs that it needs", async () => {
  const file = plans.find(({ path }) => path === "paths-client.ts");
  await expect(file === undefined ? "" : await textOf(file)).toMatchFileSnapshot("goldens/styles.paths-client.ts");
});

test("A client by path knows what departs, too", async () => {
  const { url, received } = await serve((response) => response.writeHead(200, { "Content-Type": "text/csv" }).end("a,b"));
  const module = await importPlans(plans, "paths-client.ts");
  const byPath = module["createPathBasedClient"] as (options: object) => { readonly [path: string]: Loose };
  const styled = await byPath({ baseUrl: url })["/styled/{id}"]?.["GET"]?.({ params: { path: { id: ["x", "y"] } } });
  expect(styled?.data).toBe("a,b");
  expect(received[0]).toMatchObject({ url: "/styled/.x.y" });
});

test("What departs travels as the document says", async () => {
  const { url, received } = await serve((response, { method, url: asked }) => {
    if (asked.startsWith("/styled")) response.writeHead(200, { "Content-Type": "text/csv" }).end("a,b");
    else if (method === "GET" && asked === "/files")
      response.writeHead(200, { "Content-Type": "application/jsonl" }).end('{"a":"1"}\n{"a":"2"}\n');
    else if (asked === "/files") response.writeHead(200, { "Content-Type": "application/octet-stream" }).end("raw");
    else json(200, { a: "1" })(response);
  });
  const client = await clientOf({ baseUrl: url });
  const styled = await client["GET"]?.("/styled/{id}", {
    params: {
      path: { id: ["x", "y"] },
      query: { ids: ["1", "2,3"], filter: { a: "b" } },
      header: { "X-Ids": ["m", "n"] },
      cookie: { session: "s t" },
    },
  });
  expect(styled?.data).toBe("a,b");
  expect(received[0]).toMatchObject({
    url: "/styled/.x.y?ids=1,2%2C3&a=b",
    headers: { "x-ids": "m,n", cookie: "session=s%20t" },
  });

  const uploaded = await client["POST"]?.("/files", { body: { name: "n", meta: { a: "1" } } });
  expect(await (uploaded?.data as Blob).text()).toBe("raw");
  expect(received[1]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  expect(received[1]?.body).toMatch(/name="meta"\r\nContent-Type: application\/json\r\n\r\n\{"a":"1"\}/);
  await client["POST"]?.("/files", { body: { a: "1 2" }, headers: { "Content-Type": "application/x-www-form-urlencoded" } });
  await client["POST"]?.("/files", { body: new Blob(["x"]), headers: { "Content-Type": "application/octet-stream" } });
  expect(received.slice(2).map(({ headers, body }) => [headers["content-type"], body])).toEqual([
    ["application/x-www-form-urlencoded", "a=1%202"],
    ["application/octet-stream", "x"],
  ]);
  expect((await client["GET"]?.("/files"))?.data).toEqual([{ a: "1" }, { a: "2" }]);
  const plain = await client["GET"]?.("/plain/{id}", {
    params: { path: { id: "x" }, query: { tags: ["a"], "filter[by]": "n" } },
  });
  expect([plain?.data, received[5]?.url]).toEqual([{ a: "1" }, "/plain/x?tags=a&filter[by]=n"]);
});

test("The servers of the document are the default, those of an operation before it, and an option before both", async () => {
  const asked: string[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    asked.push(request.url);
    return Response.json({});
  };
  const client = await clientOf({ fetch });
  await client["GET"]?.("/plain/{id}", { params: { path: { id: "x" } } });
  await client["POST"]?.("/files", { body: {} });
  await client["GET"]?.("/files");
  await (await clientOf({ fetch, baseUrl: "https://own.example.com" }))["POST"]?.("/files", { body: {} });
  expect(asked).toEqual([
    "https://eu.example.com/v1/plain/x",
    "https://files.example.com/files",
    "https://eu.example.com/v2/files",
    "https://own.example.com/files",
  ]);
});

test("A serializer that is given goes before the document's", async () => {
  const asked: string[] = [];
  const client = await clientOf({
    querySerializer: { array: { style: "pipeDelimited", explode: false } },
    fetch: async (request: Request) => {
      asked.push(request.url);
      return new Response("");
    },
  });
  await client["GET"]?.("/styled/{id}", { params: { path: { id: ["x"] }, query: { ids: ["1", "2"] } } });
  expect(asked).toEqual(["https://eu.example.com/v1/styled/.x?ids=1|2"]);
});

test("The body of a failure has the types that were chosen for formats, and stays as it came where it is not as declared", async () => {
  const failure = { type: "object", properties: { until: { type: "string", format: "date-time" } } } as const;
  const dated = modelOf(
    {
      openapi: "3.1.0",
      info: { title: "Dates", version: "1" },
      paths: {
        "/a": {
          get: {
            operationId: "get",
            responses: { 200: ok, "4XX": { description: "", content: { "application/json": { schema: failure } } } },
          },
        },
      },
    },
    { "date-time": "Date" },
  );
  const emitted = [operationsEmitter, pathsClientEmitter].flatMap((emitter) => emitter.emit(dated, contextOf()));
  const module = await importPlans(emitted, "paths-client.ts");
  const answers = [
    Response.json({ until: "2026-01-31T09:30:00Z" }, { status: 429 }),
    Response.json({ until: "soon" }, { status: 400 }),
    Response.json({ until: "2026-01-31T09:30:00Z" }, { status: 503 }),
    new Response("<html>", { status: 404, headers: { "Content-Type": "application/json" } }),
    new Response(null, { status: 404 }),
    Response.json({ a: "1" }),
  ];
  // As above.
  const client = (module["createClient"] as (options: object) => Loose)({
    baseUrl: "http://anywhere.example",
    fetch: () => Promise.resolve(answers.shift() ?? Response.error()),
  });
  const told: unknown[] = [];
  while (answers.length > 0) told.push(await client["GET"]?.("/a"));
  expect(told).toMatchObject([
    { status: 429, error: { until: new Date("2026-01-31T09:30:00Z") } },
    { status: 400, error: { until: "soon" } },
    { status: 503, error: { until: "2026-01-31T09:30:00Z" } },
    { status: 404, error: "<html>" },
    { status: 404, error: undefined },
    { status: 200, data: { a: "1" } },
  ]);
});
