import { afterEach, describe, expect, test, vi } from "vitest";
import * as fixtures from "../../generated/src/fixtures.ts";
import { createClient, errors, type CallOptions, type ClientOptions } from "../../generated/src/index.ts";
import { createClient as createFetchClient } from "../../generated/src/openapi-fetch.ts";
import { json, serve } from "../runtime/client/server.ts";
import { startWorld, type World } from "./world.ts";

const status = fixtures.queryStatusResponse();
const recording = fixtures.environmentsSessionRecordingsRetrieve.responses[200]();

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What a client asks `fetch` for, nothing being sent. */
async function asked(
  options: Partial<ClientOptions> = {},
  call: CallOptions = {},
): Promise<{ readonly url: string; readonly headers: Headers }> {
  let seen: { url: string; headers: Headers } | undefined;
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    seen = { url, headers: new Headers(init.headers) };
    return Response.json(status);
  };
  await createClient({ projectId: "12345", fetch, ...options }).query.retrieve("q", {}, call);
  if (seen === undefined) throw new Error("Nothing was asked.");
  return seen;
}

describe("a client", () => {
  test.each([
    [undefined, "https://us.posthog.com/api/environments/12345/query/q/"],
    ["us", "https://us.posthog.com/api/environments/12345/query/q/"],
    ["eu", "https://eu.posthog.com/api/environments/12345/query/q/"],
    ["selfHosted", "https://posthog.example.com/api/environments/12345/query/q/"],
    ["https://hog.example/prefix/", "https://hog.example/prefix/api/environments/12345/query/q/"],
  ])("of the server %s asks %s", async (server, url) => {
    expect((await asked({ server })).url).toBe(url);
  });

  test("of a server with a variable asks the host that is given", async () => {
    const { url } = await asked({ server: "selfHosted", serverVariables: { host: "hog.example:8000" } });
    expect(url).toBe("https://hog.example:8000/api/environments/12345/query/q/");
  });

  test("refuses a server that is no URL when it is made", () => {
    expect(() => createClient({ projectId: "1", server: "ue" })).toThrow('The server URL "ue" is not absolute');
  });

  test("sends the key that it is given, or that of the environment, or none", async () => {
    vi.stubEnv("POSTHOG_PERSONAL_API_KEY", "phx_environment");
    expect((await asked()).headers.get("authorization")).toBe("Bearer phx_environment");
    expect((await asked({ apiKey: "phx_given" })).headers.get("authorization")).toBe("Bearer phx_given");
    expect((await asked({ apiKey: async () => "phx_made" })).headers.get("authorization")).toBe("Bearer phx_made");
    vi.stubEnv("POSTHOG_PERSONAL_API_KEY", undefined);
    expect((await asked()).headers.get("authorization")).toBeNull();
  });

  test("sends a sharing token in the query where there is no key, and hides it in messages", async () => {
    const { client, answer, questions, url } = await startWorld({
      apiKey: () => undefined,
      auth: { SharingAccessToken: "s&cret" },
    });
    answer({ status: 404, body: fixtures.errorResponse() });
    const error: unknown = await client.sessionRecordings.retrieve("r").catch((caught: unknown) => caught);
    expect(questions.map(({ scheme, secret }) => [scheme, secret])).toEqual([["SharingAccessToken", "s&cret"]]);
    expect(error).toMatchObject({
      request: { url: `${url}/api/environments/12345/session_recordings/r/?sharing_access_token=***` },
    });
  });

  test("takes headers for all calls and for one, which has the last word", async () => {
    const { headers } = await asked(
      { headers: () => ({ "X-A": "client", "X-B": "client", "X-C": "client" }) },
      { headers: { "X-B": "call", "X-C": null, Authorization: "Bearer other" } },
    );
    expect(["x-a", "x-b", "x-c", "authorization", "accept"].map((name) => headers.get(name))).toEqual([
      "client",
      "call",
      null,
      "Bearer other",
      "application/json",
    ]);
  });

  test("takes a project for one call, and @current", async () => {
    expect((await asked({}, { projectId: "@current" })).url).toBe("https://us.posthog.com/api/environments/%40current/query/q/");
    expect((await asked({}, { projectId: "7" })).url).toBe("https://us.posthog.com/api/environments/7/query/q/");
  });

  test("takes another fetch for one call", async () => {
    const fetch = vi.fn(async () => Response.json(status));
    await asked({ fetch: () => Promise.reject(new Error("not this one")) }, { fetch }).catch(() => undefined);
    expect(fetch).toHaveBeenCalledOnce();
  });

  test("makes another like itself with some options changed", async () => {
    const { client, answer, arrivals, questions } = await startWorld();
    answer({ status: 200, body: status });
    const other = client.withOptions({ projectId: "2" });
    await other.query.retrieve("q");
    await client.query.retrieve("q");
    await other.GET("/api/environments/{project_id}/query/{id}/", { params: { path: { id: "q" } } });
    await other.GET("/api/environments/{project_id}/query/{id}/", { params: { path: { id: "q", project_id: "3" } } });
    expect(arrivals.map(({ path }) => path)).toEqual([
      { project_id: "2", id: "q" },
      { project_id: "12345", id: "q" },
      { project_id: "2", id: "q" },
      { project_id: "3", id: "q" },
    ]);
    expect(new Set(questions.map(({ secret }) => secret))).toEqual(new Set(["phx_key"]));
  });
});

