import { afterEach, expect, test } from "vitest";
import { serve } from "../../generator/runtime/server/node.ts";
import { importPlans } from "../support/compiled.ts";
import { queriesModel, queriesPlans } from "./queries.ts";

interface Queries {
  readonly query: { run(query: object, options?: object): Promise<unknown> };
  readonly errors: { readonly [name: string]: new () => Error };
}
interface Arrival {
  readonly path: { readonly id?: string };
  readonly query: object;
  readonly body?: { readonly query: { readonly kind: string }; readonly refresh?: string; readonly name?: string };
}
interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

const plans = queriesPlans(await queriesModel(), true);
const { createClient } = await importPlans(plans, "client.ts");
const { createRouter } = await importPlans(plans, "server.ts");
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** The emitted client and the emitted server, with HTTP between them. The states are told one after the other, the last for ever. */
async function world(first: Reply, ...states: readonly Reply[]): Promise<{ readonly queries: Queries; readonly log: unknown[] }> {
  const log: unknown[] = [];
  let asked = 0;
  const handlers = {
    queryCreate: ({ body }: Arrival) => (log.push(["create", body]), first),
    queryRetrieve: ({ path, query }: Arrival) => (
      log.push(["retrieve", path.id, query]),
      states[Math.min(asked++, states.length - 1)]
    ),
    queryDestroy: ({ path }: Arrival) => (log.push(["destroy", path.id]), { status: 204 }),
  };
  // The plans were compiled a moment ago; select.test.ts looks at their types.
  const server = await serve((createRouter as (handlers: object) => Parameters<typeof serve>[0])(handlers), { port: 0 });
  open.push(server);
  const queries = (createClient as (options: object) => Queries)({ projectId: "1", server: server.url });
  return { queries, log };
}

const hogql = { kind: "HogQLQuery", query: "select 1" };
const result = { results: [[1]], columns: ["1"] };
const state = (status: number, more: object = {}): Reply => ({ status, body: { query_status: { id: "q", ...more } } });

test("The emitted method follows a query over the emitted server to its end", async () => {
  const { queries, log } = await world(
    state(202),
    state(202, { query_progress: { rows_read: 5 } }),
    state(200, { complete: true, results: result }),
  );
  const told: unknown[] = [];
  expect(
    await queries.query.run(hogql, { name: "mine", pollInterval: 1, onProgress: (progress: unknown) => told.push(progress) }),
  ).toEqual(result);
  expect(told).toEqual([{ rows_read: 5 }]);
  expect(log).toEqual([
    ["create", { query: hogql, refresh: "async", name: "mine" }],
    ["retrieve", "q", { show_progress: true }],
    ["retrieve", "q", { show_progress: true }],
  ]);
});

test("The emitted method gives what comes at once, and tells a stale answer", async () => {
  expect(await (await world({ status: 200, body: result })).queries.query.run(hogql)).toEqual(result);
  const told: unknown[] = [];
  const stale = { results: [[0]], query_status: { id: "q" } };
  const { queries } = await world({ status: 202, body: stale }, state(200, { complete: true, results: result }));
  expect(await queries.query.run(hogql, { pollInterval: 1, onStale: (old: unknown) => told.push(old) })).toEqual(result);
  expect(told).toEqual([stale]);
});

test("The emitted method throws the errors that the client shows", async () => {
  const failed = await world(state(202), state(400, { complete: true, error: true, error_message: "No such table." }));
  const error: unknown = await failed.queries.query.run(hogql, { pollInterval: 1 }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(failed.queries.errors["LongRunningError"]);
  expect(String(error)).toBe("LongRunningError: POST /projects/{project_id}/query failed: No such table.");
  const expired = await world(state(202), { status: 404, body: { detail: "Query q not found." } });
  expect(await expired.queries.query.run(hogql, { pollInterval: 1 }).catch((caught: unknown) => caught)).toBeInstanceOf(
    expired.queries.errors["LongRunningExpiredError"],
  );
});

test("The emitted method cancels when it is aborted", async () => {
  const { queries, log } = await world(state(202), state(202, { query_progress: { rows_read: 5 } }));
  const controller = new AbortController();
  const options = { signal: controller.signal, pollInterval: 1, onProgress: () => controller.abort() };
  const aborted: unknown = await queries.query.run(hogql, options).catch((caught: unknown) => caught);
  expect(aborted).toBeInstanceOf(queries.errors["AbortError"]);
  while (log.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(log).toEqual([
    ["create", { query: hogql, refresh: "async" }],
    ["retrieve", "q", { show_progress: true }],
    ["destroy", "q"],
  ]);
});
