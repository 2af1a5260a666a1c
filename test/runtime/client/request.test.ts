import { describe, expect, test, vi } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { CallOptions, CallParts, CoreConfig } from "../../../generator/runtime/client/options.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { absoluteUrl, serverUrl } from "../../../generator/runtime/client/server-url.ts";
import { createThing, getThing, type Operations } from "./operations.ts";
import { json, serve, type Received } from "./server.ts";

const ok = json(200, { name: "cup" });

async function sent(
  operation: OperationDescriptor,
  parts: CallParts,
  config: Partial<CoreConfig> = {},
  options?: CallOptions,
): Promise<Received> {
  const { url, received } = await serve(ok);
  await createCore({ baseUrl: url, ...config })<ApiCall<Operations, "getThing">>(operation, parts, options).asResponse();
  const [request] = received;
  if (request === undefined) throw new Error("Nothing arrived.");
  return request;
}

const path = { project_id: "1", id: "x" };

describe("A request", () => {
  test("carries every parameter in its place", async () => {
    const request = await sent(getThing, {
      path,
      query: { tags: ["a", "b,c"] },
      header: { "X-Trace": "t" },
      cookie: { session: "s t" },
    });
    expect(request.url).toBe("/projects/1/things/x?tags=a,b%2Cc");
    expect(request.headers).toMatchObject({ "x-trace": "t", cookie: "session=s%20t" });
  });

  test("has a parameter that is its credential once, as the call gives it", async () => {
    const operation = { ...getThing, security: [{ Header: [], Query: [], Cookie: [] }] };
    const config: Partial<CoreConfig> = {
      auth: { Header: "ours", Query: "ours", Cookie: "ours" },
      securitySchemes: {
        Header: { kind: "apiKey", in: "header", name: "x-trace" },
        Query: { kind: "apiKey", in: "query", name: "tags" },
        Cookie: { kind: "apiKey", in: "cookie", name: "session" },
      },
    };
    const given = { path, query: { tags: ["own"] }, header: { "X-Trace": "own" }, cookie: { session: "own" } };
    const requests = [await sent(operation, given, config), await sent(operation, { path }, config)];
    expect(requests.map(({ url, headers }) => [url, headers["x-trace"], headers.cookie])).toEqual([
      ["/projects/1/things/x?tags=own", "own", "session=own"],
      ["/projects/1/things/x?tags=ours", "ours", "session=ours"],
    ]);
  });

  test("takes the first media type of its body, or the one that is named", async () => {
    const first = await sent(createThing, { body: { name: "a b" } });
    expect([first.headers["content-type"], first.body]).toEqual(["application/json", '{"name":"a b"}']);
    const named = await sent(createThing, { body: { name: "a b" }, contentType: "application/x-www-form-urlencoded" });
    expect(named.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(new URLSearchParams(named.body).get("name")).toBe("a b");
  });

  test("is refused before it is sent when it cannot be right", async () => {
    const core = createCore({ baseUrl: "http://127.0.0.1:9" });
    await expect(core(createThing, {})).rejects.toThrow("The body of POST /things is required.");
    await expect(core(getThing, { path, body: 1 })).rejects.toThrow("GET /projects/{project_id}/things/{id} takes no body.");
    await expect(core(createThing, { body: 1, contentType: "text/csv" })).rejects.toThrow(
      "POST /things takes no body of type text/csv, but application/json, application/x-www-form-urlencoded.",
    );
    await expect(core(getThing, { path: { project_id: "1", id: ".." } })).rejects.toMatchObject({ name: "EncodeError" });
    await expect(core(getThing, { path, query: { tagz: "a" } })).rejects.toMatchObject({ name: "EncodeError" });
  });

  test("has the headers of the client, then its own, and null takes one away", async () => {
    const config = { headers: async () => ({ "X-A": "client", "X-B": "client", Accept: null }) };
    const { headers } = await sent(getThing, { path }, config, { headers: { "X-B": "call", "X-C": undefined } });
    expect(headers).toMatchObject({ "x-a": "client", "x-b": "call" });
    expect(headers).not.toHaveProperty("x-c");
    expect(headers.accept).toBe("*/*");
  });

  test("takes a shared path parameter from the client, unless the call has its own", async () => {
    const shared = { project_id: { property: "projectId", value: "7" } };
    expect((await sent(getThing, { path: { id: "x" } }, { shared })).url).toBe("/projects/7/things/x");
    const options: CallOptions & { projectId: string } = { projectId: "8" };
    expect((await sent(getThing, { path: { id: "x" } }, { shared }, options)).url).toBe("/projects/8/things/x");
    expect((await sent(getThing, { path: { id: "x", project_id: "9" } }, { shared })).url).toBe("/projects/9/things/x");
  });

  test("goes through a fetch of one's own", async () => {
    const asked: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      asked.push(url);
      return Response.json({ name: "cup" });
    };
    const core = createCore({ baseUrl: "https://example.com", fetch });
    expect(await core<ApiCall<Operations, "getThing">>(getThing, { path })).toEqual({ name: "cup" });
    expect(asked).toEqual(["https://example.com/projects/1/things/x"]);
  });
});

