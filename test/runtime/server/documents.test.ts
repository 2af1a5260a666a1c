/** The document and a page of it, beside the operations: over HTTP, as they are generated. */
import { request as ask } from "node:http";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { docs } from "../../../generated/src/docs-page.ts";
import * as fixtures from "../../../generated/src/fixtures.ts";
import { openapi } from "../../../generated/src/openapi.ts";
import { createRouter, type Handlers, partialHandlers, type Router, type RouterOptions } from "../../../generated/src/server.ts";
import { resolveConfig } from "../../../generator/config.ts";
import { understand } from "../../../generator/pipeline.ts";
import { toExpress } from "../../../generated/src/runtime/server/express.ts";
import { toFastify } from "../../../generated/src/runtime/server/fastify.ts";
import { toHono } from "../../../generated/src/runtime/server/hono.ts";
import { toNext } from "../../../generated/src/runtime/server/next.ts";
import { type RunningServer, serve } from "../../../generated/src/runtime/server/node.ts";
import { toWorker } from "../../../generated/src/runtime/server/workers.ts";

const handlers: Handlers = partialHandlers({
  environmentsQueryDestroy: ({ reply }) => reply.noContent(),
});
const make = (options: Partial<RouterOptions> = {}): Router =>
  createRouter(handlers, { security: { PersonalAPIKeyAuth: () => "somebody", SharingAccessToken: () => "guest" }, ...options });

let server: RunningServer;
beforeAll(async () => {
  server = await serve(make({ document: openapi, docs }), { port: 0 });
});
afterAll(() => server.close());

describe("the document", () => {
  it("is the one that everything was made from, in one file, as it is written", async () => {
    const response = await fetch(`${server.url}/openapi.json`);
    expect([response.status, response.headers.get("content-type"), response.headers.get("x-content-type-options")]).toEqual([
      200,
      "application/json",
      "nosniff",
    ]);
    const { document } = await understand(await resolveConfig(".", {}));
    expect(await response.json()).toEqual(document?.written());
  });

  it("is for GET and HEAD", async () => {
    const head = await fetch(`${server.url}/openapi.json`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([200, "application/json", ""]);
    const refused = await fetch(`${server.url}/openapi.json`, { method: "POST", body: "{}" });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect((await fetch(`${server.url}/openapi.json`, { method: "OPTIONS" })).status).toBe(204);
  });

  it("is served when it is asked for, and where", async () => {
    const at = async (router: Router, path: string): Promise<number> =>
      (await router(new Request(`http://api.test${path}`))).status;
    expect(await at(make(), "/openapi.json")).toBe(404);
    expect(await at(make(), "/docs")).toBe(404);
    const below = make({ document: { ...openapi, path: "/api.json" }, basePath: "/v1/" });
    expect([await at(below, "/v1/api.json"), await at(below, "/api.json"), await at(below, "/v1/openapi.json")]).toEqual([
      200, 404, 404,
    ]);
    expect(() => make({ document: { ...openapi, path: "api.json" } })).toThrow(TypeError);
  });

  it("leaves the operations as they are", async () => {
    const router = make({ document: openapi, docs });
    const url = `http://api.test/api/environments/1/query/${fixtures.environmentsQueryDestroy.request().path.id}/`;
    const headers = { Authorization: "Bearer k" };
    expect((await router(new Request(url, { method: "DELETE", headers }))).status).toBe(204);
    expect((await router(new Request(url, { method: "DELETE" }))).status).toBe(401);
  });
});

describe("the page", () => {
  it("holds to a policy that lets nothing in from elsewhere", async () => {
    for (const name of [
      "",
      "/page.css",
      "/page.js",
      "/form.js",
      "/text.js",
      "/api.json",
      "/operations/environmentsQueryCreate.json",
    ]) {
      const response = await fetch(`${server.url}/docs${name}`);
      expect([response.status, response.headers.get("content-security-policy")], name).toEqual([
        200,
        expect.stringMatching(/^default-src 'none'; script-src 'self'; style-src 'self'; .*frame-ancestors 'none'$/),
      ]);
      if (name === "") expect(await response.text()).not.toMatch(/<script>|<style|style="|\{\{|https?:\/\//);
    }
    expect((await fetch(`${server.url}/docs/page.html`)).status).toBe(404);
    expect((await fetch(`${server.url}/docs/`)).url).toBe(`${server.url}/docs`);
  });

  it("knows where the API and the document are, wherever it stands", async () => {
    const html = async (router: Router, path: string): Promise<string> =>
      (await router(new Request(`http://api.test${path}`))).text();
    expect(await html(make({ docs }), "/docs")).toContain('data-root="./" data-document=""');
    const deep = await html(make({ docs: { ...docs, path: "/a/b" }, document: openapi, basePath: "/v1" }), "/v1/a/b");
    expect(deep).toContain('data-root="../" data-document="../openapi.json"');
    expect(deep).toContain('src="b/page.js"');
    const top = await html(make({ docs: { ...docs, path: "/" } }), "/");
    expect(top).toContain('data-root="./"');
    expect(top).toContain('src="page.js"');
  });
});

describe("through every adapter", () => {
  const router = make({ document: openapi, docs });
  const wanted = { "/openapi.json": /"openapi": "3\.1\.0"/, "/docs": /<title>/, "/docs/api.json": /"operations"/ };
  const check = async (get: (path: string) => Promise<{ readonly status: number; readonly text: string }>): Promise<void> => {
    for (const [path, text] of Object.entries(wanted)) {
      const answer = await get(path);
      expect([answer.status, path]).toEqual([200, path]);
      expect(answer.text).toMatch(text);
    }
  };
  const over =
    (url: string) =>
    (path: string): Promise<{ readonly status: number; readonly text: string }> =>
      new Promise((resolve, reject) => {
        ask(`${url}${path}`, (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
          response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        })
          .on("error", reject)
          .end();
      });
  const within =
    (fetch: (request: Request) => Response | Promise<Response>, prefix = "") =>
    async (path: string) => {
      const response = await fetch(new Request(`http://api.test${prefix}${path}`));
      return { status: response.status, text: await response.text() };
    };

  it("of node:http, Express and Fastify", async () => {
    await check(over(server.url));
    const app = express().use("/api", toExpress(router));
    const listening = app.listen(0, "127.0.0.1");
    await new Promise((resolve) => listening.once("listening", resolve));
    const address = listening.address();
    await check(over(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/api`));
    await new Promise((resolve) => listening.close(resolve));
    const fastify = Fastify();
    await fastify.register(toFastify(router), { prefix: "/api" });
    await check(over(`${await fastify.listen({ port: 0, host: "127.0.0.1" })}/api`));
    await fastify.close();
  });

  it("of Fetch", async () => {
    const hono = new Hono();
    hono.use("/api/*", toHono(router, { prefix: "/api" }));
    await check(within((request) => hono.fetch(request), "/api"));
    await check(within(toNext(make({ document: openapi, docs, basePath: "/api" })).GET, "/api"));
    const worker = toWorker(() => router, { unmatched: () => new Response("assets") });
    await check(within((request) => worker.fetch(request, {})));
  });
});
