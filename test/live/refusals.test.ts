import { describe, expect, test } from "vitest";
import * as fixtures from "../../generated/src/fixtures.ts";
import * as operations from "../../generated/src/operations.ts";
import type { OperationDescriptor } from "../../generated/src/runtime/operation.ts";
import { Forbidden, ReplyError, type RouterOptions } from "../../generated/src/server.ts";
import { operationNames, startWorld, type Reply, type World } from "./world.ts";

interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly {
    readonly in: string;
    readonly name?: string;
    readonly pointer: string;
    readonly keyword: string;
    readonly message: string;
  }[];
}
interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly problem: Problem;
}

const key = { Authorization: "Bearer phx_key" };
const json = { ...key, "Content-Type": "application/json" };
const query = "/api/environments/1/query/";
const recordings = "/api/environments/1/session_recordings/";

/** Asks as something other than our client would. */
async function ask({ url }: World, path: string, init: RequestInit = { headers: key }): Promise<Refusal> {
  const response = await fetch(`${url}${path}`, init);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  // What the server promises of its own answers; the tests look at every member.
  return { status: response.status, headers: response.headers, problem: (await response.json()) as Problem };
}

const post = (body: BodyInit | null, headers: Readonly<Record<string, string>> = json): RequestInit => ({
  method: "POST",
  body,
  headers,
});

