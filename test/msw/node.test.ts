/** The handlers of our contract with MSW's own server, and the generated client as the one who asks. */
import { HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createClient } from "../../generated/src/index.ts";
import * as fixtures from "../../generated/src/fixtures.ts";
import * as mocks from "../../generated/src/msw.ts";
import {
  createHandlers,
  handlers,
  mockEnvironmentsQueryCreate,
  mockEnvironmentsQueryDestroy,
  mockEnvironmentsQueryRetrieve,
  mockEnvironmentsSessionRecordingsList,
  mockEnvironmentsSessionRecordingsRetrieve,
} from "../../generated/src/msw.ts";
import { operationNames, repliesOf, type OperationName } from "../../scripts/everywhere/router.ts";
import { ways } from "../live/operations.ts";

const unhandled: string[] = [];
const server = setupServer(...handlers);

beforeAll(() => server.listen({ onUnhandledRequest: ({ method, url }) => void unhandled.push(`${method} ${url}`) }));
afterEach(() => {
  server.resetHandlers();
  vi.restoreAllMocks();
});
afterAll(() => {
  server.close();
  expect(unhandled).toEqual([]);
});

const client = createClient({ projectId: "1", apiKey: "phx_key", maxRetries: 0, onDeprecation: null });
const list = "https://us.posthog.com/api/environments/1/session_recordings/";

/** The first success that an operation declares, as its fixture has it. */
function successOf(name: OperationName): unknown {
  const [, make] = Object.entries(repliesOf(name)).find(([status]) => status.startsWith("2")) ?? [];
  return make?.().body;
}

describe("the handlers", () => {
  it("are one for each operation, in the order of the document, and tell it", () => {
    expect(handlers.map(({ info }) => info.header)).toEqual([
      "POST /api/environments/{project_id}/query/",
      "GET /api/environments/{project_id}/query/{id}/",
      "DELETE /api/environments/{project_id}/query/{id}/",
      "GET /api/environments/{project_id}/query/draft_sql/",
      "GET /api/environments/{project_id}/session_recordings/",
      "GET /api/environments/{project_id}/session_recordings/{id}/",
      "PATCH /api/environments/{project_id}/session_recordings/{id}/",
      "DELETE /api/environments/{project_id}/session_recordings/{id}/",
      "GET /api/environments/{project_id}/session_recordings/{recording_id}/sharing/",
    ]);
  });

  it.each(operationNames)("answer %s with the fixture of its first success", async (name) => {
    expect(await ways[name].resource(client)).toEqual(successOf(name));
  });

  it("take the concrete path before the template, wherever the mock of the template stands", async () => {
    server.use(mockEnvironmentsQueryRetrieve({ status: 404 }));
    expect(await client.query.draftSql({ prompt: "why" })).toEqual(successOf("environmentsQueryDraftSqlRetrieve"));
    await expect(client.query.retrieve("q")).rejects.toMatchObject({ status: 404 });
  });

  it("refuse a request that breaks the document, as the server does", async () => {
    const response = await fetch(`${list}?limit=many`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ type: "validation_error", attr: expect.stringContaining("limit") as string });
    const { invalid } = fixtures.environmentsQueryCreate.request;
    for (const { request } of invalid) {
      const url = "https://us.posthog.com/api/environments/1/query/";
      const headers = { "Content-Type": "application/json" };
      const body = "body" in request ? JSON.stringify(request.body) : "";
      expect((await fetch(url, { method: "POST", headers, body })).status).toBe(400);
    }
  });

  it("answer HEAD as GET, without its body", async () => {
    const response = await fetch(list, { method: "HEAD" });
    expect([response.status, response.headers.get("Content-Type"), await response.text()]).toEqual([200, "application/json", ""]);
  });

  it("leave other methods, paths and hosts to MSW", async () => {
    const requests: [string, string][] = [
      ["PUT", list],
      ["GET", "https://us.posthog.com/api/environments/1/nothing/"],
      ["GET", "http://us.posthog.com/api/environments/1/session_recordings/"],
    ];
    // Asked one by one, since what nobody handles would leave the machine.
    for (const [method, url] of requests)
      for (const handler of handlers) expect(await handler.test({ request: new Request(url, { method }) })).toBe(false);
  });

  it("stand where they are told to", async () => {
    const found = async (baseUrl: string | string[], url: string): Promise<boolean[]> =>
      Promise.all(createHandlers({ baseUrl }).map((handler) => handler.test({ request: new Request(url) })));
    expect(await found("http://localhost:3000/posthog", "http://localhost:3000/posthog/api/environments/1/query/q/")).toEqual([
      false,
      true,
      ...Array<boolean>(7).fill(false),
    ]);
    expect(await found(["/a", "/b"], "http://x.test/b/api/environments/1/query/q/")).toContain(true);
    expect(await found("*", "http://x.test/any/thing/api/environments/1/query/q/")).toContain(true);
    expect(await found("http://localhost:3000", "http://localhost:3001/api/environments/1/query/q/")).not.toContain(true);
  });
});

