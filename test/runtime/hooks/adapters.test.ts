/** Receivers of webhooks in every framework: each by itself at a path of the framework's, and a router of them below a prefix. */
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serve as serveHono } from "@hono/node-server";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { createReceiver, createReceivingRouter } from "../../../generator/runtime/hooks/receiver.ts";
import { createSender, type Sender } from "../../../generator/runtime/hooks/sender.ts";
import type { ContentDescriptor, OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { toExpress } from "../../../generator/runtime/server/express.ts";
import { toFastify } from "../../../generator/runtime/server/fastify.ts";
import { toHono } from "../../../generator/runtime/server/hono.ts";
import { toNext } from "../../../generator/runtime/server/next.ts";
import { toNodeHandler } from "../../../generator/runtime/server/node.ts";
import { timingSafeEqual } from "../../../generator/runtime/server/timing-safe-equal.ts";
import { toWorker } from "../../../generator/runtime/server/workers.ts";
import { refuse } from "../../../generator/runtime/validation/report.ts";

interface Operations {
  born: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody: { content: { "application/json": { name: string } } };
    responses: { 200: { headers: {}; content: { "application/json": { heard: string } } } };
  };
}

const json: ContentDescriptor[] = [{ mediaType: "application/json", kind: "json" }];
const operations: { readonly [name: string]: OperationDescriptor } = {
  born: {
    id: "born",
    method: "POST",
    path: "born",
    route: { path: "" },
    body: { required: true, contents: json },
    responses: [{ status: "200", contents: json }],
  },
};
const isNamed = (value: unknown): boolean => typeof value === "object" && value !== null && "name" in value;
const sign = (body: string | Uint8Array, secret = "secret"): string => createHmac("sha256", secret).update(body).digest("hex");
const parts = {
  operations,
  validators: {
    born: {
      body: {
        "application/json": {
          validate: (value: unknown, problems: Parameters<typeof refuse>[0], path: Parameters<typeof refuse>[1]) =>
            isNamed(value) || refuse(problems, path, "required", 'must have property "name"'),
        },
      },
    },
  },
  securitySchemes: {},
  handlers: { born: ({ body }: { readonly body: { readonly name: string } }) => ({ status: 200, body: { heard: body.name } }) },
  options: {
    // The bytes as they came, whoever carried them.
    verify: (request: Request, bytes: Uint8Array) => timingSafeEqual(request.headers.get("Signature") ?? "", sign(bytes)),
  },
};
const receiver = createReceiver<"born">(parts);
const router = createReceivingRouter(parts, { born: "/born" });

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});
const port = (server: { address(): AddressInfo | string | null }): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;
const within =
  (answer: (request: Request) => Response | Promise<Response>): Fetch =>
  async (url, init) =>
    answer(new Request(url, init));

/** By the framework: the address of the receiver by itself and that below a prefix, and how both are reached. */
const frameworks: { readonly [name: string]: () => Promise<{ readonly url: string; readonly fetch?: Fetch }> } = {
  async "node:http"() {
    const [one, all] = [toNodeHandler(receiver.born), toNodeHandler(createReceivingRouter(parts, { born: "/hooks/born" }))];
    const server = createServer((request, response) => (request.url === "/alone" ? one : all)(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push(() => server.close().closeAllConnections());
    return { url: port(server) };
  },
  async Express() {
    const app = express().post("/alone", toExpress(receiver.born)).use("/hooks", toExpress(router));
    const server = app.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    open.push(() => server.close().closeAllConnections());
    return { url: port(server) };
  },
  async Fastify() {
    const app = Fastify({ forceCloseConnections: true });
    await app.register(toFastify(receiver.born), { prefix: "/alone" });
    await app.register(toFastify(router), { prefix: "/hooks" });
    await app.listen({ port: 0, host: "127.0.0.1" });
    open.push(() => app.close());
    return { url: port(app.server) };
  },
  Hono() {
    const app = new Hono().post("/alone", toHono(receiver.born)).use("/hooks/*", toHono(router, { prefix: "/hooks" }));
    return new Promise((resolve) => {
      const server = serveHono({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () => resolve({ url: port(server) }));
      open.push(() => server.close());
    });
  },
  async "Next.js"() {
    const [alone, all] = [toNext(receiver.born), toNext(createReceivingRouter(parts, { born: "/hooks/born" }))];
    return {
      url: "http://app.test",
      fetch: within((request) => (new URL(request.url).pathname === "/alone" ? alone : all).POST(request)),
    };
  },
  async Workers() {
    const worker = toWorker(() => createReceivingRouter(parts, { born: "/hooks/born" }), {
      unmatched: (request) => receiver.born(request),
    });
    return { url: "http://app.test", fetch: within((request) => worker.fetch(request, {})) };
  },
};

describe.each(Object.keys(frameworks))("in %s", (name) => {
  it.each(["/alone", "/hooks/born"])("receives at %s what is signed and right, and nothing else", async (path) => {
    const { url, fetch = globalThis.fetch } = (await frameworks[name]?.()) ?? { url: "" };
    const send = (body: { name: string }, secret = "secret"): Promise<unknown> => {
      const sender: Sender<Operations> = createSender(operations, {
        fetch,
        sign: (bytes) => ({ Signature: sign(bytes, secret) }),
      });
      return sender.born(`${url}${path}`, { body }).then((answer) => answer);
    };
    expect(await send({ name: "Zoë" })).toEqual({ heard: "Zoë" });
    await expect(send({ name: "Zoë" }, "another")).rejects.toMatchObject({ status: 401 });
    await expect(send({} as { name: string })).rejects.toMatchObject({
      status: 400,
      body: { errors: [{ keyword: "required" }] },
    });
    const other = await fetch(`${url}${path}`, {
      method: "POST",
      body: "x",
      headers: { Signature: sign("x"), "Content-Type": "text/plain" },
    });
    expect(other.status).toBe(415);
  });
});
