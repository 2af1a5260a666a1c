import { expect, test } from "vitest";
import { readFiles } from "../support/read.ts";

const head = { swagger: "2.0", info: { title: "Test", version: "1" }, paths: {} };

async function operation(written: object, more: object = {}): Promise<{ read: unknown; problems: readonly string[] }> {
  const { document, problems } = await readFiles({
    "spec.json": { ...head, ...more, paths: { "/a": { post: { responses: {}, ...written } } } },
  });
  return { read: document?.root.paths["/a"]?.post, problems };
}

test("schemes, host and basePath are servers", async () => {
  const servers = async (more: object): Promise<unknown> =>
    (await readFiles({ "spec.json": { ...head, ...more } })).document?.root.servers;
  expect(await servers({ schemes: ["https", "http"], host: "api.example.com", basePath: "/v1/" })).toEqual([
    { url: "https://api.example.com/v1" },
    { url: "http://api.example.com/v1" },
  ]);
  expect(await servers({ host: "api.example.com" })).toEqual([{ url: "https://api.example.com" }]);
  expect(await servers({ basePath: "v1" })).toEqual([{ url: "/v1" }]);
  expect(await servers({})).toBeUndefined();
});

test("a body parameter is the body, in each media type that is consumed", async () => {
  const { read, problems } = await operation({
    consumes: ["application/json", "application/xml"],
    parameters: [{ name: "pet", in: "body", description: "It.", required: true, schema: { type: "string" } }],
  });
  expect(problems).toEqual([]);
  expect(read).toEqual({
    responses: {},
    requestBody: {
      description: "It.",
      required: true,
      content: { "application/json": { schema: { type: "string" } }, "application/xml": { schema: { type: "string" } } },
    },
  });
});

test("form fields are the properties of the body; a file makes it multipart", async () => {
  const field = {
    name: "tags",
    in: "formData",
    description: "Some.",
    type: "array",
    items: { type: "string" },
    collectionFormat: "multi",
    required: true,
  };
  const properties = { tags: { type: "array", items: { type: "string" }, description: "Some." } };
  const encoding = { tags: { style: "form", explode: true } };
  expect((await operation({ parameters: [field] })).read).toEqual({
    responses: {},
    requestBody: {
      required: true,
      content: { "application/x-www-form-urlencoded": { schema: { type: "object", properties, required: ["tags"] }, encoding } },
    },
  });
  expect(
    (
      await operation({
        consumes: ["multipart/form-data", "application/x-www-form-urlencoded"],
        parameters: [field, { name: "photo", in: "formData", type: "file" }],
      })
    ).read,
  ).toEqual({
    responses: {},
    requestBody: {
      required: true,
      content: {
        "multipart/form-data": {
          schema: {
            type: "object",
            properties: { ...properties, photo: { type: "string", format: "binary" } },
            required: ["tags"],
          },
          encoding,
        },
      },
    },
  });
});

test("collection formats are styles", async () => {
  const array = { type: "array", items: { type: "string" } };
  const formats = ["csv", "ssv", "pipes", "multi"];
  const { read, problems } = await operation({
    parameters: [
      ...formats.map((collectionFormat) => ({ name: collectionFormat, in: "query", ...array, collectionFormat })),
      { name: "none", in: "header", ...array },
      { name: "tsv", in: "query", ...array, collectionFormat: "tsv" },
    ],
  });
  expect(problems).toEqual(["collection-format-unsupported spec.json#/paths/~1a/post/parameters/5/collectionFormat"]);
  expect((read as { parameters: unknown }).parameters).toEqual([
    { name: "csv", in: "query", style: "form", explode: false, schema: array },
    { name: "ssv", in: "query", style: "spaceDelimited", explode: false, schema: array },
    { name: "pipes", in: "query", style: "pipeDelimited", explode: false, schema: array },
    { name: "multi", in: "query", style: "form", explode: true, schema: array },
    { name: "none", in: "header", style: "simple", explode: false, schema: array },
    { name: "tsv", in: "query", style: "form", explode: false, schema: array },
  ]);
});