describe("a mock", () => {
  it.each(operationNames.flatMap((name) => Object.keys(repliesOf(name)).map((status) => [name, status] as const)))(
    "of %s answers %s with its fixture",
    async (name, status) => {
      const reply = repliesOf(name)[status]?.();
      const mock = mocks[`mock${name.charAt(0).toUpperCase()}${name.slice(1)}` as "mockEnvironmentsQueryCreate"];
      server.use(mock({ status: reply?.status as 200 }));
      const { status: told, data, error } = await ways[name].resource(client).result();
      expect(told).toBe(reply?.status);
      expect(data ?? error).toEqual(reply?.body);
    },
  );

  it("has the status, the body and the headers that it is told, and all else of the fixture", async () => {
    server.use(mockEnvironmentsSessionRecordingsList({ status: 429 }, { once: true }));
    await expect(client.sessionRecordings.list()).rejects.toMatchObject({
      status: 429,
      body: fixtures.environmentsSessionRecordingsList.responses[429]().body,
    });
    const page = await client.sessionRecordings.list();
    expect(page.results).toEqual(fixtures.environmentsSessionRecordingsList.responses[200]().body.results);
    server.use(
      mockEnvironmentsSessionRecordingsList({ status: 200, body: { results: [fixtures.sessionRecording({ id: "mine" })] } }),
    );
    const { results } = await client.sessionRecordings.list();
    expect(results.map(({ id }) => id)).toEqual(["mine"]);
    server.use(mockEnvironmentsSessionRecordingsRetrieve({ status: 503, headers: { "Retry-After": 7 } }));
    const response = await fetch(`${list}r/`);
    expect([response.status, response.headers.get("Retry-After")]).toEqual([503, "7"]);
    server.use(mockEnvironmentsSessionRecordingsRetrieve(fixtures.environmentsSessionRecordingsRetrieve.responses[404]()));
    expect((await fetch(`${list}r/`)).status).toBe(404);
  });

  it("lets a client try again", async () => {
    server.use(mockEnvironmentsSessionRecordingsRetrieve({ status: 503, headers: { "Retry-After": 0 } }, { once: true }));
    const persistent = createClient({ projectId: "1", apiKey: "k", maxRetries: 1, onDeprecation: null });
    expect(await persistent.sessionRecordings.retrieve("r")).toEqual(successOf("environmentsSessionRecordingsRetrieve"));
  });

  it("may be a function of what is asked, and leave requests to the others", async () => {
    server.use(
      mockEnvironmentsSessionRecordingsRetrieve(({ path, reply }) =>
        path.id === "gone" ? reply.notFound(fixtures.errorResponse({ detail: `No ${path.id}.` })) : undefined,
      ),
      mockEnvironmentsQueryCreate(async ({ body }) => ({
        status: 200,
        body: fixtures.cachedHogQLQueryResponse({ query: String(body.query.kind) }),
      })),
    );
    await expect(client.sessionRecordings.retrieve("gone")).rejects.toMatchObject({ body: { detail: "No gone." } });
    expect((await client.sessionRecordings.retrieve("r")).id).toBe(fixtures.sessionRecording().id);
    const answer = await client.query.create({ query: { kind: "HogQLQuery", query: "select 1" } });
    expect(answer).toMatchObject({ query: "HogQLQuery" });
  });

  it("may give a Response, which no document has a say in", async () => {
    server.use(mockEnvironmentsQueryDestroy(() => new Response("Down.", { status: 599 })));
    for (const _ of [1, 2]) await expect(client.query.delete("q")).rejects.toMatchObject({ status: 599, body: "Down." });
    server.use(mockEnvironmentsQueryDestroy(() => HttpResponse.error()));
    await expect(client.query.delete("q")).rejects.toBeInstanceOf(client.errors.ConnectionError);
    server.use(mockEnvironmentsQueryDestroy(() => HttpResponse.text("Late.", { status: 418 })));
    await expect(client.query.delete("q")).rejects.toMatchObject({ status: 418, body: "Late." });
  });

  it("whose reply breaks the document says so", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    // What the compiler does not let pass, and JavaScript does.
    server.use(mockEnvironmentsSessionRecordingsList({ status: 200, body: { results: "none" } as never }));
    const response = await fetch(list);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("/results");
    expect(said).toHaveBeenCalled();
    server.use(mockEnvironmentsSessionRecordingsList({ status: 409 } as never));
    expect(await (await fetch(list)).text()).toContain("409");
  });
});
