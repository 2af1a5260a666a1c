import { expect, test } from "vitest";
import type { OperationObject } from "../../generator/openapi/shapes.ts";
import { modelOf, reportedModelOf } from "../support/model.ts";

const responses = { 204: { description: "Done." } };

test("an operationId that is used twice is told, and both operations are there", () => {
  const { model, reports } = reportedModelOf({
    paths: { "/b": { get: { operationId: "list", responses } }, "/a": { get: { operationId: "list", responses } } },
  });
  expect(reports).toMatchInlineSnapshot(`
    [
      "warning operation-id-duplicate: operationId "list" is used by two operations; this one is called "list2". (give one of them another operationId, such as "list2")",
    ]
  `);
  expect(model.operations.map(({ path, id, name }) => ({ path, id, name }))).toEqual([
    { path: "/b", id: "list2", name: "list2" },
    { path: "/a", id: "list", name: "list" },
  ]);
});

test("an id that is made yields to one that is written, and is no mistake", () => {
  const { model, reports } = reportedModelOf({
    paths: { "/a/b": { get: { responses } }, "/a_b": { get: { responses } }, "/c": { get: { operationId: "getAB", responses } } },
  });
  expect(model.operations.map(({ path, id }) => [path, id])).toEqual([
    ["/a/b", "getAB2"],
    ["/a_b", "getAB22"],
    ["/c", "getAB"],
  ]);
  expect(reports.map((report) => report.split(":")[0])).toEqual(["info operation-id-missing", "info operation-id-missing"]);
});

test("an operation without an operationId is called by its method and path", () => {
  const { model, reports } = reportedModelOf({
    paths: {
      "/users/{id}/posts": {
        get: { parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }], responses },
      },
    },
  });
  expect(model.operations[0]).toMatchObject({ id: "getUsersByIdPosts", name: "getUsersByIdPosts" });
  expect(reports).toMatchInlineSnapshot(`
    [
      "info operation-id-missing: GET /users/{id}/posts has no operationId; it is called "getUsersByIdPosts". (write "operationId: getUsersByIdPosts", so that the name stays when the path changes)",
    ]
  `);
});

test("operations whose names meet are told apart", () => {
  const { model, reports } = reportedModelOf({
    paths: { "/a": { get: { operationId: "get-user", responses }, put: { operationId: "get_user", responses } } },
  });
  expect(model.operations.map(({ id, name }) => [id, name])).toEqual([
    ["get-user", "getUser"],
    ["get_user", "getUser2"],
  ]);
  expect(reports).toMatchInlineSnapshot(`
    [
      "warning operation-names-clash: The operationIds "get-user" and "get_user" both become "getUser"; "get_user" is called "getUser2". (give one of them an operationId that differs in more than punctuation)",
    ]
  `);
});

test("an operation is never called by a word that JavaScript has taken", () => {
  const ids = ["delete", "constructor", "then", "validators", "__proto__"];
  const model = modelOf({
    paths: Object.fromEntries(ids.map((operationId) => [`/${operationId}`, { get: { operationId, responses } }])),
  });
  expect(model.operations.map(({ name }) => name)).toEqual([
    "deleteOperation",
    "constructorOperation",
    "thenOperation",
    "validatorsOperation",
    "proto",
  ]);
});

test("path parameters and placeholders are brought together", () => {
  const parameters: OperationObject["parameters"] = [
    { name: "user", in: "path", schema: { type: "string" } },
    { name: "gone", in: "path", required: true, schema: { type: "string" } },
  ];
  const { model, reports } = reportedModelOf({
    paths: { "/users/{user}/{post}": { get: { operationId: "read", parameters, responses } } },
  });
  expect(model.operations[0]?.parameters.map(({ name, required }) => [name, required])).toEqual([
    ["post", true],
    ["user", true],
  ]);
  expect(reports).toMatchInlineSnapshot(`
    [
      "warning path-parameter-optional: The path parameter "user" is not required, but a path without it is another path; it is taken as required. (write "required: true")",
      "warning path-parameter-unused: The path parameter "gone" has no placeholder in "/users/{user}/{post}"; it is left out. (write {gone} into the path, or remove the parameter)",
      "warning path-parameter-undeclared: The path "/users/{user}/{post}" has a placeholder {post}, and no parameter of that name; it is taken as a string. (declare it: "name: post", "in: path", "required: true", and a schema)",
    ]
  `);
});

test("headers that media types and security rule are left out", () => {
  const header = (name: string) => ({ name, in: "header", schema: { type: "string" } }) as const;
  const { model, reports } = reportedModelOf({
    paths: {
      "/a": {
        get: {
          operationId: "read",
          parameters: [header("Accept"), header("content-type"), header("Authorization"), header("X-Mine")],
          responses: {
            200: {
              description: "Fine.",
              headers: { "Content-Type": { schema: { type: "string" } }, "X-Yours": { schema: { type: "string" } } },
            },
          },
        },
      },
    },
  });
  expect(model.operations[0]?.parameters.map(({ name }) => name)).toEqual(["X-Mine"]);
  expect(model.operations[0]?.responses[0]?.headers.map(({ name }) => name)).toEqual(["X-Yours"]);
  expect(reports.map((report) => report.split(":")[0])).toEqual([
    "info response-header-ignored",
    ...Array<string>(3).fill("info header-parameter-ignored"),
  ]);
});

