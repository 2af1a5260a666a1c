/** What must and what must not compile for those who use the emitted package: each snippet is a file beside its sources. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { expect, test } from "vitest";
import { typeErrors } from "../support/compile.ts";
import { readContract } from "../spec/contract.ts";

const sources = path.resolve(import.meta.dirname, "../../generated/src");
const emitted = Object.fromEntries(
  readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file, readFileSync(path.join(sources, file), "utf8")]),
);

const client = `import { createClient, isOperationError } from "./index.js";
const posthog = createClient({ projectId: "1" });
`;
const server = `import { createRouter, type Handler, type Handlers, type Principals } from "./server.js";
import * as fixtures from "./fixtures.js";
`;
const handlers = `${server}declare const all: Handlers;
const security = { PersonalAPIKeyAuth: () => ({ name: "Ada" }), SharingAccessToken: () => undefined };
`;

const msw = `import * as msw from "./msw.js";
import * as fixtures from "./fixtures.js";
import { HttpResponse } from "msw";
import { setupServer } from "msw/node";
`;

/** By what they show: the code. */
const right: Readonly<Record<string, string>> = {
  "a client is used as its README says": `${client}
const answer = await posthog.query.create({ query: { kind: "HogQLQuery", query: "select 1" }, refresh: "force_async" }, { "X-PostHog-Client": "mcp" });
if ("columns" in answer && answer.columns) console.log(answer.columns);
await posthog.sessionRecordings.update("r", { viewed: true, player_metadata: 7 });
await posthog.query.retrieve("q", { show_progress: true }, { timeout: 5_000, projectId: "2", signal: AbortSignal.timeout(5), headers: { a: null } });
const page = await posthog.sessionRecordings.list({ session_ids: ["a"], order: "activity_score", properties: [{ type: "hogql", key: "1" }] });
const names: (string | null | undefined)[] = page.results.map((recording) => recording.person?.name);
const nothing: undefined = await posthog.sessionRecordings.delete("r");
const cancelled: { message: string } | undefined = await posthog.query.delete("q");
const { data, error } = await posthog.GET("/api/environments/{project_id}/query/{id}/", { params: { path: { id: "x" } } });
const state: string | undefined = data?.query_status.id;
await posthog.GET("/api/environments/{project_id}/session_recordings/");
const { data: body, response } = await posthog.query.draftSql({ prompt: "why" }).withResponse();
const sql: string = body.sql + response.status;
console.log(names, nothing, cancelled, state, sql, error);`,

  "a result is told apart by status": `${client}
const result = await posthog.query.retrieve("q").result();
switch (result.status) {
  case 200: { const complete: boolean | null | undefined = result.data.query_status.complete; const none: undefined = result.error; console.log(complete, none); break; }
  case 404: { const code: string = result.error.code; const none: undefined = result.data; console.log(code, none); break; }
  case 504: { const detail: string = result.error.detail; console.log(detail); break; }
}
if (result.status === 200 || result.status === 202) console.log(result.data.query_status, result.contentType satisfies "application/json");
if (result.error === undefined) console.log(result.data.query_status); else console.log(result.error satisfies object);`,

  "an error is told apart by operation and status": `${client}
try { await posthog.sessionRecordings.list(); } catch (error) {
  if (isOperationError(error, "environments_session_recordings_list")) {
    if (error.status === 404) console.log(error.body.detail satisfies string);
    if (error.status === 500) console.log("error" in error.body ? error.body.error satisfies string : error.body.detail satisfies string);
  }
  if (error instanceof posthog.errors.NotFoundError && error.declared) console.log(error.body.code satisfies string, error.status satisfies 404);
  if (error instanceof posthog.errors.RateLimitError) console.log(error.body satisfies unknown, error.request.url satisfies string);
  if (error instanceof posthog.errors.ConflictError) console.log(error.status satisfies 409);
  if (error instanceof posthog.errors.TimeoutError) console.log(error.message);
}`,

  "a client tries again, and is watched": `import { createClient, limitConcurrency, logHooks, type Hooks } from "./index.js";
const tracing: Hooks = {
  onRequest(context) { context.headers.set("X-Attempt", String(context.attempt)); context.url += "?"; return context.attempt > 1 ? new Response() : undefined; },
  async onResponse({ response, duration }) { console.log(response.status satisfies number, duration satisfies number); },
  onRetry: ({ delay, error, response }) => console.log(delay satisfies number, error satisfies unknown, response?.status),
  onError: ({ error, url, operationId }) => console.log(error, url?.length, operationId satisfies string),
};
const watched = createClient({ projectId: "1", maxRetries: 4, attemptTimeout: 1_000, timeout: 5_000, hooks: [logHooks({ level: "warn" }), tracing], fetch: limitConcurrency(4) });
await watched.withOptions({ maxRetries: 0 }).query.delete("q", {}, { maxRetries: 1, attemptTimeout: 10, idempotencyKey: "k", hooks: tracing });
await watched.query.run({ kind: "HogQLQuery", query: "select 1" }, { maxRetries: 1, hooks: logHooks({ logger: console }) });`,

  "a server is written as its README says": `${server}
interface Database { run(query: string, options: { signal: AbortSignal }): Promise<unknown[][]>; }
declare const db: Database;
const handlers: Handlers<{ db: Database }, Record<keyof Principals, { name: string }>> = {
  async environmentsQueryCreate({ body, context, security, signal, reply }) {
    if (body.query.kind !== "HogQLQuery") return reply.badRequest({ type: "validation_error", code: "invalid_input", detail: security.PersonalAPIKeyAuth.name, attr: "query" });
    const results = await context.db.run(String(body.query.query), { signal });
    return reply.ok(fixtures.cachedHogQLQueryResponse({ results }), { headers: { Sunset: "soon" } });
  },
  environmentsQueryRetrieve: ({ path, query, reply }) => query.show_progress ? reply.accepted(fixtures.queryStatusResponse({ query_status: { id: path.id } })) : reply(512, fixtures.errorResponse()),
  environmentsQueryDestroy: ({ reply }) => reply.noContent(),
  environmentsQueryDraftSqlRetrieve: ({ query }) => ({ status: 200, body: { sql: query.prompt } }),
  environmentsSessionRecordingsList: ({ query, reply }) => reply.ok({ results: (query.session_ids ?? []).map((id) => fixtures.sessionRecording({ id })) }),
  environmentsSessionRecordingsRetrieve: ({ reply }) => reply.serviceUnavailable(fixtures.errorResponse(), { headers: { "Retry-After": 1 } }),
  environmentsSessionRecordingsPartialUpdate: ({ body }) => body.viewed ? { status: 200, body: { success: true } } : { status: 400, body: fixtures.errorResponse() },
  environmentsSessionRecordingsDestroy: () => ({ status: 204 }),
  environmentsSessionRecordingsSharingList: async () => fixtures.environmentsSessionRecordingsSharingList.responses[200](),
};
createRouter(handlers, { context: () => ({ db }), security: { PersonalAPIKeyAuth: async ({ token, scopes }) => ({ name: token + scopes.join() }), SharingAccessToken: ({ apiKey }) => ({ name: apiKey }) } });`,

  "a handler can be written by itself": `${handlers}
const list: Handler<"environments_session_recordings_list"> = ({ reply }) => reply.ok({ results: [] });
const destroy: Handler<"environments_query_destroy"> = ({ security, reply }) => { console.log(security.PersonalAPIKeyAuth); return reply.ok({ message: "Done." }); };
createRouter({ ...all, environmentsSessionRecordingsList: list, environmentsQueryDestroy: destroy }, { security });`,

  "fixtures take parts at any depth": `${server}
const recording = fixtures.sessionRecording({ viewed: true, person: { name: "Ada", distinct_ids: ["a"] }, start_url: null });
const request = fixtures.environmentsQueryRetrieve.request({ path: { id: "q" } });
const reply = fixtures.environmentsQueryRetrieve.responses["5XX"]();
const invalid: string | undefined = fixtures.environmentsQueryCreate.request.invalid[0]?.name;
const use: Pick<Handlers, never> = {};
export const all = [recording.viewed satisfies boolean, request.path.id satisfies string, reply.status satisfies number, invalid, createRouter, use, {} as Handler<"environments_query_create">];`,

  "operations are mocked for MSW": `${msw}
const server = setupServer(msw.mockEnvironmentsSessionRecordingsList({ status: 429 }), ...msw.handlers);
server.use(
  msw.mockEnvironmentsSessionRecordingsList(),
  msw.mockEnvironmentsSessionRecordingsList({ status: 200, body: { results: [fixtures.sessionRecording()] } }, { once: true, baseUrl: "*" }),
  msw.mockEnvironmentsSessionRecordingsRetrieve({ status: 503, headers: { "Retry-After": 1 }, extraHeaders: { "X-Trace": "1" } }),
  msw.mockEnvironmentsSessionRecordingsRetrieve(fixtures.environmentsSessionRecordingsRetrieve.responses[404]()),
  msw.mockEnvironmentsQueryDestroy({ status: 204 }),
  msw.mockEnvironmentsQueryDestroy(() => HttpResponse.error()),
  msw.mockEnvironmentsQueryDestroy(() => new Response(null, { status: 599 })),
  msw.mockEnvironmentsQueryCreate(({ body, path, reply }) => body.query.kind === "HogQLQuery" ? reply.ok(fixtures.cachedHogQLQueryResponse()) : path.project_id === "1" ? { status: 429 } : undefined),
  msw.mockEnvironmentsQueryRetrieve(async ({ query }) => query.show_progress ? HttpResponse.json({}) : { status: 512 }),
);
const override: msw.MockOptions = { baseUrl: ["http://localhost:3000", "/v1"] };
server.resetHandlers(...msw.createHandlers(override));`,
};

