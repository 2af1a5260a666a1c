import { afterEach, describe, expect, test, vi } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { CallOptions, CoreConfig } from "../../../generator/runtime/client/options.ts";
import { nextHop } from "../../../generator/runtime/client/hop.ts";
import { withRetries } from "../../../generator/runtime/client/retry.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { json, serve, type Loopback, type Received } from "./server.ts";

const securitySchemes = {
  Token: { kind: "bearer" },
  Header: { kind: "apiKey", in: "header", name: "X-Ours" },
  Query: { kind: "apiKey", in: "query", name: "ours" },
  Cookie: { kind: "apiKey", in: "cookie", name: "sid" },
} as const;

/** Each holds the word. */
const auth = { Token: "s3cret-token", Header: "s3cret-header", Query: "s3cret&query", Cookie: "s3cret-cookie" };

function operation(method: string): OperationDescriptor {
  const contents = [{ mediaType: "application/json", kind: "json" } as const];
  return {
    id: "it",
    method,
    path: "/it",
    security: [{ Token: [], Header: [], Query: [], Cookie: [] }],
    responses: [{ status: "default", contents }],
    ...(method === "GET" ? {} : { body: { contents } }),
  };
}

function call(baseUrl: string, method = "GET", body?: unknown, config: Partial<CoreConfig> = {}): ApiCall<{ it: object }, "it"> {
  const headers = { "X-Own-Key": "s3cret-own", "Idempotency-Key": "1" };
  const send = createCore({ baseUrl, securitySchemes, auth, headers, attempts: withRetries, maxRetries: 1, ...config });
  return send(operation(method), { body }, {});
}

/** A server that redirects all but what it has at `/end`, to wherever is told. */
function redirecting(status: number, location: (request: Received) => string): Promise<Loopback> {
  return serve((response, request) => {
    if (request.url.startsWith("/end")) return json(200, {})(response);
    response.writeHead(status, { Location: location(request) }).end();
  });
}

const all = (received: readonly Received[]): string => JSON.stringify(received);

describe("A redirect to the same origin", () => {
  test("is followed with all that the request carries", async () => {
    const { url, received } = await redirecting(302, () => "/end");
    const response = await call(url).asResponse();
    expect([response.status, response.url]).toEqual([200, `${url}/end`]);
    expect(received).toHaveLength(2);
    expect(received[1]).toMatchObject({
      url: "/end",
      headers: {
        authorization: "Bearer s3cret-token",
        "x-ours": "s3cret-header",
        cookie: "sid=s3cret-cookie",
        "x-own-key": "s3cret-own",
      },
    });
  });

  test.each([
    [301, "POST", "GET", ""],
    [302, "POST", "GET", ""],
    [303, "POST", "GET", ""],
    [303, "PUT", "GET", ""],
    [301, "PUT", "PUT", '{"a":1}'],
    [302, "DELETE", "DELETE", '{"a":1}'],
    [307, "POST", "POST", '{"a":1}'],
    [308, "PATCH", "PATCH", '{"a":1}'],
  ])("of %i makes of %s %s", async (status, method, becomes, body) => {
    const { url, received } = await redirecting(status, () => "end");
    await call(url, method, { a: 1 }).asResponse();
    const contentType = body === "" ? undefined : "application/json";
    expect(received[1]).toMatchObject({ method: becomes, url: "/end", body });
    expect(received[1]?.headers["content-type"]).toBe(contentType);
  });

  test("leads on, twenty times at most", async () => {
    let left = 20;
    const { url, received } = await redirecting(307, () => (left-- === 1 ? "/end" : "/on"));
    expect(await call(url).asResponse()).toMatchObject({ status: 200 });
    expect(received).toHaveLength(21);
    left = 21;
    await expect(call(url)).rejects.toMatchObject({
      name: "RedirectError",
      message: "GET /it is redirected more than 20 times.",
    });
  });
});

