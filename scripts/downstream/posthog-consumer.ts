/** A user of the published package: its client against its own server stubs, over real HTTP, and its fixtures. */
import assert from "node:assert/strict";
import { createClient, isOperationError } from "posthog-environments";
import * as fixtures from "posthog-environments/fixtures";
import { retrieve } from "posthog-environments/resources/session-recordings";
import * as query from "posthog-environments/resources/query";
import { createRouter, type Handlers } from "posthog-environments/server";
import { serve } from "posthog-environments/server/node";
import { createClient as createSlimClient } from "posthog-environments/slim";

const handlers: Handlers = {
  environmentsQueryCreate: async () => fixtures.environmentsQueryCreate.responses[200](),
  environmentsQueryRetrieve: async ({ path, reply }) =>
    reply.notFound(fixtures.errorResponse({ code: "not_found", detail: `Query ${path.id} not found.` })),
  environmentsQueryDestroy: async () => fixtures.environmentsQueryDestroy.responses[204](),
  environmentsQueryDraftSqlRetrieve: async ({ query, reply }) => reply.ok({ sql: `select '${query.prompt}'` }),
  environmentsSessionRecordingsList: async ({ query, reply }) =>
    reply.ok({ results: (query.session_ids ?? []).map((id) => fixtures.sessionRecording({ id })), has_next: false }),
  environmentsSessionRecordingsRetrieve: async () => fixtures.environmentsSessionRecordingsRetrieve.responses[200](),
  environmentsSessionRecordingsPartialUpdate: async ({ reply }) => reply.ok({ success: true }),
  environmentsSessionRecordingsDestroy: async ({ reply }) => reply.noContent(),
  environmentsSessionRecordingsSharingList: async () => fixtures.environmentsSessionRecordingsSharingList.responses[200](),
};
const router = createRouter(handlers, {
  security: {
    PersonalAPIKeyAuth: async ({ token, scopes }) => (token === "phx_test" ? { scopes } : undefined),
    SharingAccessToken: async () => undefined,
  },
});
const server = await serve(router, { port: 0 });
try {
  const posthog = createClient({ projectId: "1", server: server.url, apiKey: "phx_test" });
  await posthog.query.create({ query: { kind: "HogQLQuery", query: "select 1" } });
  assert.equal((await posthog.query.draftSql({ prompt: "one" })).sql, "select 'one'");
  const page = await posthog.sessionRecordings.list({ session_ids: ["a", "b"] });
  assert.deepEqual(
    page.results.map(({ id }) => id),
    ["a", "b"],
  );
  await posthog.sessionRecordings.update("a", { viewed: true });
  await posthog.sessionRecordings.delete("a");
  await posthog.sessionRecordings.sharing.list("a");

  const failure: unknown = await posthog.query.retrieve("gone").then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(failure instanceof posthog.errors.NotFoundError);
  assert.ok(failure.declared);
  assert.equal(failure.body.code, "not_found");
  assert.ok(isOperationError(failure, "environments_query_retrieve"));

  const slim = createSlimClient({ projectId: "1", server: server.url, apiKey: "phx_test" }, { retrieve, query });
  const recording: { id?: string } = await slim.retrieve("a");
  assert.equal(typeof recording, "object");
  assert.equal((await slim.query.draftSql({ prompt: "two" })).sql, "select 'two'");
  await slim.query.delete("a");
  await assert.rejects(async () => slim.query.retrieve("gone"), posthog.errors.NotFoundError);

  // @ts-expect-error a HogQLQuery has a query
  await assert.rejects(async () => posthog.query.create({ query: { kind: "HogQLQuery" }, refresh: "never" }));
  const stranger = createClient({ projectId: "1", server: server.url, apiKey: "phx_other" });
  await assert.rejects(async () => stranger.query.retrieve("x"), { status: 401 });
} finally {
  await server.close();
}