/** By what is wrong: the code, and what the compiler must say of it. */
const wrong: Readonly<Record<string, readonly [code: string, complaint: RegExp]>> = {
  "a client without its project": [`import { createClient } from "./index.js"; createClient({});`, /projectId/],
  "a hook with a typo": [
    `import { createClient } from "./index.js"; createClient({ projectId: "1", hooks: { onRequests() {} } });`,
    /'onRequests' does not exist/,
  ],
  "a hook that answers with no Response": [
    `import { createClient } from "./index.js"; createClient({ projectId: "1", hooks: { onRequest: () => 200 } });`,
    /'number' is not assignable/,
  ],
  "an option with a typo": [
    `import { createClient } from "./index.js"; createClient({ projectId: "1", apikey: "k" });`,
    /'apikey' does not exist/,
  ],
  "an answer's property that no kind has": [
    `${client}(await posthog.query.create({ query: { kind: "HogQLQuery", query: "" } })).rows;`,
    /Property 'rows' does not exist/,
  ],
  "a column of a state": [`${client}(await posthog.query.retrieve("q")).query_status.colums;`, /'colums' does not exist/],
  "a refresh with a typo": [
    `${client}posthog.query.create({ query: { kind: "TrendsQuery", series: [] }, refresh: "asynch" });`,
    /"asynch"/,
  ],
  "a query without a kind": [`${client}posthog.query.create({ query: { query: "select 1" } });`, /kind/],
  "a HogQL query without its text": [
    `import type { HogQLQuery } from "./index.js"; export const query: HogQLQuery = { kind: "HogQLQuery" };`,
    /'query' is missing/,
  ],
  "a field that events queries have not": [
    `import type { EventsQuery } from "./index.js"; export const query: EventsQuery = { kind: "EventsQuery", select: ["event"], query: "select 1" };`,
    /'query' does not exist/,
  ],
  "a kind that is not known": [
    `import type { KnownQuery } from "./index.js"; export const query: KnownQuery = { kind: "BrandNewQuery" };`,
    /"BrandNewQuery"/,
  ],
  "a field that the kind has not": [
    `${client}posthog.query.create({ query: { kind: "HogQLQuery", query: "select 1", qery: "" } });`,
    /'?qery'?/,
  ],
  "a field of the wrong type in a kind": [
    `${client}posthog.query.create({ query: { kind: "HogQLQuery", query: 7 } });`,
    /'number' is not assignable to type 'string'/,
  ],
  "a result of another kind": [
    `${client}export const rows = (await posthog.query.run({ kind: "HogQLQuery", query: "select 1" })).rows;`,
    /'rows' does not exist/,
  ],
  "a parameter that the list has not": [`${client}posthog.sessionRecordings.list({ sessionIds: ["a"] });`, /sessionIds/],
  "JSON where a value is meant": [
    `${client}posthog.sessionRecordings.list({ session_ids: '["a"]' });`,
    /not assignable to type 'string\[\]'/,
  ],
  "an id that is a number": [`${client}posthog.query.retrieve(7);`, /'number' is not assignable/],
  "a prompt that is missing": [`${client}posthog.query.draftSql({});`, /prompt/],
  "data where the status says error": [
    `${client}const result = await posthog.query.retrieve("q").result(); if (result.status === 404) result.data.query_status;`,
    /possibly|undefined/,
  ],
  "a status that is not declared": [
    `${client}const result = await posthog.query.retrieve("q").result(); if (result.status === 409) result;`,
    /no overlap/,
  ],
  "a path with a typo": [`${client}posthog.GET("/api/environments/{project_id}/queries/", {});`, /queries/],
  "a method that the path has not": [
    `${client}posthog.POST("/api/environments/{project_id}/session_recordings/", {});`,
    /session_recordings/,
  ],
  "a path parameter that is missing": [
    `${client}posthog.GET("/api/environments/{project_id}/query/{id}/", { params: { path: {} } });`,
    /'id' is missing/,
  ],
  "a body that is missing": [
    `${client}posthog.PATCH("/api/environments/{project_id}/session_recordings/{id}/", { params: { path: { id: "r" } } });`,
    /body/,
  ],
  "a body where none is taken": [
    `${client}posthog.GET("/api/environments/{project_id}/session_recordings/", { body: {} });`,
    /is not assignable to type 'undefined'/,
  ],
  "an error of another operation": [
    `${client}try { await posthog.query.retrieve("q"); } catch (error) { if (isOperationError(error, "environments_query")) throw error; }`,
    /environments_query"/,
  ],
  "a handler that is missing": [
    `${handlers}const { environmentsSessionRecordingsList, ...rest } = all; createRouter(rest, { security }); environmentsSessionRecordingsList;`,
    /environmentsSessionRecordingsList.*is missing/,
  ],
  "a handler of no operation": [
    `${handlers}export const mine = { ...all, environmentsQueryList: () => ({ status: 200 }) } satisfies Handlers; security;`,
    /environmentsQueryList/,
  ],
  "a reply of an undeclared status": [
    `${handlers}createRouter({ ...all, environmentsQueryDestroy: () => ({ status: 409 as const }) }, { security });`,
    /409/,
  ],
  "a named reply that is not declared": [
    `${handlers}createRouter({ ...all, environmentsQueryDestroy: ({ reply }) => reply.conflict() }, { security });`,
    /'conflict' does not exist/,
  ],
  "a numbered reply that is not declared": [
    `${handlers}createRouter({ ...all, environmentsQueryDestroy: ({ reply }) => { reply(409); return reply.noContent(); } }, { security });`,
    /409/,
  ],
  "a reply with a wrong body": [
    `${handlers}createRouter({ ...all, environmentsQueryDraftSqlRetrieve: ({ reply }) => reply.ok({ sql: 7 }) }, { security });`,
    /'number' is not assignable to type 'string'/,
  ],
  "a reply without its body": [
    `${handlers}createRouter({ ...all, environmentsQueryDraftSqlRetrieve: ({ reply }) => reply.ok() }, { security });`,
    /Expected 1-2 arguments|Expected/,
  ],
  "a body for a reply without one": [
    `${handlers}createRouter({ ...all, environmentsSessionRecordingsDestroy: () => ({ status: 204 as const, body: {} }) }, { security });`,
    /body/,
  ],
  "a parameter that a handler has not": [
    `${handlers}createRouter({ ...all, environmentsQueryRetrieve: ({ query, reply }) => reply.notFound(fixtures.errorResponse({ detail: query.progress })) }, { security });`,
    /'progress' does not exist/,
  ],
  "a verifier that is missing": [
    `${handlers}createRouter(all, { security: { PersonalAPIKeyAuth: () => "Ada" } });`,
    /SharingAccessToken/,
  ],
  "a context that nobody makes": [
    `${handlers}declare const some: Handlers<{ db: string }>; createRouter(some, { security }); all;`,
    /context/,
  ],
  "a fixture with a typo": [`${server}fixtures.sessionRecording({ viewd: true });`, /viewd/],
  "a fixture with a typo below": [`${server}fixtures.sessionRecording({ person: { nam: "Ada" } });`, /nam/],
  "a fixture with a wrong value": [
    `${server}fixtures.sessionRecording({ viewed: "yes" });`,
    /'string' is not assignable to type 'boolean/,
  ],
  "a mock of an undeclared status": [`${msw}msw.mockEnvironmentsQueryDestroy({ status: 409 });`, /409/],
  "a mock without a status": [`${msw}msw.mockEnvironmentsQueryDraftSqlRetrieve({ contentType: "application/json" });`, /status/],
  "a mock with a wrong body": [
    `${msw}msw.mockEnvironmentsQueryDraftSqlRetrieve({ status: 200, body: { sql: 7 } });`,
    /'number' is not assignable to type 'string'/,
  ],
  "a mock with the body of another status": [
    `${msw}msw.mockEnvironmentsQueryDraftSqlRetrieve({ status: 429, body: { sql: "select 1" } });`,
    /sql/,
  ],
  "a mock with a body where there is none": [
    `${msw}msw.mockEnvironmentsSessionRecordingsDestroy({ status: 204, body: {} });`,
    /body|'\{\}' is not assignable/,
  ],
  "a mock with a header of the wrong type": [
    `${msw}msw.mockEnvironmentsSessionRecordingsRetrieve({ status: 503, headers: { "Retry-After": "soon" } });`,
    /'string' is not assignable to type 'number'/,
  ],
  "a mocking function of an undeclared status": [
    `${msw}msw.mockEnvironmentsQueryDestroy(() => ({ status: 409 }));`,
    /409|'\(\) =>/,
  ],
  "a parameter that a mock has not": [
    `${msw}msw.mockEnvironmentsQueryRetrieve(({ query }) => { query.progress; return undefined; });`,
    /'progress' does not exist/,
  ],
  "a mock of no operation": [`${msw}msw.mockEnvironmentsQueryList();`, /mockEnvironmentsQueryList/],
  "a fixture of an undeclared status": [`${server}fixtures.environmentsQueryDestroy.responses[409]();`, /409/],
};

