import { expect, test } from "vitest";
import { readFiles } from "../support/read.ts";

const head = { openapi: "3.1.0", info: { title: "Test", version: "1" } };

test("a path's parameters and servers move into its operations, unless they have their own", async () => {
  const limit = { name: "limit", in: "query", schema: { type: "integer" } };
  const { document, problems } = await readFiles({
    "spec.json": {
      ...head,
      paths: {
        "/a": {
          parameters: [limit, { name: "limit", in: "header", schema: {} }],
          servers: [{ url: "https://path" }],
          get: { parameters: [{ ...limit, schema: { type: "string" } }], responses: {} },
          put: { servers: [{ url: "https://own" }], responses: {} },
        },
      },
    },
  });
  expect(problems).toEqual([]);
  expect(document?.root.paths["/a"]).toEqual({
    get: {
      servers: [{ url: "https://path" }],
      parameters: [
        { name: "limit", in: "header", schema: {} },
        { ...limit, schema: { type: "string" } },
      ],
      responses: {},
    },
    put: { servers: [{ url: "https://own" }], parameters: [limit, { name: "limit", in: "header", schema: {} }], responses: {} },
  });
});

test("components that are referred to stand in place, once in memory; a description beside the reference counts", async () => {
  const { document, problems } = await readFiles({
    "spec.json": {
      ...head,
      paths: {
        "/a": {
          get: {
            parameters: [{ $ref: "#/components/parameters/Limit" }],
            requestBody: { $ref: "#/components/requestBodies/Body" },
            responses: {
              404: { $ref: "#/components/responses/NotFound" },
              410: { $ref: "#/components/responses/NotFound", description: "Gone." },
            },
          },
        },
        "/b": { $ref: "#/components/pathItems/B" },
      },
      components: {
        parameters: {
          Limit: {
            name: "limit",
            in: "query",
            schema: { type: "integer" },
            examples: { one: { $ref: "#/components/examples/One" } },
          },
        },
        requestBodies: { Body: { content: { "application/json": { schema: {} } } } },
        responses: {
          NotFound: {
            description: "None.",
            headers: { "X-A": { $ref: "#/components/headers/A" } },
            links: { a: { $ref: "#/components/links/L" } },
          },
        },
        headers: { A: { schema: { type: "string" } } },
        examples: { One: { value: 1 } },
        links: { L: { operationId: "x" } },
        pathItems: { B: { post: { responses: {} } } },
      },
    },
  });
  expect(problems).toEqual([]);
  const { paths, components } = document?.root ?? {};
  const operation = paths?.["/a"]?.get;
  expect(operation?.parameters?.[0]).toBe(components?.parameters?.["Limit"]);
  expect(operation?.parameters?.[0]?.examples).toEqual({ one: { value: 1 } });
  expect(operation?.requestBody).toBe(components?.requestBodies?.["Body"]);
  expect(operation?.responses?.["404"]).toBe(components?.responses?.["NotFound"]);
  expect(operation?.responses?.["410"]).toEqual({
    description: "Gone.",
    headers: { "X-A": { schema: { type: "string" } } },
    links: { a: { operationId: "x" } },
  });
  expect(paths?.["/b"]).toBe(components?.pathItems?.["B"]);
  expect(document?.locate(operation?.parameters?.[0] ?? {})).toBe("/api/spec.json#/components/parameters/Limit");
});

test("example becomes one of examples", async () => {
  const { document, problems } = await readFiles({
    "spec.json": {
      ...head,
      paths: {
        "/a": {
          get: {
            parameters: [{ name: "a", in: "query", schema: {}, example: 1 }],
            responses: { 200: { content: { "application/json": { example: null, examples: { b: { value: 2 } } } } } },
          },
        },
      },
    },
  });
  expect(problems).toEqual([]);
  const operation = document?.root.paths["/a"]?.get;
  expect(operation?.parameters?.[0]?.examples).toEqual({ example: { value: 1 } });
  expect(operation?.responses?.["200"]?.content?.["application/json"]).toEqual({
    examples: { example: { value: null }, b: { value: 2 } },
  });
});

test("a path item may have operations beside its reference", async () => {
  const { document, problems } = await readFiles({
    "spec.json": { ...head, paths: { "/a": { $ref: "a.json", get: { operationId: "own", responses: {} } } } },
    "a.json": { get: { operationId: "theirs", responses: {} }, put: { operationId: "put", responses: {} } },
  });
  expect(problems).toEqual([]);
  expect(document?.root.paths["/a"]).toEqual({
    get: { operationId: "own", responses: {} },
    put: { operationId: "put", responses: {} },
  });
});

test("OpenAPI 3.2 brings the method query, other methods, item schemas and shared media types", async () => {
  const spec = {
    ...head,
    openapi: "3.2.0",
    paths: {
      "/a": {
        query: {
          responses: { 200: { description: "", content: { "application/jsonl": { $ref: "#/components/mediaTypes/Lines" } } } },
        },
        additionalOperations: { COPY: { responses: {} } },
      },
    },
    components: { mediaTypes: { Lines: { itemSchema: { type: "string" } } } },
  };
  const { document, problems } = await readFiles({ "spec.json": spec });
  expect(problems).toEqual([]);
  expect(document?.root.paths["/a"]).toEqual({
    query: { responses: { 200: { description: "", content: { "application/jsonl": { itemSchema: { type: "string" } } } } } },
    additionalOperations: { COPY: { responses: {} } },
  });
  expect(
    (
      await readFiles({
        "spec.json": { ...spec, openapi: "3.1.0", components: {}, paths: { "/a": { query: { responses: {} } } } },
      })
    ).problems,
  ).toEqual(["member-unknown spec.json#/paths/~1a/query"]);
});

test("a callback that contains itself is cut, and the rest is read", async () => {
  const { document, problems } = await readFiles({
    "spec.json": {
      ...head,
      paths: { "/a": { post: { responses: {}, callbacks: { changed: { "{$url}": { $ref: "#/paths/~1a" } } } } } },
    },
  });
  expect(problems.map((problem) => problem.split(" ")[0])).toEqual(["reference-cycle"]);
  expect(document?.root.paths["/a"]?.post?.callbacks?.["changed"]?.["{$url}"]?.post?.responses).toEqual({});
});

test.each([
  { dialect: "3.1", head },
  { dialect: "2.0", head: { swagger: "2.0", info: head.info } },
])("a path starts with a slash, whether it is written or not: $dialect", async ({ head: start }) => {
  const get = (summary: string): object => ({ get: { summary, responses: {} } });
  const { document, problems } = await readFiles({
    "spec.json": { ...start, paths: { pets: get("pets"), "{id}": get("one"), "/a": get("a"), a: get("b"), "": get("itself") } },
  });
  expect(Object.entries(document?.root.paths ?? {}).map(([path, item]) => [path, item.get?.summary])).toEqual([
    ["/pets", "pets"],
    ["/{id}", "one"],
    ["/a", "a"],
    ["", "itself"],
  ]);
  expect(problems.filter((problem) => problem.includes("path-slash-missing"))).toHaveLength(3);
});

test("the keys of webhooks and callbacks are no paths", async () => {
  const item = { post: { responses: {} } };
  const { document, problems } = await readFiles({
    "spec.json": {
      ...head,
      webhooks: { adopted: item },
      paths: { "/a": { get: { responses: {}, callbacks: { told: { "{$request.query.url}": item } } } } },
    },
  });
  expect(problems).toEqual([]);
  expect(Object.keys(document?.root.webhooks ?? {})).toEqual(["adopted"]);
});