test("a status is a number, a range or the default", () => {
  const response = { description: "Fine." };
  const { model, reports } = reportedModelOf({
    paths: {
      "/a": { get: { operationId: "read", responses: { 200: response, "4xx": response, default: response, "2000": response } } },
    },
  });
  expect(model.operations[0]?.responses.map(({ status }) => status)).toEqual([200, "4XX", "default"]);
  expect(reports).toMatchInlineSnapshot(`
    [
      "warning status-unknown: "2000" is no status; the response is left out. (write a status such as "404", a range such as "4XX", or "default")",
    ]
  `);
});

test("a request that cannot carry a body has none", () => {
  const requestBody = {
    content: { "application/json": { schema: { type: "object", properties: { a: { type: "string" } } } } },
  } as const;
  const { model, reports } = reportedModelOf({
    paths: {
      "/a": { get: { operationId: "read", requestBody, responses }, delete: { operationId: "remove", requestBody, responses } },
    },
  });
  expect(model.operations.map(({ body }) => body?.contents.length)).toEqual([undefined, 1]);
  expect(reports).toMatchInlineSnapshot(`
    [
      "warning request-body-ignored: A GET request cannot carry a body; it is left out. (use query parameters, or another method)",
    ]
  `);
});

test("security is the operation's own, or the root's; a scheme that nobody declares stays", () => {
  const { model, reports } = reportedModelOf({
    security: [{ Key: ["read"] }],
    paths: {
      "/a": {
        get: { operationId: "inherited", responses },
        put: { operationId: "open", security: [], responses },
        post: { operationId: "optional", security: [{}, { Keys: [] }], responses },
      },
    },
    components: { securitySchemes: { Key: { type: "http", scheme: "Bearer" } } },
  });
  expect(model.operations.map(({ security }) => security)).toEqual([
    [[{ scheme: "Key", scopes: ["read"] }]],
    [],
    [[], [{ scheme: "Keys", scopes: [] }]],
  ]);
  expect(model.securitySchemes.map(({ key, kind }) => [key, kind])).toEqual([
    ["Key", "bearer"],
    ["Keys", "http"],
  ]);
  expect(reports).toMatchInlineSnapshot(`
    [
      "warning security-scheme-unknown: No security scheme is called "Keys"; it is taken as an HTTP scheme of that name. (declare it under components.securitySchemes, or use one of: Key)",
    ]
  `);
});

test("path parameters that all paths start with are shared", () => {
  const shared = (...paths: string[]) => {
    const { model } = reportedModelOf({
      paths: Object.fromEntries(paths.map((path, index) => [path, { get: { operationId: `read${index}`, responses } }])),
    });
    return model.sharedPathParameters.map(({ name, property }) => `${name}: ${property}`);
  };
  expect(shared("/api/{project_id}/query/", "/api/{project_id}/query/{id}/")).toEqual(["project_id: projectId"]);
  expect(shared("/api/{project_id}/query/")).toEqual([]);
  expect(shared("/users/{id}", "/users/{id}/posts")).toEqual([]);
  expect(shared("/{server}/a", "/{server}/b")).toEqual(["server: serverParameter"]);
});

test("webhooks have names and types, and take no place in the client", () => {
  const model = modelOf({
    webhooks: { "pet.born": { post: { operationId: "petBorn", responses } } },
    paths: { "/pets": { get: { operationId: "listPets", responses } } },
  });
  expect(model.operations).toHaveLength(1);
  expect(model.webhooks.map(({ id, path, method }) => ({ id, path, method }))).toEqual([
    { id: "petBorn", path: "pet.born", method: "post" },
  ]);
});

test("a media type has the codec of its kind", () => {
  const kinds = (types: readonly string[]) => {
    const content = Object.fromEntries(types.map((type) => [type, { schema: { type: "object" as const } }]));
    return modelOf({
      paths: { "/a": { post: { operationId: "send", requestBody: { content }, responses } } },
    }).operations[0]?.body?.contents.map(({ mediaType, kind }) => `${mediaType}: ${kind}`);
  };
  expect(
    kinds([
      "application/json; charset=utf-8",
      "application/problem+json",
      "text/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "multipart/mixed",
      "text/csv",
      "application/xml",
      "image/svg+xml",
      "application/yaml",
      "application/x-ndjson",
      "application/json-seq",
      "text/event-stream",
      "image/png",
      "application/octet-stream",
      "*/*",
      "application/*",
    ]),
  ).toMatchInlineSnapshot(`
    [
      "application/json; charset=utf-8: json",
      "application/problem+json: json",
      "text/json: json",
      "application/x-www-form-urlencoded: urlencoded",
      "multipart/form-data: multipart",
      "multipart/mixed: multipart",
      "text/csv: text",
      "application/xml: text",
      "image/svg+xml: text",
      "application/yaml: text",
      "application/x-ndjson: json-lines",
      "application/json-seq: json-lines",
      "text/event-stream: event-stream",
      "image/png: binary",
      "application/octet-stream: binary",
      "*/*: json",
      "application/*: json",
    ]
  `);
});
