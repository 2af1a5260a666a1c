import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { Forbidden, ReplyError } from "../../../generator/runtime/server/failure.ts";
import { type RunningServer, serve } from "../../../generator/runtime/server/node.ts";
import type { Reply, reply as replies } from "../../../generator/runtime/server/reply.ts";
import { createOperationRouter, type RouterParts } from "../../../generator/runtime/server/router.ts";
import type { OperationValidators } from "../../../generator/runtime/validation/operation-validators.ts";
import type { Validator } from "../../../generator/runtime/validation/validator.ts";

const atMost =
  (limit: number): Validator =>
  (value, problems) => {
    if (typeof value === "number" && value <= limit) return true;
    problems?.push({ pointer: "", keyword: "maximum", message: `must be at most ${limit}` });
    return false;
  };
const hasName: Validator = (value, problems) => {
  if (typeof value === "object" && value !== null && "name" in value && typeof value.name === "string") return true;
  problems?.push({ pointer: "/name", keyword: "type", message: "must be string" });
  return false;
};

const operations: { readonly [name: string]: OperationDescriptor } = {
  listPets: {
    id: "listPets",
    method: "GET",
    path: "/pets",
    parameters: [
      { name: "limit", in: "query" },
      { name: "tags", in: "query", explode: false },
      { name: "page", in: "query" },
      { name: "X-Trace", in: "header", required: true },
    ],
    responses: [
      {
        status: "200",
        contents: [{ mediaType: "application/json", kind: "json" }],
        headers: [{ name: "X-Total", required: true }],
      },
    ],
  },
  createPet: {
    id: "createPet",
    method: "POST",
    path: "/pets",
    body: {
      required: true,
      contents: [
        { mediaType: "application/json", kind: "json" },
        { mediaType: "application/x-www-form-urlencoded", kind: "urlencoded" },
      ],
    },
    responses: [
      { status: "201", contents: [{ mediaType: "application/json", kind: "json" }] },
      { status: "204" },
      { status: "4XX", contents: [{ mediaType: "text/plain", kind: "text" }] },
    ],
    security: [{ Key: ["write"] }, { Bearer: ["pets:write"] }],
  },
  getPet: {
    id: "getPet",
    method: "GET",
    path: "/pets/{id}/",
    parameters: [{ name: "id", in: "path", required: true }],
    responses: [{ status: "200", contents: [{ mediaType: "application/json", kind: "json" }] }],
  },
  upload: {
    id: "upload",
    method: "PUT",
    path: "/files/{name}.bin",
    parameters: [{ name: "name", in: "path", required: true }],
    body: { contents: [{ mediaType: "application/octet-stream", kind: "binary" }] },
    responses: [{ status: "200", contents: [{ mediaType: "*/*", kind: "binary" }] }],
    security: [{ Bearer: [] }, {}],
  },
};
const validators: { readonly [name: string]: OperationValidators } = {
  listPets: {
    query: {
      limit: { validate: atMost(100), shape: "integer", default: 10 },
      tags: { validate: () => true, shape: { array: "integer" } },
      page: { validate: () => true, shape: "integer" },
    },
    responses: { "200": { body: { "application/json": { validate: (value) => Array.isArray(value) } } } },
  },
  createPet: {
    body: {
      "application/json": { validate: hasName },
      "application/x-www-form-urlencoded": { validate: hasName, shape: { object: { name: "string" } } },
    },
    responses: { "201": { body: { "application/json": { validate: hasName } } } },
  },
  getPet: { path: { id: { validate: () => true, shape: "integer" } } },
};

interface Input {
  readonly [member: string]: unknown;
  readonly query: { readonly [name: string]: unknown };
  readonly reply: typeof replies;
  readonly request: Request;
}
const answers: { next?: (input: Input) => Reply | Promise<Reply> } = {};
const seen: { input?: Input; error?: unknown } = {};
const handler = async (input: Input): Promise<Reply> => {
  seen.input = input;
  return (await answers.next?.(input)) ?? { status: 200, headers: { "X-Total": 1 }, body: [] };
};
const parts: RouterParts = {
  operations,
  validators,
  securitySchemes: { Key: { kind: "apiKey", in: "query", name: "key" }, Bearer: { kind: "bearer" } },
  handlers: { listPets: handler, createPet: handler, getPet: handler, upload: handler },
  options: {
    security: {
      Key: ({ apiKey }: { apiKey: string }) => (apiKey === "open sesame" ? "Ali" : undefined),
      Bearer: ({ token, scopes }: { token: string; scopes: readonly string[] }) => {
        if (token === "reader") throw new Forbidden(`The token lacks ${scopes.join()}.`);
        return token === "good" ? { name: "Ada", scopes } : null;
      },
    },
    onError: (error) => {
      seen.error = error;
    },
  },
};

