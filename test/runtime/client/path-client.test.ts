import { expect, expectTypeOf, test } from "vitest";
import { createCore } from "../../../generator/runtime/client/core.ts";
import { PathClient } from "../../../generator/runtime/client/path-client.ts";
import type { ContentDescriptor } from "../../../generator/runtime/operation.ts";
import { createThing, getThing, type Paths } from "./operations.ts";
import { json, serve } from "./server.ts";

function clientOf(baseUrl: string): PathClient<Paths, "project_id"> {
  const shared = { project_id: { property: "projectId", value: "7" } };
  return new PathClient(createCore({ baseUrl, shared }), { getThing, createThing });
}

const path = "/projects/{project_id}/things/{id}";

test("A path-style call returns the data of a success", async () => {
  const { url, received } = await serve(json(200, { name: "cup" }));
  const { data, error, response } = await clientOf(url).GET(path, {
    params: { path: { id: "x" }, query: { tags: ["a"] } },
  });
  expect([data, error, response.status]).toEqual([{ name: "cup" }, undefined, 200]);
  expect(received[0]?.url).toBe("/projects/7/things/x?tags=a");
  expectTypeOf(data).toEqualTypeOf<{ name: string } | undefined>();
  expectTypeOf(error).toEqualTypeOf<{ code: string; detail: string } | string | { reason: string } | undefined>();
});

test("A path-style call returns the error of a failure, one that is not declared too", async () => {
  const { url } = await serve((response, { url: asked }) =>
    asked.endsWith("lost") ? json(404, { code: "lost", detail: "Lost." })(response) : response.writeHead(418).end("tea"),
  );
  const lost = await clientOf(url).GET(path, { params: { path: { id: "lost" } } });
  expect([lost.error, lost.data, lost.response.status]).toEqual([{ code: "lost", detail: "Lost." }, undefined, 404]);
  const tea = await clientOf(url).GET(path, { params: { path: { id: "tea" } } });
  expect([tea.error, tea.response.status]).toEqual(["tea", 418]);
});

test("A path-style call throws when there is no answer", async () => {
  const { url, close } = await serve(() => {});
  await close();
  await expect(clientOf(url).POST("/things", { body: { name: "cup" } })).rejects.toMatchObject({
    name: "ConnectionError",
  });
});

test("What a path-style call does not declare does not compile", () => {
  const client = clientOf("https://example.com");
  const wrong = (): unknown => [
    // @ts-expect-error there is no such path
    client.GET("/nothing"),
    // @ts-expect-error the path has no such method
    client.PUT("/things", { body: { name: "cup" } }),
    // @ts-expect-error the id is missing
    client.GET(path),
    // @ts-expect-error the id is misspelt
    client.GET(path, { params: { path: { idd: "x" } } }),
    // @ts-expect-error a parameter has the wrong type
    client.GET(path, { params: { path: { id: "x" }, query: { tags: "a" } } }),
    // @ts-expect-error the body is missing
    client.POST("/things"),
    // @ts-expect-error the body has the wrong type
    client.POST("/things", { body: { name: 1 } }),
    // @ts-expect-error an option is misspelt
    client.POST("/things", { body: { name: "cup" }, timeOut: 1 }),
    // @ts-expect-error the media type is not declared
    client.POST("/things", { body: { name: "cup" }, contentType: "text/csv" }),
    client.GET(path, { params: { path: { id: "x", project_id: "1" } }, timeout: 1 }),
    client.POST("/things", { body: { name: "cup" }, contentType: "application/x-www-form-urlencoded" }),
  ];
  expect(wrong).toBeTypeOf("function");
});

// Methods of OpenAPI 3.2.
interface Files {
  "/files": {
    query: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": { text: string } } };
      responses: { 200: { headers: {}; content: { "application/json": string[] } } };
    };
    COPY: {
      parameters: { query?: never; header: { Destination: string }; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 201: { headers: {}; content?: never } };
    };
  };
}

test("QUERY, and methods that are none of the specification's, are called by path too", async () => {
  const { url, received } = await serve((response, { method }) => json(method === "COPY" ? 201 : 200, ["a"])(response));
  const contents: ContentDescriptor[] = [{ mediaType: "application/json", kind: "json" }];
  const client = new PathClient<Files>(createCore({ baseUrl: url }), {
    search: {
      id: "search",
      method: "QUERY",
      path: "/files",
      body: { contents },
      responses: [{ status: "200", contents }],
    },
    copy: {
      id: "copy",
      method: "COPY",
      path: "/files",
      parameters: [{ name: "Destination", in: "header" }],
      responses: [{ status: "201", contents }],
    },
  });
  const { data } = await client.QUERY("/files", { body: { text: "x" } });
  expectTypeOf(data).toEqualTypeOf<string[] | undefined>();
  expect(data).toEqual(["a"]);
  await client.request("query", "/files", { body: { text: "x" } });
  const copied = await client.request("COPY", "/files", { params: { header: { Destination: "/b" } } });
  expectTypeOf(copied.data).toEqualTypeOf<undefined>();
  expect(received.map(({ method }) => method)).toEqual(["QUERY", "QUERY", "COPY"]);
  const wrong = (): unknown => [
    // @ts-expect-error the path has no such method
    client.request("MOVE", "/files"),
    // @ts-expect-error the header is missing
    client.request("COPY", "/files"),
    // @ts-expect-error the path has no such method
    client.GET("/files"),
  ];
  expect(wrong).toBeTypeOf("function");
});
