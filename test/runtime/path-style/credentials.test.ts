import { describe, expect, test } from "vitest";
import type { Known } from "../../../generator/runtime/client/auth.ts";
import { createClient } from "../../../generator/runtime/path-style/client.ts";
import { credentialsMiddleware } from "../../../generator/runtime/path-style/credentials.ts";
import type { ClientOptions } from "../../../generator/runtime/path-style/options.ts";
import type { Client } from "../../../generator/runtime/path-style/types.ts";
import { json, serve } from "../client/server.ts";

interface Paths {
  readonly "/it": {
    readonly get: {
      readonly parameters: { readonly query?: { readonly q?: string } };
      readonly responses: { readonly 200: { content: { "application/json": object } } };
    };
    readonly post: {
      readonly requestBody: { content: { "application/json": { a: number } } };
      readonly responses: { readonly 200: { content: { "application/json": object } } };
    };
  };
}

const securitySchemes = {
  Token: { kind: "bearer" },
  Header: { kind: "apiKey", in: "header", name: "X-Ours" },
  Query: { kind: "apiKey", in: "query", name: "ours" },
  Cookie: { kind: "apiKey", in: "cookie", name: "sid" },
} as const;
const security = { "GET /it": [{ Header: [], Query: [], Cookie: [] }, { Token: [] }], "POST /it": [{ Token: [] }] };
const keys = { Header: "s3cret-header", Query: "s3cret-query", Cookie: "s3cret-cookie" };

function clientOf(baseUrl: string, auth: Known["auth"], options: ClientOptions = {}): Client<Paths, `${string}/${string}`> {
  const client = createClient<Paths>({ baseUrl, headers: { "X-Own": "s3cret-own" }, ...options });
  client.use(credentialsMiddleware({ auth, securitySchemes }, security));
  return client;
}

describe("The credentials of a path-style client", () => {
  test("go where their scheme says, for the first alternative that is complete", async () => {
    const { url, received } = await serve(json(200, {}));
    await clientOf(url, { ...keys, Token: "t" }, { headers: { Cookie: "a=1" } }).GET("/it", { params: { query: { q: "1" } } });
    await clientOf(url, { Token: () => "t" }).GET("/it");
    await clientOf(url, { Token: "t" }).GET("/it", { headers: { Authorization: "own" } });
    expect(received[0]).toMatchObject({
      url: "/it?q=1&ours=s3cret-query",
      headers: { "x-ours": "s3cret-header", cookie: "a=1; sid=s3cret-cookie" },
    });
    expect(received.map(({ headers }) => headers.authorization)).toEqual([undefined, "Bearer t", "own"]);
  });

  test("are left out where the call has them already", async () => {
    const { url, received } = await serve(json(200, {}));
    const typed = createClient<{ "/it": { get: { parameters: { query: { ours: string } }; responses: {} } } }>({ baseUrl: url });
    typed.use(credentialsMiddleware({ auth: keys, securitySchemes }, security));
    await typed.GET("/it", { params: { query: { ours: "own" } }, headers: { Cookie: "a=1; sid=own", "X-Ours": "own" } });
    expect(received[0]).toMatchObject({ url: "/it?ours=own", headers: { "x-ours": "own", cookie: "a=1; sid=own" } });
  });

  test("are renewed once after a 401, and the body is sent again", async () => {
    const { url, received } = await serve((response, { headers }) =>
      json(headers.authorization === "Bearer new" ? 200 : 401, {})(response),
    );
    const client = clientOf(url, { Token: ({ rejected }) => (rejected === undefined ? "old" : "new") });
    expect((await client.POST("/it", { body: { a: 1 } })).status).toBe(200);
    expect(received.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
    expect((await clientOf(url, { Token: () => "old" }).POST("/it", { body: { a: 1 } })).status).toBe(401);
    expect(received).toHaveLength(3);
  });

  test.each([302, 307])("do not cross to another origin by a %i, nor does what else may be a key", async (status) => {
    const other = await serve(json(200, {}));
    const { url, received } = await serve((response, request) =>
      response.writeHead(status, { Location: `${other.url}${request.url}` }).end(),
    );
    expect((await clientOf(url, { ...keys, Token: "s3cret" }).GET("/it")).response.url).toBe(`${other.url}/it`);
    await clientOf(url, { Token: "s3cret" }).POST("/it", { body: { a: 1 } });
    expect(received).toHaveLength(2);
    expect(JSON.stringify(other.received)).not.toContain("s3cret");
    expect(other.received.map(({ method, body }) => [method, body])).toEqual([
      ["GET", ""],
      status === 302 ? ["GET", ""] : ["POST", '{"a":1}'],
    ]);
  });

  test("are for the origin of the client alone", async () => {
    const asked: Request[] = [];
    const fetch = async (request: Request): Promise<Response> => (asked.push(request), Response.json({}));
    for (const [baseUrl, path] of [
      ["https://example.com/api", "/it"],
      ["https://example.com", ":443@evil.example/it"],
      ["https://example.com", ".evil.example/it"],
      ["", "https://evil.example/it"],
    ] as const) {
      const client = createClient<{ [path: string]: Paths["/it"] }>({ baseUrl, fetch });
      client.use(credentialsMiddleware({ auth: { Token: "s3cret" }, securitySchemes }, { [`GET ${path}`]: [{ Token: [] }] }));
      await client.GET(path).catch(() => undefined);
    }
    expect(asked.map(({ url, headers }) => [new URL(url).host, headers.get("Authorization")])).toEqual([
      ["example.com", "Bearer s3cret"],
      ["example.com.evil.example", null],
      ["evil.example", null],
    ]);
  });

  test("stay with a redirect to the same origin, which ends after twenty", async () => {
    const { url, received } = await serve((response) => response.writeHead(307, { Location: "/it" }).end());
    await expect(clientOf(url, keys).GET("/it")).rejects.toMatchObject({ name: "RedirectError" });
    expect(received.map(({ headers }) => headers["x-ours"])).toEqual(Array(21).fill("s3cret-header"));
    const manual = await clientOf(url, keys).GET("/it", { redirect: "manual" });
    expect([manual.response.status, received.length]).toEqual([307, 22]);
  });
});