describe("Another origin", () => {
  test.each([301, 302, 303, 307, 308])("is asked without anything that is secret, after a %i", async (status) => {
    const other = await serve(json(200, {}));
    const { url } = await redirecting(status, () => `${other.url}/end?signature=theirs`);
    expect(await call(url).asResponse()).toMatchObject({ status: 200, url: `${other.url}/end?signature=theirs` });
    expect(other.received).toHaveLength(1);
    expect(all(other.received)).not.toContain("s3cret");
    expect(other.received[0]?.headers).toMatchObject({ accept: "application/json", "idempotency-key": "1" });
  });

  test("gets nothing secret after a way back either", async () => {
    const other: Loopback = await redirecting(302, () => `${url}/end`);
    const { url, received } = await redirecting(302, () => `${other.url}/on`);
    await call(url).asResponse();
    expect([all(received.slice(0, 1)), all([...received.slice(1), ...other.received])]).toEqual([
      expect.stringContaining("s3cret"),
      expect.not.stringContaining("s3cret"),
    ]);
    expect(received).toHaveLength(2);
  });

  test.each([
    ["as it came", (asked: string) => asked],
    ["in another parameter", (asked: string) => `/login?next=${encodeURIComponent(`https://example.com${asked}`)}&x=1`],
  ])("gets no key of the query that the server sends on %s", async (_, target) => {
    const other = await serve(json(200, {}));
    const { url } = await redirecting(302, (request) => other.url + target(request.url));
    await call(url).asResponse();
    expect(all(other.received)).not.toContain("s3cret");
    expect(other.received).toHaveLength(1);
  });

  test("keeps a parameter of its own that has the name of a key", async () => {
    const other = await serve(json(200, {}));
    const { url } = await redirecting(302, () => `${other.url}/end?ours=theirs`);
    await call(url).asResponse();
    expect(other.received[0]?.url).toBe("/end?ours=theirs");
  });

  test("gets the body where it stays, as fetch has it", async () => {
    const other = await serve(json(200, {}));
    const { url } = await redirecting(307, () => other.url);
    await call(url, "POST", { a: 1 }).asResponse();
    expect(other.received[0]).toMatchObject({ method: "POST", body: '{"a":1}', headers: { "content-type": "application/json" } });
  });
});

describe("Not followed, and not tried again, is a redirect", () => {
  const hop = (location: string, url = "https://example.com/a"): unknown =>
    nextHop(
      "GET /a",
      { url, method: "GET", headers: new Headers() },
      new Response(null, { status: 302, headers: { Location: location } }),
      [],
    );

  test("from https to http", () => {
    expect(() => hop("http://example.com/a")).toThrow(
      "GET /a is redirected from https to http://example.com, where others can read and change it; it is not followed.",
    );
    expect(hop("https://other.com/b")).toMatchObject({ url: "https://other.com/b", keepsBody: true });
    expect(hop("//other.com/b", "http://example.com")).toMatchObject({ url: "http://other.com/b" });
  });

  test.each(["javascript:alert(1)", "data:,x", "file:///etc/passwd", "https://", "https://ada:s3cret@example.com/"])(
    "to %s",
    (location) => {
      expect(() => hop(location)).toThrow("GET /a is redirected to what is no address of http or https, or has a user in it.");
    },
  );

  test("with a body that is a stream", async () => {
    const { url, received } = await redirecting(307, () => "/end");
    const contents = [{ mediaType: "application/octet-stream", kind: "binary" } as const];
    const upload: OperationDescriptor = { ...operation("PUT"), body: { contents } };
    const send = createCore({ baseUrl: url, attempts: withRetries });
    const put = (body: unknown): ApiCall<{ it: object }, "it"> => send(upload, { body }, {});
    await expect(put(new Blob(["abc"]).stream())).rejects.toMatchObject({
      name: "RedirectError",
      message: "PUT /it is redirected, and its body is a stream, which cannot be sent twice.",
    });
    expect(received).toHaveLength(1);
    await put(new Blob(["abc"])).asResponse();
    expect(received.slice(1).map(({ body }) => body)).toEqual(["abc", "abc"]);
  });

  test("that says not where to, or is none: it is the answer", async () => {
    const { url } = await serve((response) => response.writeHead(302).end());
    expect(await call(url).asResponse()).toMatchObject({ status: 302 });
    const choices = await redirecting(300, () => "/end");
    expect(await call(choices.url).asResponse()).toMatchObject({ status: 300 });
  });
});

test("A redirect that the document declares is an answer", async () => {
  const { url, received } = await redirecting(302, () => "/end");
  const declared: OperationDescriptor = { ...operation("GET"), responses: [{ status: "302" }] };
  const answer: ApiCall<{ it: object }, "it"> = createCore({ baseUrl: url })(declared);
  expect(await answer.asResponse()).toMatchObject({ status: 302 });
  expect(received).toHaveLength(1);
});

test("A fetch of one's own may follow by itself", async () => {
  const { url, received } = await redirecting(302, () => "/end");
  const fetch: CallOptions["fetch"] = (address, init) => globalThis.fetch(address, { ...init, redirect: "follow" });
  expect(await call(url, "GET", undefined, { fetch }).asResponse()).toMatchObject({ status: 200, redirected: true });
  expect(received).toHaveLength(2);
});

describe("In a browser, which does not show where a redirect leads to", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  /** What `fetch` was told of redirects, when it answers as a browser does. */
  function browser(): { readonly fetch: NonNullable<CoreConfig["fetch"]>; readonly asked: unknown[] } {
    vi.stubGlobal("location", { href: "https://app.example.com/" });
    const asked: unknown[] = [];
    const opaque = { type: "opaqueredirect", status: 0, headers: new Headers(), body: null };
    return {
      asked,
      // No program can make such a Response.
      fetch: async (_, init) => {
        asked.push(init.redirect);
        return init.redirect === "manual" ? (opaque as unknown as Response) : Response.json({});
      },
    };
  }

  test("fetch follows where all that is secret is in Authorization, which it takes away", async () => {
    const { fetch, asked } = browser();
    const send = createCore({ baseUrl: "https://example.com", fetch, auth: { Token: "t" }, securitySchemes });
    await send<ApiCall<{ it: object }, "it">>({ ...operation("GET"), security: [{ Token: [] }] }).asResponse();
    expect(asked).toEqual([undefined]);
  });

  test.each(["Header", "Query"] as const)("a redirect is an error where a key would be taken along: %s", async (scheme) => {
    const { fetch, asked } = browser();
    const send = createCore({ baseUrl: "https://example.com", fetch, attempts: withRetries, auth, securitySchemes });
    const answer: ApiCall<{ it: object }, "it"> = send({ ...operation("GET"), security: [{ [scheme]: [] }] });
    await expect(answer).rejects.toMatchObject({ name: "RedirectError", message: expect.stringContaining('redirect: "follow"') });
    expect(asked).toEqual(["manual"]);
  });
});
