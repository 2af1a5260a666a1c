import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { gzipSync } from "node:zlib";
import { serve as serveHono } from "@hono/node-server";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { toExpress } from "../../../generator/runtime/server/express.ts";
import { toFastify } from "../../../generator/runtime/server/fastify.ts";
import { toHono } from "../../../generator/runtime/server/hono.ts";
import type { MountOptions } from "../../../generator/runtime/server/mount.ts";
import { toNext } from "../../../generator/runtime/server/next.ts";
import { createOperationRouter, type Router } from "../../../generator/runtime/server/router.ts";
import { toWorker } from "../../../generator/runtime/server/workers.ts";

const json = [{ mediaType: "application/json", kind: "json" as const }];
const operations: { readonly [name: string]: OperationDescriptor } = {
  getPet: {
    id: "getPet",
    method: "GET",
    path: "/pets/{id}",
    parameters: [{ name: "id", in: "path", required: true }],
    responses: [{ status: "200", contents: json }],
  },
  createPet: {
    id: "createPet",
    method: "POST",
    path: "/pets",
    body: { required: true, contents: [...json, { mediaType: "application/x-www-form-urlencoded", kind: "urlencoded" }] },
    responses: [{ status: "201", contents: json }],
  },
  watchPets: {
    id: "watchPets",
    method: "GET",
    path: "/watch",
    responses: [{ status: "200", contents: [{ mediaType: "text/plain", kind: "binary" }] }],
  },
  fail: { id: "fail", method: "GET", path: "/fail", responses: [{ status: "204" }] },
};
const state: { aborted?: Promise<void>; stopped?: boolean; url?: string } = {};

interface Input {
  readonly path: { readonly id: number };
  readonly body: unknown;
  readonly signal: AbortSignal;
  readonly request: Request;
}

const router = createOperationRouter({
  operations,
  validators: { getPet: { path: { id: { validate: () => true, shape: "integer" } } } },
  securitySchemes: {},
  handlers: {
    getPet: ({ path, request }: Input) => {
      state.url = request.url;
      return { status: 200, body: path, extraHeaders: { "Set-Cookie": ["a=1", "b=2"] } };
    },
    createPet: ({ body }: Input) => ({ status: 201, body: { got: body } }),
    watchPets: ({ signal }: Input) => {
      state.stopped = false;
      state.aborted = new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
      return { status: 200, body: endless() };
    },
    fail: () => {
      throw new Error("broken on purpose");
    },
  },
  options: undefined,
});

async function* endless(): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      yield new Uint8Array(64 * 1024);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  } finally {
    state.stopped = true;
  }
}