describe("Credentials", () => {
  const schemes = {
    Key: { kind: "bearer" },
    Login: { kind: "basic" },
    Header: { kind: "apiKey", in: "header", name: "X-Key" },
    Query: { kind: "apiKey", in: "query", name: "api key" },
    Cookie: { kind: "apiKey", in: "cookie", name: "sid" },
    Certificate: { kind: "none" },
  } as const;
  const secured = (...security: NonNullable<OperationDescriptor["security"]>): OperationDescriptor => ({ ...getThing, security });
  const send = (operation: OperationDescriptor, auth: NonNullable<CoreConfig["auth"]>): Promise<Received> =>
    sent(operation, { path, cookie: { session: "1" } }, { auth, securitySchemes: schemes });

  test("go where their scheme says", async () => {
    expect((await send(secured({ Key: [] }), { Key: async () => "t" })).headers.authorization).toBe("Bearer t");
    const login = await send(secured({ Login: [] }), { Login: { username: "Ada", password: "pä:ss" } });
    expect(login.headers.authorization).toBe(`Basic ${Buffer.from("Ada:pä:ss").toString("base64")}`);
    expect((await send(secured({ Header: [] }), { Header: "k" })).headers["x-key"]).toBe("k");
    expect((await send(secured({ Query: [] }), { Query: "a&b" })).url).toBe("/projects/1/things/x?api%20key=a%26b");
    expect((await send(secured({ Cookie: [] }), { Cookie: "c;d" })).headers.cookie).toBe("session=1; sid=c%3Bd");
  });

  test("are those of the first alternative that is complete", async () => {
    const operation = secured({ Key: [], Header: [] }, { Query: [] }, { Header: [] });
    const both = await send(operation, { Key: "t", Header: "h", Query: "q" });
    expect([both.headers.authorization, both.headers["x-key"], both.url]).toEqual(["Bearer t", "h", "/projects/1/things/x"]);
    const second = await send(operation, { Key: () => undefined, Header: "h", Query: "q" });
    expect([second.headers.authorization, second.headers["x-key"]]).toEqual([undefined, undefined]);
    expect(second.url).toContain("api%20key=q");
  });

  test("are sent where they are optional, and not at all without security or a complete alternative", async () => {
    expect((await send(secured({}, { Key: [] }), { Key: "t" })).headers.authorization).toBe("Bearer t");
    const { security: _, ...open } = getThing;
    expect((await send(open, { Key: "t" })).headers.authorization).toBeUndefined();
    expect((await send(secured({ Key: [], Header: [] }), { Key: "t" })).headers.authorization).toBeUndefined();
    expect((await send(secured({ Certificate: [], Key: [] }), { Key: "t" })).headers.authorization).toBe("Bearer t");
  });

  test("are passed over where there are none, and a certificate alone goes before nothing", async () => {
    const operation = secured({ Certificate: [] }, { Key: [] }, { Header: [] });
    const { headers } = await send(operation, { Key: "", Header: "h" });
    expect([headers.authorization, headers["x-key"]]).toEqual([undefined, "h"]);
  });

  test.each(["@evil.example/x", ".evil.example/x", ":80@evil.example/x"])(
    "go to the host of the client alone: %s",
    async (path) => {
      const asked: string[] = [];
      const fetch = async (url: string): Promise<Response> =>
        Response.json({}, { status: 404, headers: { asked: String(asked.push(url)) } });
      const core = createCore({ baseUrl: "https://example.com", fetch, auth: { Key: "t" }, securitySchemes: schemes });
      const operation: OperationDescriptor = { ...secured({ Key: [] }), path, parameters: [] };
      await core<ApiCall<Operations, "getThing">>(operation).asResponse();
      expect(asked).toEqual([`https://example.com/${path}`]);
    },
  );

  test("of a user with a colon are refused, since the password would begin there", async () => {
    const sending = send(secured({ Login: [] }), { Login: { username: "a:b", password: "s3cret" } });
    await expect(sending).rejects.toMatchObject({ name: "EncodeError", message: expect.not.stringContaining("s3cret") });
  });

  test("in a cookie stand beside the cookies of the client and of the call", async () => {
    const config = { auth: { Cookie: "c" }, securitySchemes: schemes, headers: { Cookie: "theme=dark" } };
    const { headers } = await sent(secured({ Cookie: [] }), { path, cookie: { session: "1" } }, config);
    expect(headers.cookie).toBe("theme=dark; session=1; sid=c");
  });

  test("in a cookie are an error where programs may send none, as in browsers", async () => {
    vi.stubGlobal(
      "Request",
      class extends Request {
        override readonly headers = new Headers();
      },
    );
    const sending = send(secured({ Cookie: [] }), { Cookie: "s3cret" });
    await expect(sending).rejects.toMatchObject({
      name: "EncodeError",
      message: expect.stringContaining("the browser sends the cookies"),
    });
    expect((await send(secured({ Header: [] }), { Header: "k" })).headers["x-key"]).toBe("k");
    vi.unstubAllGlobals();
  });

  test("in the query are hidden in errors", async () => {
    const { url } = await serve(json(404, { code: "a", detail: "b" }));
    const core = createCore({ baseUrl: url, auth: { Query: "secret" }, securitySchemes: schemes });
    const error: unknown = await core<ApiCall<Operations, "getThing">>(secured({ Query: [] }), { path }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ request: { url: `${url}/projects/1/things/x?api%20key=***` } });
    expect(JSON.stringify(error)).not.toContain("secret");
  });
});

describe("The URL of a server", () => {
  test("is chosen by key, or one's own, and its variables are filled in", () => {
    const servers = {
      us: "https://us.example.com",
      own: { url: "https://{host}/{version}", variables: { host: "localhost", version: "v1" } },
    };
    expect(serverUrl(servers, "us")).toBe("https://us.example.com");
    expect(serverUrl(servers, "own", { host: "example.org" })).toBe("https://example.org/v1");
    expect(serverUrl(servers, "http://127.0.0.1:8000/api")).toBe("http://127.0.0.1:8000/api");
    expect(serverUrl(servers, "toString")).toBe("toString");
  });

  test("keeps its path prefix and loses its slash", () => {
    expect(absoluteUrl("https://example.com/api/v1/")).toBe("https://example.com/api/v1");
  });

  test("must be absolute where there is no page", () => {
    for (const url of ["/api/v3", "", "localhost:8000"]) {
      expect(() => createCore({ baseUrl: url })).toThrow(`The server URL ${JSON.stringify(url)} is not absolute.`);
    }
  });
});