const complaints = complaintsOf([...Object.values(right), ...Object.values(wrong).map(([code]) => code)]);

test.each(Object.keys(right).map((name, index) => ({ name, index })))("It compiles: $name", ({ index }) => {
  expect(complaints[index]).toEqual([]);
});

test.each(Object.keys(wrong).map((name, index) => ({ name, index })))("It does not compile: $name", ({ name, index }) => {
  const found = complaints[Object.keys(right).length + index] ?? [];
  expect(found.join("\n")).toMatch(wrong[name]?.[1] ?? /^$/);
  expect(found, "no more than it is meant to").toHaveLength(1);
});

test("openapi-fetch reads our paths as it reads openapi-typescript's", async () => {
  const document = structuredClone(await readContract()) as Parameters<typeof openapiTS>[0];
  const theirs = astToString(await openapiTS(document, { silent: true, defaultNonNullable: false }));
  const check = `import createClient from "openapi-fetch";
import type { paths as ours } from "./types.js";
import type { paths as theirs } from "./theirs.js";

const one = createClient<ours>();
const other = createClient<theirs>();
type Both<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Answer<Call extends (...values: never[]) => unknown> = Awaited<ReturnType<Call>>;
const status = { params: { path: { project_id: "1", id: "q" }, query: { show_progress: true } } };
const ourStatus = () => one.GET("/api/environments/{project_id}/query/{id}/", status);
const theirStatus = () => other.GET("/api/environments/{project_id}/query/{id}/", status);
const filters = { params: { path: { project_id: "1" }, query: { limit: 5, order: "start_time" as const, filter_test_accounts: true } } };
const ourList = () => one.GET("/api/environments/{project_id}/session_recordings/", filters);
const theirList = () => other.GET("/api/environments/{project_id}/session_recordings/", filters);
const update = { params: { path: { project_id: "1", id: "r" } }, body: { viewed: true } };
const ourUpdate = () => one.PATCH("/api/environments/{project_id}/session_recordings/{id}/", update);
const theirUpdate = () => other.PATCH("/api/environments/{project_id}/session_recordings/{id}/", update);
export const status_: Both<Answer<typeof ourStatus>, Answer<typeof theirStatus>> = true;
export const list_: Both<NonNullable<Answer<typeof ourList>["data"]>["has_next"], NonNullable<Answer<typeof theirList>["data"]>["has_next"]> = true;
export const update_: Both<Answer<typeof ourUpdate>["error"], Answer<typeof theirUpdate>["error"]> = true;
export const paths_: Both<keyof ours, keyof theirs> = true;
export const request: ours["/api/environments/{project_id}/query/"]["post"]["requestBody"] = {} as theirs["/api/environments/{project_id}/query/"]["post"]["requestBody"];
type Query<Paths extends { "/api/environments/{project_id}/session_recordings/": { get: { parameters: { query?: object } } } }> = NonNullable<Paths["/api/environments/{project_id}/session_recordings/"]["get"]["parameters"]["query"]>;
// openapi-typescript takes the text of a JSON parameter for its value; we know better.
type Json = "session_ids" | "distinct_ids" | "events" | "actions" | "properties" | "console_log_filters" | "having_predicates" | "comment_text" | "user_modified_filters" | "modifiers" | "tags";
export const names_: Both<keyof Query<ours>, keyof Query<theirs>> = true;
export const values_: Both<Omit<Query<ours>, Json>, Omit<Query<theirs>, Json>> = true;
// @ts-expect-error neither takes a path that is not there
one.GET("/api/environments/");
// @ts-expect-error neither takes a path that is not there
other.GET("/api/environments/");
// @ts-expect-error the id is missing
one.GET("/api/environments/{project_id}/query/{id}/", { params: { path: { project_id: "1" } } });
`;
  expect(
    typeErrors(
      { "types.ts": emitted["types.ts"] ?? "", "theirs.ts": theirs, "check.ts": check },
      { isolatedDeclarations: false, declaration: false },
    ),
  ).toEqual([]);
});

/** The compiler's complaints of each snippet, all compiled at once. */
function complaintsOf(snippets: readonly string[]): string[][] {
  const files = Object.fromEntries(snippets.map((code, index) => [`snippet-${index}.ts`, `${code}\nexport {};\n`]));
  const found = typeErrors(
    { ...emitted, ...files },
    { types: ["node"], noUnusedLocals: false, isolatedDeclarations: false, declaration: false },
  );
  const outside = found.filter((complaint) => !complaint.startsWith("snippet-"));
  if (outside.length > 0) throw new Error(outside.join("\n"));
  return snippets.map((_, index) => found.filter((complaint) => complaint.startsWith(`snippet-${index}.ts(`)));
}