describe("time and patience", () => {
  const never = new Promise<never>(() => {});

  test("A timeout ends a call whose head does not come", async () => {
    const { client, answer } = await startWorld();
    answer(() => never);
    const error: unknown = await client.query.retrieve("q", {}, { timeout: 30 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(errors.TimeoutError);
    expect(String(error)).toBe("TimeoutError: GET /api/environments/{project_id}/query/{id}/ took longer than 30 ms.");
  });

  test("A timeout of the client ends a call whose body does not end", async () => {
    const { url } = await serve((response) => void response.writeHead(200, { "Content-Type": "application/json" }).write("{"));
    const { client } = await startWorld({ server: url, timeout: 50 });
    await expect(client.query.retrieve("q")).rejects.toBeInstanceOf(errors.TimeoutError);
  });

  test("A signal that is aborted before the call sends nothing", async () => {
    const { client, arrivals } = await startWorld();
    const error: unknown = await client.query
      .retrieve("q", {}, { signal: AbortSignal.abort("enough") })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(errors.AbortError);
    expect(error).toMatchObject({ cause: "enough" });
    expect(arrivals).toEqual([]);
  });

  test("A signal ends a call before its head, and the handler is told", async () => {
    const { client, answer } = await startWorld();
    const controller = new AbortController();
    const gone = new Promise<void>((resolve) => {
      answer(({ request }) => {
        request.signal.addEventListener("abort", () => resolve());
        controller.abort("enough");
        return never;
      });
    });
    await expect(client.query.retrieve("q", {}, { signal: controller.signal })).rejects.toBeInstanceOf(errors.AbortError);
    await gone;
  });

  test("A signal ends a call within its body", async () => {
    const controller = new AbortController();
    const { url } = await serve((response) => {
      response.writeHead(200, { "Content-Type": "application/json" }).write("{");
      setTimeout(() => controller.abort(), 20);
    });
    const { client } = await startWorld({ server: url });
    await expect(client.query.retrieve("q", {}, { signal: controller.signal })).rejects.toBeInstanceOf(errors.AbortError);
    await expect(
      client.GET("/api/environments/{project_id}/query/{id}/", { params: { path: { id: "q" } }, signal: controller.signal }),
    ).rejects.toBeInstanceOf(errors.AbortError);
  });

  test("A connection that is refused says so, with its cause", async () => {
    const { url, close } = await serve(json(200, {}));
    await close();
    const { client } = await startWorld({ server: url });
    const error: unknown = await client.query.retrieve("q").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(errors.ConnectionError);
    expect(String(error)).toMatch(
      /^ConnectionError: GET \/api\/environments\/\{project_id\}\/query\/\{id\}\/ got no answer: .*ECONNREFUSED/,
    );
    expect(error).toHaveProperty("cause");
  });
});

describe("on the wire", () => {
  const filters = {
    session_ids: ["a", "b,c", "d&e=f", "ü/%"],
    properties: [{ type: "event" as const, key: "$browser", operator: "exact" as const, value: ["Chrome", "50% [off]"] }],
    events: [
      {
        id: "$pageview",
        type: "events" as const,
        properties: [{ type: "person" as const, key: "email", operator: "icontains" as const, value: "@hog" }],
      },
    ],
    user_modified_filters: { nested: { list: [1, null, true] } },
    order: "activity_score" as const,
    filter_test_accounts: false,
    date_from: "-7d",
  };

  test("JSON-encoded parameters are ordinary values on both sides, in every style", async () => {
    const { client, url, answer, arrivals } = await startWorld();
    answer(fixtures.environmentsSessionRecordingsList.responses[200]());
    await client.sessionRecordings.list(filters);
    await client.GET("/api/environments/{project_id}/session_recordings/", { params: { query: filters } });
    const fetchClient = createFetchClient({ baseUrl: url, headers: { Authorization: "Bearer phx_key" } });
    await fetchClient.GET("/api/environments/{project_id}/session_recordings/", {
      params: { path: { project_id: "12345" }, query: filters },
    });
    expect(arrivals).toHaveLength(3);
    for (const { query, request } of arrivals) {
      expect(query).toMatchObject(filters);
      const { searchParams } = new URL(request.url);
      expect(searchParams.get("session_ids")).toBe('["a","b,c","d&e=f","ü/%"]');
      expect(searchParams.get("events")).toBe(JSON.stringify(filters.events));
      expect(searchParams.get("filter_test_accounts")).toBe("false");
    }
  });

  test.each(["a/b", "100%", "%2F", "...", "ünï ☃", "a?b#c", "a;b=c,d", "+ +", "draft_sql", "\u{1F994}"])(
    "The id %j arrives as it was given",
    async (id) => {
      const { client, url, answer, arrivals } = await startWorld();
      answer(recording);
      const fetchClient = createFetchClient({ baseUrl: url, headers: { Authorization: "Bearer phx_key" } });
      await client.sessionRecordings.retrieve(id);
      await client.GET("/api/environments/{project_id}/session_recordings/{id}/", { params: { path: { id } } });
      await fetchClient.GET("/api/environments/{project_id}/session_recordings/{id}/", {
        params: { path: { project_id: "12345", id } },
      });
      expect(idsOf(arrivals)).toEqual([id, id, id]);
    },
  );

  test.each([".", ".."])("The id %j is refused, since URLs take it for a folder", async (id) => {
    const { client, url, arrivals } = await startWorld();
    const message = `Path parameter "id" would make the path segment "${id}" of /api/environments/{project_id}/query/{id}/ with the value "${id}".`;
    await expect(client.query.retrieve(id)).rejects.toThrow(message);
    await expect(client.GET("/api/environments/{project_id}/query/{id}/", { params: { path: { id } } })).rejects.toThrow(message);
    const fetchClient = createFetchClient({ baseUrl: url });
    await expect(
      fetchClient.GET("/api/environments/{project_id}/query/{id}/", { params: { path: { project_id: "1", id } } }),
    ).rejects.toThrow(message);
    expect(arrivals).toEqual([]);
  });

  test("An id that is empty, or missing, or no text is refused before it is sent", async () => {
    const { client, arrivals } = await startWorld();
    await expect(client.sessionRecordings.retrieve("")).rejects.toBeInstanceOf(errors.EncodeError);
    // @ts-expect-error an id is a string
    await expect(client.sessionRecordings.retrieve(undefined)).rejects.toBeInstanceOf(errors.EncodeError);
    // @ts-expect-error a filter of another name
    await expect(client.sessionRecordings.list({ sessionIds: ["a"] })).rejects.toThrow("sessionIds");
    expect(arrivals).toEqual([]);
  });

  function idsOf(arrivals: World["arrivals"]): unknown[] {
    return arrivals.map(({ path }) => (path as { readonly id: unknown }).id);
  }
});