let server: RunningServer;
beforeAll(async () => {
  server = await serve(createOperationRouter(parts), { port: 0 });
});
afterAll(() => server.close());

async function send(path: string, init: RequestInit = {}, next?: (input: Input) => Reply | Promise<Reply>): Promise<Response> {
  delete seen.input;
  delete seen.error;
  if (next === undefined) delete answers.next;
  else answers.next = next;
  return fetch(`${server.url}${path}`, init);
}
const trace = { "X-Trace": "t" };
const json = (value: unknown, headers: Record<string, string> = { Authorization: "Bearer good" }): RequestInit => ({
  method: "POST",
  headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
  body: JSON.stringify(value),
});

describe("a request that meets the contract", () => {
  it("reaches its handler decoded, with its defaults", async () => {
    const response = await send("/pets?tags=1,2&unknown=x", { headers: trace });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-total")).toBe("1");
    expect(await response.json()).toEqual([]);
    expect(seen.input).toMatchObject({ path: {}, query: { tags: [1, 2], limit: 10 }, headers: { "X-Trace": "t" }, cookies: {} });
  });

  it("has its default given anew each time", async () => {
    await send("/pets", { headers: trace });
    expect(seen.input?.query).toEqual({ limit: 10 });
  });

  it("may have a slash too few or too many at its end", async () => {
    expect((await send("/pets/", { headers: trace })).status).toBe(200);
    await send("/pets/7", {}, () => ({ status: 200, body: {} }));
    expect(seen.input).toMatchObject({ path: { id: 7 } });
  });

  it("may be HEAD where GET is declared, and gets no body", async () => {
    const response = await send("/pets", { method: "HEAD", headers: trace });
    expect([response.status, response.headers.get("x-total"), await response.text()]).toEqual([200, "1", ""]);
  });

  it("tells who asks, by the first alternative that passes", async () => {
    const made = await send("/pets?key=open+sesame", json({ name: "Rex" }, {}), ({ reply }) => reply.created({ name: "Rex" }));
    expect(made.status).toBe(201);
    expect(seen.input).toMatchObject({
      security: { Key: "Ali" },
      body: { name: "Rex" },
      contentType: "application/json",
    });
    await send("/pets", json({ name: "Rex" }), ({ reply }) => reply.noContent());
    expect(seen.input).toMatchObject({ security: { Bearer: { name: "Ada", scopes: ["pets:write"] } } });
    await send("/files/a.bin", { method: "PUT", body: "x", headers: { "Content-Type": "application/octet-stream" } }, () => ({
      status: 200,
      body: new Blob(["y"]),
    }));
    expect(seen.input).toMatchObject({ security: undefined });
  });

  it("carries bytes both ways", async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
    const response = await send("/files/a.bin", { method: "PUT", body: bytes }, async ({ body }) => ({
      status: 200,
      contentType: "image/x-any",
      body,
    }));
    expect(response.headers.get("content-type")).toBe("image/x-any");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it("aborts its signal when the client goes away", async () => {
    const controller = new AbortController();
    const aborted = new Promise<void>((resolve) => {
      void send("/pets", { headers: trace, signal: controller.signal }, async ({ request, reply }) => {
        controller.abort();
        await new Promise<void>((gone) =>
          request.signal.aborted ? gone() : request.signal.addEventListener("abort", () => gone()),
        );
        resolve();
        return reply.ok([], { headers: { "X-Total": 0 } });
      }).catch(() => {});
    });
    await aborted;
    expect(controller.signal.aborted).toBe(true);
  });
});

describe("a request that does not", () => {
  it("is told every place that is wrong, of parameters and body at once", async () => {
    const response = await send("/pets?limit=0x10&tags=1,b&page=1&page=2");
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: "The request has 4 problems.",
      errors: [
        { in: "query", name: "limit", pointer: "", keyword: "type", message: "must be integer" },
        { in: "query", name: "tags", pointer: "/1", keyword: "type", message: "must be integer" },
        { in: "query", name: "page", pointer: "", keyword: "duplicate", message: "must be given once" },
        { in: "header", name: "X-Trace", pointer: "", keyword: "required", message: "is required" },
      ],
    });
    expect(seen.input).toBeUndefined();
  });

  it.each([
    ["?limit=", "must be integer"],
    ["?limit=1%20", "must be integer"],
    ["?limit=1.5", "must be integer"],
    ["?limit=9007199254740993", "must be integer"],
    ["?limit=%zz", "must be percent-encoded UTF-8"],
    ["?limit=101", "must be at most 100"],
    ["?%zz=1", "must have a name of percent-encoded UTF-8"],
  ])("%s is refused: %s", async (query, message) => {
    const response = await send(`/pets${query}`, { headers: trace });
    expect([
      response.status,
      ((await response.json()) as { errors: { message: string }[] }).errors.map((error) => error.message),
    ]).toEqual([400, [message]]);
  });

  it.each([
    [
      "no body",
      { method: "POST", headers: { Authorization: "Bearer good" } },
      { in: "body", pointer: "", keyword: "required", message: "is required" },
    ],
    [
      "no JSON",
      { ...json(0), body: "{" },
      { in: "body", pointer: "", keyword: "contentMediaType", message: "must be a JSON document" },
    ],
    [
      "no UTF-8",
      { ...json(0), body: Uint8Array.of(34, 255, 34) },
      { in: "body", pointer: "", keyword: "contentMediaType", message: "must be text in utf-8" },
    ],
    ["a number for a text", json({ name: 1 }), { in: "body", pointer: "/name", keyword: "type", message: "must be string" }],
  ])("a body that is %s is refused", async (_what, init, error) => {
    const response = await send("/pets", init);
    expect([response.status, ((await response.json()) as { errors: unknown }).errors]).toEqual([400, [error]]);
  });

  it("404: a path that no operation has", async () => {
    expect((await send("/cats")).status).toBe(404);
    expect((await send("/pets/7/toys")).status).toBe(404);
    expect((await send("/pets//")).status).toBe(404);
  });

  it("405: a method that the path does not take, with those that it takes", async () => {
    const response = await send("/pets", { method: "DELETE" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS, POST"]);
    const options = await send("/pets", { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS, POST"]);
  });

  it("415: a media type that the operation does not read, with those that it reads", async () => {
    const response = await send("/pets", { ...json({}), headers: { Authorization: "Bearer good", "Content-Type": "text/csv" } });
    expect([response.status, response.headers.get("accept")]).toEqual([
      415,
      "application/json, application/x-www-form-urlencoded",
    ]);
    expect(((await response.json()) as { detail: string }).detail).toBe(
      "The media type text/csv is not read here; application/json, application/x-www-form-urlencoded is.",
    );
  });

  it("401 and 403: credentials that are missing, wrong, or not enough", async () => {
    const missing = await send("/pets", json({ name: "Rex" }, {}));
    expect([missing.status, missing.headers.get("www-authenticate")]).toEqual([
      401,
      'ApiKey in="query", name="key", Bearer realm="api", scope="pets:write"',
    ]);
    const wrong = await send("/pets", json({ name: "Rex" }, { Authorization: "Bearer bad" }));
    expect([wrong.status, wrong.headers.get("www-authenticate")]).toEqual([
      401,
      'ApiKey in="query", name="key", Bearer realm="api", scope="pets:write", error="invalid_token"',
    ]);
    const reader = await send("/pets", json({ name: "Rex" }, { Authorization: "bearer reader" }));
    expect([reader.status, ((await reader.json()) as { detail: string }).detail]).toEqual([403, "The token lacks pets:write."]);
    expect(seen.input).toBeUndefined();
  });
});

describe("a reply that breaks the contract", () => {
  it.each<[string, Reply, string]>([
    [
      "an undeclared status",
      { status: 202 },
      "GET /pets cannot be answered with this 202: header status is not declared: 200 are.",
    ],
    [
      "a missing header and a wrong body",
      { status: 200, body: {} },
      "GET /pets cannot be answered with this 200: header X-Total is required",
    ],
    [
      "an undeclared media type",
      { status: 200, contentType: "text/html", headers: { "X-Total": 1 }, body: [] },
      "body has the media type text/html, which is not declared for this status",
    ],
    [
      "a header with a line break",
      { status: 200, headers: { "X-Total": "1\r\nX-Evil: 1" }, body: [] },
      'holds "\\r", which a header cannot carry',
    ],
    ["no body", { status: 200, headers: { "X-Total": 1 } }, "body is required"],
  ])("is not sent: %s", async (_what, reply, message) => {
    const response = await send("/pets", { headers: trace }, () => reply);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      detail: "The server failed to answer.",
    });
    expect(seen.error).toBeInstanceOf(ReplyError);
    expect(String(seen.error)).toContain(message);
  });

  it("is not sent: what a handler throws, and nothing of it is told", async () => {
    const response = await send("/pets", { headers: trace }, () => {
      throw new Error("the password is 1234");
    });
    expect(await response.text()).not.toContain("1234");
    expect(seen.error).toEqual(new Error("the password is 1234"));
  });

  it("is not looked at when replies are not checked", async () => {
    const router = createOperationRouter({ ...parts, options: { ...parts.options, responseCheck: "off" } });
    answers.next = () => ({ status: 200, headers: { "X-Total": 1 }, body: {} });
    expect((await router(new Request("http://localhost/pets", { headers: trace }))).status).toBe(200);
  });
});

describe("a router", () => {
  it("answers in the envelope of the API", async () => {
    const router = createOperationRouter({
      ...parts,
      options: {
        ...parts.options,
        onInvalid: ({ status, errors: [error] }) => ({
          status: status === 405 ? 404 : status,
          headers: { "X-Own": "1" },
          body: { type: "validation_error", attr: error?.name },
        }),
        onError: (error) => ({ status: 503, contentType: "text/plain", body: error instanceof Error ? error.message : "" }),
      },
    });
    const refused = await router(new Request("http://localhost/pets?limit=x", { headers: trace }));
    expect([refused.status, refused.headers.get("content-type"), await refused.json()]).toEqual([
      400,
      "application/json",
      { type: "validation_error", attr: "limit" },
    ]);
    const wrongMethod = await router(new Request("http://localhost/pets", { method: "DELETE" }));
    expect([wrongMethod.status, wrongMethod.headers.get("allow"), wrongMethod.headers.get("x-own")]).toEqual([
      404,
      "GET, HEAD, OPTIONS, POST",
      "1",
    ]);
    answers.next = () => {
      throw new Error("busy");
    };
    const crashed = await router(new Request("http://localhost/pets", { headers: trace }));
    expect([crashed.status, await crashed.text()]).toEqual([503, "busy"]);
  });

  it("serves below a base path, and nothing beside it", async () => {
    const router = createOperationRouter({ ...parts, options: { ...parts.options, basePath: "/v1/" } });
    delete answers.next;
    expect((await router(new Request("http://localhost/v1/pets", { headers: trace }))).status).toBe(200);
    expect((await router(new Request("http://localhost/pets", { headers: trace }))).status).toBe(404);
    expect((await router(new Request("http://localhost/v1pets", { headers: trace }))).status).toBe(404);
  });

  it("gives its handlers the context of the request", async () => {
    const router = createOperationRouter({
      ...parts,
      options: { ...parts.options, context: async ({ request }) => new URL(request.url).host },
    });
    delete answers.next;
    await router(new Request("http://example.com/pets", { headers: trace }));
    expect(seen.input).toMatchObject({ context: "example.com" });
  });

  it("is not made without a handler that it needs", () => {
    expect(() => createOperationRouter({ ...parts, handlers: { listPets: handler } })).toThrow(
      "The handler createPet (POST /pets) is missing.",
    );
    expect(() => createOperationRouter({ ...parts, options: {} })).toThrow(
      "The verifier Key is missing, and operations need it.",
    );
  });
});
