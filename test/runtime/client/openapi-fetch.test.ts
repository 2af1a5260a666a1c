import createFetchClient, { type Client } from "openapi-fetch";
import { expect, expectTypeOf, test } from "vitest";
import { createCore } from "../../../generator/runtime/client/core.ts";
import { wired } from "../../../generator/runtime/client/openapi-fetch.ts";
import { PathClient } from "../../../generator/runtime/client/path-client.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { createThing, getThing, type Paths } from "./operations.ts";
import { json, serve } from "./server.ts";

const path = "/projects/{project_id}/things/{id}";
const params = {
  path: { project_id: "1", id: "a/b" },
  query: { tags: ["a", "b,c"] },
  header: { "X-Trace": "t" },
  cookie: { session: "s t" },
};

function clientOf(baseUrl: string): Client<Paths> {
  return wired(createFetchClient<Paths>({ baseUrl }), { getThing, createThing });
}

test("openapi-fetch writes parameters as the document says once it is wired", async () => {
  const { url, received } = await serve(json(200, { name: "cup" }));
  const { data } = await clientOf(url).GET(path, { params });
  expect(data).toEqual({ name: "cup" });
  expect(received[0]).toMatchObject({
    url: "/projects/1/things/a%2Fb?tags=a,b%2Cc",
    headers: { "x-trace": "t", cookie: "session=s%20t" },
  });
});

test("openapi-fetch and the path style put the same request on the wire", async () => {
  const { url, received } = await serve(json(200, { name: "cup" }));
  await clientOf(url).GET(path, { params, headers: { Accept: "*/*" } });
  await new PathClient<Paths>(createCore({ baseUrl: url }), { getThing }).GET(path, { params, headers: { Accept: "*/*" } });
  expect(received[0]).toEqual({ ...received[1], headers: { ...received[1]?.headers } });
});

test("openapi-fetch sends the first media type, or the one that its header names", async () => {
  const { url, received } = await serve(json(201, { id: 1 }));
  await clientOf(url).POST("/things", { body: { name: "a b" } });
  await clientOf(url).request("post", "/things", {
    body: { name: "a b" },
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  expect(received.map(({ headers, body }) => [headers["content-type"], body])).toEqual([
    ["application/json", '{"name":"a b"}'],
    ["application/x-www-form-urlencoded", "name=a%20b"],
  ]);
});

test("openapi-fetch sends multipart bodies with their boundary", async () => {
  const upload: OperationDescriptor = {
    id: "upload",
    method: "POST",
    path: "/things",
    body: { contents: [{ mediaType: "multipart/form-data", kind: "multipart" }] },
    responses: [{ status: "201" }],
  };
  const { url, received } = await serve((response) => response.writeHead(204).end());
  await wired(createFetchClient<Paths>({ baseUrl: url }), { upload }).POST("/things", { body: { name: "cup" } });
  expect(received[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  expect(received[0]?.body).toContain('name="name"\r\n\r\ncup');
});

test("a query that the path fixes goes before the parameters, and a fragment stays at home", async () => {
  const template = "/projects/{project_id}/things/{id}?beta=true#new";
  const beta: OperationDescriptor = { ...getThing, path: template, route: { path, query: "beta=true" } };
  const all: OperationDescriptor = {
    id: "all",
    method: "GET",
    path: "/things?beta=true",
    route: { path: "/things", query: "beta=true" },
    responses: [{ status: "200" }],
  };
  const { url, received } = await serve(json(200, { name: "cup" }));
  interface Fixed {
    readonly [template]: Paths[typeof path];
    readonly "/things?beta=true": { readonly get: { readonly responses: { readonly 200: { readonly content?: never } } } };
  }
  const client = wired(createFetchClient<Fixed>({ baseUrl: url }), { beta, all });
  await client.GET(template, { params });
  await client.GET("/things?beta=true");
  const core = new PathClient<Fixed>(createCore({ baseUrl: url }), { beta, all });
  await core.GET(template, { params });
  await core.GET("/things?beta=true");
  const urls = ["/projects/1/things/a%2Fb?beta=true&tags=a,b%2Cc", "/things?beta=true"];
  expect(received.map((one) => one.url)).toEqual([...urls, ...urls]);
});

test("openapi-fetch infers from our paths what the path style infers", () => {
  const compare = async (theirs: Client<Paths>, ours: PathClient<Paths>): Promise<void> => {
    const their = await theirs.GET(path, { params });
    const our = await ours.GET(path, { params });
    expectTypeOf(our.data).toEqualTypeOf(their.data);
    expectTypeOf(our.error).toEqualTypeOf<{ code: string; detail: string } | string | { reason: string } | undefined>();
    expectTypeOf<NonNullable<typeof their.error>>().toExtend<NonNullable<typeof our.error>>();
    expectTypeOf((await ours.POST("/things", { body: { name: "cup" } })).data).toEqualTypeOf(
      (await theirs.POST("/things", { body: { name: "cup" } })).data,
    );
  };
  expect(compare).toBeTypeOf("function");
});