describe("a request that breaks the contract", () => {
  test("is answered with every place at once and reaches no handler", async () => {
    const world = await startWorld();
    const { status, problem } = await ask(world, `${recordings}?limit=many&session_ids=[1,"a"]&properties=%7B&order=alphabet`);
    expect(status).toBe(400);
    expect(problem).toMatchObject({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: "The request has 4 problems.",
    });
    expect(problem.errors?.map(({ in: place, name, pointer, keyword }) => [place, name, pointer, keyword])).toEqual(
      expect.arrayContaining([
        ["query", "limit", "", "type"],
        ["query", "session_ids", "/0", "type"],
        ["query", "properties", "", expect.any(String)],
        ["query", "order", "", "enum"],
      ]),
    );
    expect(world.arrivals).toEqual([]);
  });

  test("is told of parameters that are missing", async () => {
    const world = await startWorld();
    const { status, problem } = await ask(world, `${query}draft_sql/`);
    expect(status).toBe(400);
    expect(problem.errors).toEqual([{ in: "query", name: "prompt", pointer: "", keyword: "required", message: "is required" }]);
    expect(world.arrivals).toEqual([]);
  });

  test.each([
    ["no query", {}, "", "required"],
    ["a query that is no object", { query: "select 1" }, "/query", "type"],
    ["a query without a kind", { query: {} }, "/query", "required"],
    ["a list in place of a text", { query: { kind: "HogQLQuery", query: ["select 1"] } }, "/query/query", "type"],
    ["a number among the columns", { query: { kind: "EventsQuery", select: ["event", 7] } }, "/query/select/1", "type"],
    [
      "a field that the kind has not",
      { query: { kind: "HogQLQuery", query: "select 1", select: [] } },
      "/query",
      "additionalProperties",
    ],
    ["another refresh", { query: { kind: "TrendsQuery" }, refresh: "now" }, "/refresh", "enum"],
  ])("is told of a body with %s", async (_, body, pointer, keyword) => {
    const world = await startWorld();
    const { status, problem } = await ask(world, query, post(JSON.stringify(body)));
    expect(status).toBe(400);
    expect(problem.errors).toEqual(expect.arrayContaining([expect.objectContaining({ in: "body", pointer, keyword })]));
    expect(world.arrivals).toEqual([]);
  });

  test("is told of JSON that breaks off, and of a body that is missing", async () => {
    const world = await startWorld();
    const broken = await ask(world, query, post('{"query":{"kind":'));
    expect([broken.status, broken.problem.errors?.[0]?.in]).toEqual([400, "body"]);
    expect(broken.problem.errors?.[0]?.message).toMatch(/JSON/);
    const missing = await ask(world, query, post(null));
    expect(missing.problem.errors).toEqual([{ in: "body", pointer: "", keyword: "required", message: "is required" }]);
    expect(world.arrivals).toEqual([]);
  });

  test("is answered 415 when its body is of another type", async () => {
    const world = await startWorld();
    const { status, headers, problem } = await ask(world, query, post("<query/>", { ...key, "Content-Type": "application/xml" }));
    expect(status).toBe(415);
    expect(headers.get("accept")).toBe("application/json");
    expect(problem.detail).toBe("The media type application/xml is not read here; application/json is.");
    expect(world.arrivals).toEqual([]);
  });

  test("is answered 404 where no operation is, and 405 with what is there", async () => {
    const world = await startWorld();
    expect(await ask(world, "/api/environments/1/insights/")).toMatchObject({
      status: 404,
      problem: { title: "Not Found", detail: "No operation has this path." },
    });
    const { status, headers } = await ask(world, `${recordings}r/`, { method: "PUT", headers: key });
    expect(status).toBe(405);
    expect(headers.get("allow")?.split(", ").sort()).toEqual(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH"]);
    expect(world.arrivals).toEqual([]);
  });

  test.each(
    operationNames.flatMap((name) =>
      fixtures[name].request.invalid.map((invalid, index) => ({ name, index, what: invalid.name })),
    ),
  )("$name refuses: $what", async ({ name, index }) => {
    const world = await startWorld();
    const { request, in: place, keyword } = fixtures[name].request.invalid[index] ?? { request: {}, in: "body", keyword: "" };
    const response = await send(world, operations[name], request);
    expect([400, 415]).toContain(response.status);
    expect(world.arrivals).toEqual([]);
    const { errors = [] } = (await response.json()) as Problem;
    if (response.status === 400)
      expect(
        errors.map((error) => error.in),
        keyword,
      ).toContain(place);
  });
});

describe("a request that keeps the contract", () => {
  test("reaches draft_sql by its own path, and any other id as an id", async () => {
    const world = await startWorld();
    world.answer({ status: 404, body: fixtures.errorResponse() });
    for (const path of ["draft_sql/?prompt=why", "draft_sqls/", "draft%5Fsql/?prompt=why"])
      await fetch(`${world.url}${query}${path}`, { headers: key });
    expect(world.arrivals.map(({ name }) => name)).toEqual([
      "environmentsQueryDraftSqlRetrieve",
      "environmentsQueryRetrieve",
      expect.any(String),
    ]);
  });

  test("may leave out the slash at the end, as on PostHog's server", async () => {
    const world = await startWorld();
    world.answer(fixtures.environmentsSessionRecordingsRetrieve.responses[200]());
    expect((await fetch(`${world.url}${recordings}r`, { headers: key })).status).toBe(200);
  });

  test("may ask for the head alone, or for the methods", async () => {
    const world = await startWorld();
    world.answer(fixtures.environmentsSessionRecordingsRetrieve.responses[200]());
    const head = await fetch(`${world.url}${recordings}r/`, { method: "HEAD", headers: key });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const options = await fetch(`${world.url}${query}`, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "OPTIONS, POST"]);
  });
});