/** A router in a framework below `/api`, with a route of the framework's own at `/api/else`, which says what it caught of errors. */
interface Mounted {
  readonly url: string;
  close(): Promise<unknown>;
}
type Mount = (options: MountOptions) => Promise<Mounted>;
const open: Mounted[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const urlOf = (server: { address(): AddressInfo | string | null }): string => {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : address}/api`;
};
const closing = (server: Server) => (): Promise<unknown> =>
  new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });

const frameworks: { readonly [name: string]: Mount } = {
  async Express(options) {
    const app = express();
    app.use("/api", (_request, response, next) => {
      response.cookie("session", "s");
      next();
    });
    app.use("/api", toExpress(router, options));
    app.get("/api/else", (_request, response) => void response.send("else"));
    app.use((error: Error, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
      response.status(555).send(error.message);
    });
    const server = app.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    return { url: urlOf(server), close: closing(server) };
  },
  async Fastify(options) {
    const app = Fastify({ forceCloseConnections: true });
    app.addHook("onRequest", async (_request, reply) => void reply.header("Set-Cookie", "session=s"));
    app.setErrorHandler((error: Error, _request, reply) => reply.code(555).send(error.message));
    app.setNotFoundHandler((_request, reply) => reply.code(200).send("else"));
    await app.register(toFastify(router, options), { prefix: "/api" });
    await app.listen({ port: 0, host: "127.0.0.1" });
    return { url: urlOf(app.server), close: () => app.close() };
  },
  async Hono(options) {
    const app = new Hono();
    app.use("/api/*", async (context, next) => {
      context.res.headers.append("Set-Cookie", "session=s");
      await next();
    });
    app.use("/api/*", toHono(router, { prefix: "/api", ...options }));
    app.get("/api/else", (context) => context.text("else"));
    app.onError((error, context) => context.text(error.message, 555 as 500));
    return new Promise((resolve) => {
      const server = serveHono({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
        resolve({ url: urlOf(server), close: closing(server as Server) }),
      );
    });
  },
};

async function mounted(name: string, options: MountOptions = {}): Promise<string> {
  const made = await frameworks[name]?.(options);
  if (made === undefined) throw new Error(`There is no ${name}.`);
  open.push(made);
  return made.url;
}

describe.each(Object.keys(frameworks))("in %s", (name) => {
  it("answers below its prefix, with the request as it came and the cookies of others beside its own", async () => {
    const url = await mounted(name);
    const response = await fetch(`${url}/pets/7?x=1`);
    expect([response.status, await response.json()]).toEqual([200, { id: 7 }]);
    expect(response.headers.getSetCookie().map((cookie) => cookie.split(";")[0])).toEqual(
      expect.arrayContaining(["session=s", "a=1", "b=2"]),
    );
    expect(state.url).toBe(`${url}/pets/7?x=1`);
    expect((await fetch(`${url}/pets/x`)).status).toBe(400);
  });

  it("reads bodies", async () => {
    const url = await mounted(name);
    const sent = await fetch(`${url}/pets`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: '{"name":"Zoë"}',
    });
    expect([sent.status, await sent.json()]).toEqual([201, { got: { name: "Zoë" } }]);
    const form = await fetch(`${url}/pets`, { method: "POST", body: new URLSearchParams({ a: "b" }) });
    expect([form.status, await form.json()]).toEqual([201, { got: { a: "b" } }]);
    const long = await fetch(`${url}/pets`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify("x".repeat(1_100_000)),
    });
    expect(long.status).toBe(413);
  });

  it("answers HEAD, methods that a path does not take, and paths that are none", async () => {
    const url = await mounted(name);
    const head = await fetch(`${url}/pets/7`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([
      200,
      expect.stringMatching(/^application\/json/),
      "",
    ]);
    const refused = await fetch(`${url}/pets/7`, { method: "DELETE" });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    const none = await fetch(`${url}/else`);
    expect([none.status, none.headers.get("content-type")]).toEqual([404, expect.stringMatching(/^application\/problem\+json/)]);
    expect((await fetch(`${url}/fail`)).status).toBe(500);
  });

  it("hands on what leads nowhere, and what is thrown, when it is told to", async () => {
    const url = await mounted(name, { unmatched: "next", errors: "next" });
    expect(await (await fetch(`${url}/else`)).text()).toBe("else");
    expect((await fetch(`${url}/pets/7`, { method: "DELETE" })).status).toBe(405);
    const failed = await fetch(`${url}/fail`);
    expect([failed.status, await failed.text()]).toEqual([555, "broken on purpose"]);
  });

  it("streams, and stops when the caller goes away", async () => {
    const url = await mounted(name);
    const gone = new AbortController();
    const response = await fetch(`${url}/watch`, { signal: gone.signal });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.byteLength).toBeGreaterThan(0);
    gone.abort();
    await state.aborted;
    await expect.poll(() => state.stopped, { timeout: 5000 }).toBe(true);
  });
});

describe("after a parser of bodies", () => {
  it("takes the JSON that express.json() has read, and says so of a form", async () => {
    const app = express();
    app.use(express.json(), express.urlencoded());
    const caught: unknown[] = [];
    app.use(toExpress(router, { errors: "next" }));
    app.use((error: Error, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
      caught.push(error.message);
      response.sendStatus(500);
    });
    const server = app.listen(0, "127.0.0.1");
    open.push({ url: "", close: closing(server) });
    await new Promise((resolve) => server.once("listening", resolve));
    const url = urlOf(server).replace("/api", "");
    const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"name":"Rex"}' };
    expect(await (await fetch(`${url}/pets`, init)).json()).toEqual({ got: { name: "Rex" } });
    // It has undone the coding too.
    const zipped = { ...init, body: gzipSync(init.body), headers: { ...init.headers, "Content-Encoding": "gzip" } };
    expect(await (await fetch(`${url}/pets`, zipped)).json()).toEqual({ got: { name: "Rex" } });
    expect((await fetch(`${url}/pets`, { method: "POST", body: new URLSearchParams({ a: "b" }) })).status).toBe(500);
    expect(caught).toEqual(["The body has been read before the router got it: mount the router before the parser of bodies."]);
  });

  it("reads again what a middleware of Hono has read", async () => {
    const app = new Hono();
    app.use(async (context, next) => {
      await context.req.json();
      await next();
    });
    app.use(toHono(router));
    const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"name":"Rex"}' };
    expect(await (await app.request("/pets", init)).json()).toEqual({ got: { name: "Rex" } });
  });
});

describe("without a framework between", () => {
  const ask = (path: string, method = "GET"): Request => new Request(`https://example.com${path}`, { method });

  it("has the route handlers of Next.js, one for each method", async () => {
    const handlers = toNext(router);
    expect(Object.keys(handlers)).toEqual(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
    expect(await (await handlers.GET(ask("/pets/7"))).json()).toEqual({ id: 7 });
    expect((await handlers.DELETE(ask("/pets/7", "DELETE"))).status).toBe(405);
    expect((await handlers.HEAD(ask("/pets/7", "HEAD"))).body).toBeNull();
    await expect(toNext(router, { errors: "next" }).GET(ask("/fail"))).rejects.toThrow("broken on purpose");
  });

  it("is a Worker, whose router is made once for what is bound to it", async () => {
    let made = 0;
    const worker = toWorker(
      (_env: { readonly name: string }): Router => {
        made += 1;
        return router;
      },
      { unmatched: (_request, env) => new Response(env.name) },
    );
    const env = { name: "assets" };
    expect(await (await worker.fetch(ask("/pets/7"), env)).json()).toEqual({ id: 7 });
    expect(await (await worker.fetch(ask("/index.html"), env)).text()).toBe("assets");
    expect(made).toBe(1);
  });

  it("refuses to hand on for a function around a router", () => {
    const around: Router = (request) => router(request);
    expect(() => toExpress(around, { unmatched: "next" })).toThrow(TypeError);
    expect(() => toExpress(around)).not.toThrow();
  });
});