test("responses have content for what is produced, with its examples", async () => {
  const more = {
    produces: ["application/json", "text/plain"],
    responses: { Shared: { description: "Shared.", schema: { type: "integer" } } },
  };
  const responses = {
    200: {
      description: "ok",
      schema: { type: "string" },
      examples: { "text/plain": "a" },
      headers: { "X-A": { type: "integer" } },
    },
    204: { description: "none" },
    400: { $ref: "#/responses/Shared" },
  };
  const { read, problems } = await operation({ responses }, more);
  expect(problems).toEqual([]);
  expect((read as { responses: unknown }).responses).toEqual({
    200: {
      description: "ok",
      headers: { "X-A": { schema: { type: "integer" } } },
      content: {
        "application/json": { schema: { type: "string" } },
        "text/plain": { schema: { type: "string" }, examples: { example: { value: "a" } } },
      },
    },
    204: { description: "none" },
    400: {
      description: "Shared.",
      content: { "application/json": { schema: { type: "integer" } }, "text/plain": { schema: { type: "integer" } } },
    },
  });
  const image = await operation({ produces: ["image/png"], responses: { 400: { $ref: "#/responses/Shared" } } }, more);
  expect((image.read as { responses: unknown }).responses).toEqual({
    400: { description: "Shared.", content: { "image/png": { schema: { type: "integer" } } } },
  });
});

test("a path's parameters are its operations', replaced by name and place", async () => {
  const { document, problems } = await readFiles({
    "spec.json": {
      ...head,
      parameters: {
        Id: { name: "id", in: "path", required: true, type: "string" },
        Body: { name: "body", in: "body", schema: { type: "integer" } },
      },
      paths: {
        "/{id}": {
          parameters: [{ $ref: "#/parameters/Id" }, { $ref: "#/parameters/Body" }],
          put: { responses: {} },
          post: {
            parameters: [
              { name: "id", in: "path", required: true, type: "integer" },
              { name: "other", in: "body", schema: { type: "string" } },
            ],
            responses: {},
          },
        },
      },
    },
  });
  expect(problems).toEqual([]);
  const item = document?.root.paths["/{id}"];
  expect(item?.put).toEqual({
    responses: {},
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
    requestBody: { content: { "application/json": { schema: { type: "integer" } } } },
  });
  expect(item?.post).toEqual({
    responses: {},
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
    requestBody: { content: { "application/json": { schema: { type: "string" } } } },
  });
});

test("security definitions are security schemes", async () => {
  const { document } = await readFiles({
    "spec.json": {
      ...head,
      securityDefinitions: {
        a: { type: "basic", description: "Old." },
        b: { type: "apiKey", name: "key", in: "query" },
        c: {
          type: "oauth2",
          flow: "accessCode",
          authorizationUrl: "https://a",
          tokenUrl: "https://t",
          scopes: { read: "Reads." },
        },
      },
    },
  });
  expect(document?.root.components?.securitySchemes).toEqual({
    a: { description: "Old.", type: "http", scheme: "basic" },
    b: { type: "apiKey", name: "key", in: "query" },
    c: {
      type: "oauth2",
      flows: { authorizationCode: { authorizationUrl: "https://a", tokenUrl: "https://t", scopes: { read: "Reads." } } },
    },
  });
});

test("definitions are schemas, and x-nullable is nullable", async () => {
  const { document, problems } = await readFiles({
    "spec.json": { ...head, definitions: { A: { $ref: "#/definitions/B" }, B: { type: "string", "x-nullable": true } } },
  });
  expect(problems).toEqual([]);
  expect(document?.root.components?.schemas).toEqual({ A: { $ref: "#/components/schemas/B" }, B: { type: ["string", "null"] } });
});