describe("who asks", () => {
  test.each([
    ["environmentsQueryCreate", ["query:read"]],
    ["environmentsQueryRetrieve", ["query:read"]],
    ["environmentsQueryDestroy", ["query:read"]],
    ["environmentsQueryDraftSqlRetrieve", []],
    ["environmentsSessionRecordingsList", ["session_recording:read"]],
    ["environmentsSessionRecordingsRetrieve", ["session_recording:read"]],
    ["environmentsSessionRecordingsPartialUpdate", ["session_recording:write"]],
    ["environmentsSessionRecordingsDestroy", ["session_recording:write"]],
    ["environmentsSessionRecordingsSharingList", ["sharing_configuration:read"]],
  ] as const)("%s asks for the scopes %j", async (name, scopes) => {
    const world = await startWorld();
    world.answer({ status: 404, body: fixtures.errorResponse() });
    await send(world, operations[name], fixtures[name].request());
    expect(world.questions).toEqual([{ scheme: "PersonalAPIKeyAuth", secret: "phx_key", scopes, operation: operations[name] }]);
    expect(world.arrivals).toHaveLength(1);
  });

  test("is asked for, when there are no credentials, before the request is read", async () => {
    const world = await startWorld();
    const { status, headers, problem } = await ask(world, query, {
      method: "POST",
      body: "{",
      headers: { "Content-Type": "application/json" },
    });
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toBe('Bearer realm="api", scope="query:read"');
    expect(problem.detail).toBe("Credentials are missing.");
    expect(world.arrivals).toEqual([]);
  });

  test("is refused with 401 when nobody knows the key", async () => {
    const world = await startWorld({}, { security: { PersonalAPIKeyAuth: () => undefined, SharingAccessToken: () => null } });
    const { status, headers } = await ask(world, `${recordings}r/`);
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toBe(
      'Bearer realm="api", scope="session_recording:read", error="invalid_token", ApiKey in="query", name="sharing_access_token"',
    );
  });

  test("is refused with 403 when the key lacks the scope", async () => {
    const world = await startWorld(
      {},
      {
        security: {
          PersonalAPIKeyAuth({ scopes }) {
            throw new Forbidden(`API key missing required scope '${scopes.join()}'`);
          },
          SharingAccessToken: () => undefined,
        },
      },
    );
    const { status, problem } = await ask(world, `${recordings}r/`, { method: "DELETE", headers: key });
    expect([status, problem.detail]).toEqual([403, "API key missing required scope 'session_recording:write'"]);
    expect(world.arrivals).toEqual([]);
  });

  test("may show a sharing token on the two operations that take one", async () => {
    const world = await startWorld();
    world.answer({ status: 404, body: fixtures.errorResponse() });
    const bare = { headers: {} };
    for (const path of [`${query}q/`, `${recordings}r/`])
      expect((await fetch(`${world.url}${path}?sharing_access_token=t`, bare)).status).toBe(404);
    expect((await fetch(`${world.url}${recordings}?sharing_access_token=t`, bare)).status).toBe(401);
    expect(world.questions.map(({ scheme, secret, scopes }) => [scheme, secret, scopes])).toEqual([
      ["SharingAccessToken", "t", []],
      ["SharingAccessToken", "t", []],
    ]);
  });
});

describe("a reply", () => {
  test.each<[string, Reply, RegExp]>([
    ["of an undeclared status", { status: 409, body: fixtures.errorResponse() }, /status is not declared/],
    ["without its body", { status: 200 }, /body is required/],
    ["with a wrong body", { status: 200, body: { sql: 7 } }, /body\/sql must be a string|body\/sql/],
    ["of another media type", { status: 200, contentType: "text/csv", body: "a" }, /text\/csv/],
    ["that is an error with the wrong envelope", { status: 404, body: { message: "no" } }, /body/],
  ])("%s becomes a 500 that says nothing, and onError is told", async (_, reply, message) => {
    const world = await startWorld();
    world.answer(reply);
    const response = await fetch(`${world.url}${query}draft_sql/?prompt=why`, { headers: key });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      type: "server_error",
      code: "error",
      detail: "The server failed to answer.",
      attr: null,
    });
    expect(world.errors).toHaveLength(1);
    expect(world.errors[0]).toBeInstanceOf(ReplyError);
    expect(String(world.errors[0])).toMatch(message);
  });

  test("that is thrown is told as it is", async () => {
    const world = await startWorld();
    const thrown = new Error("secret");
    world.answer(() => Promise.reject(thrown));
    const response = await fetch(`${world.url}${query}q/`, { headers: key });
    expect([response.status, (await response.text()).includes("secret")]).toEqual([500, false]);
    expect(world.errors).toEqual([thrown]);
  });
});

// The document says how, with x-triad-error.
describe("without a hook, the server answers in PostHog's own envelope", () => {
  const ownErrors = { onInvalid: () => undefined };

  test.each<[string, string, RequestInit, number, object]>([
    [
      "a value that is wrong",
      query,
      post(JSON.stringify({ query: { kind: "EventsQuery", select: [7] } })),
      400,
      {
        type: "validation_error",
        code: "invalid_input",
        attr: "query__select",
        detail: expect.stringMatching(/^\/query\/select\/0 must be (a )?string/) as string,
      },
    ],
    [
      "a field that is missing",
      query,
      post("{}"),
      400,
      { type: "validation_error", code: "required", attr: "query", detail: 'The body must have property "query" (QueryRequest)' },
    ],
    [
      "what is no JSON",
      query,
      post("{"),
      400,
      { type: "invalid_request", code: "parse_error", attr: null, detail: "The body must be a JSON document" },
    ],
    [
      "a parameter",
      `${recordings}?limit=many`,
      { headers: key },
      400,
      { type: "validation_error", code: "invalid_input", attr: "limit", detail: "limit must be integer" },
    ],
    [
      "who shows no key",
      `${recordings}r/`,
      {},
      401,
      { type: "authentication_error", code: "authentication_failed", attr: null, detail: "Credentials are missing." },
    ],
    [
      "a path that is nobody's",
      "/nowhere",
      {},
      404,
      { type: "invalid_request", code: "not_found", attr: null, detail: "No operation has this path." },
    ],
    [
      "another method",
      query,
      { method: "PUT" },
      405,
      { type: "invalid_request", code: "method_not_allowed", attr: null, detail: "This path takes OPTIONS, POST." },
    ],
    [
      "who takes no JSON",
      `${recordings}r/`,
      { headers: { ...key, Accept: "text/html" } },
      406,
      {
        type: "invalid_request",
        code: "not_acceptable",
        attr: null,
        detail: expect.stringContaining("application/json") as string,
      },
    ],
  ])("%s", async (_, path, init, status, body) => {
    const { url } = await startWorld({}, ownErrors);
    const refused = await fetch(`${url}${path}`, init);
    expect([refused.status, refused.headers.get("content-type")]).toEqual([status, "application/json"]);
    expect(await refused.json()).toEqual(body);
  });
});

test("A hook may answer what the document declares, and nothing else", async () => {
  const { url } = await startWorld({}, { onInvalid: ({ status }) => ({ body: { ...teapot, detail: `It is ${status}.` } }) });
  expect(await (await fetch(`${url}/nowhere`)).json()).toEqual({ ...teapot, detail: "It is 404." });
  // @ts-expect-error: no error of the document has a message.
  const wrong: RouterOptions["onInvalid"] = () => ({ body: { message: "no" } });
  expect(wrong).toBeTypeOf("function");
});

const teapot = { type: "invalid_request", code: "teapot", detail: "", attr: null } as const;

/** Sends the parts of a request, the wrong ones too, that our client would refuse to send. */
function send({ url }: World, operation: OperationDescriptor, parts: object): Promise<Response> {
  const {
    path = {},
    query = {},
    header = {},
    body,
    contentType = json["Content-Type"],
  } = parts as { readonly [part in "path" | "query" | "header"]?: { readonly [name: string]: unknown } } & {
    readonly body?: unknown;
    readonly contentType?: string;
  };
  const target = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name] ?? "")));
  const documents = new Set(
    (operation.parameters ?? []).flatMap(({ name, mediaType }) => (mediaType === undefined ? [] : [name])),
  );
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, documents.has(name) ? JSON.stringify(value) : String(value)]),
  );
  return fetch(`${url}${target}?${search}`, {
    method: operation.method,
    headers: { ...json, "Content-Type": contentType, ...(header as Readonly<Record<string, string>>) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
