import { describe, expect, expectTypeOf, test } from "vitest";
import * as fixtures from "../../generated/src/fixtures.ts";
import { errors } from "../../generated/src/index.ts";
import type {
  CachedHogQLQueryResponse,
  CachedTrendsQueryResponse,
  ClickhouseQueryProgress,
  HogQLQuery,
  OpenQueryResponse,
  TrendsQuery,
} from "../../generated/src/types.ts";
import { startWorld, type Arrival, type Reply, type World } from "./world.ts";

const hogql = { kind: "HogQLQuery", query: "select 1" } as const;
const result = fixtures.cachedHogQLQueryResponse({ results: [[1]] });
const progress: ClickhouseQueryProgress = {
  active_cpu_time: 1,
  bytes_read: 2,
  estimated_rows_total: 3,
  rows_read: 4,
  time_elapsed: 5,
};

const pending = { status: 202, body: { query_status: { id: "q1", team_id: 1, complete: false } } } as const;
const running = {
  status: 202,
  body: { query_status: { id: "q1", team_id: 1, complete: false, query_progress: progress } },
} as const;
const complete = { status: 200, body: { query_status: { id: "q1", team_id: 1, complete: true, results: result } } } as const;

/** A server whose query is in the background: it answers the status with these replies, one after the other, the last for ever. */
function background(world: World, ...statuses: readonly Reply[]): void {
  const left = [...statuses];
  world.answer(({ name }: Arrival) => {
    if (name === "environmentsQueryCreate") return pending;
    if (name === "environmentsQueryDestroy") return { status: 200, body: { message: "Cancelled query on clickhouse" } };
    return (left.length > 1 ? left.shift() : left[0]) ?? { status: 500 };
  });
}

const names = (world: World): readonly string[] => world.arrivals.map(({ name }) => name);

describe("query.run", () => {
  test("starts the query in the background, follows it, tells the progress, and gives the result", async () => {
    const world = await startWorld();
    background(world, running, running, complete);
    const seen: unknown[] = [];
    const answer = await world.client.query.run(hogql, { pollInterval: 5, onProgress: (figures) => seen.push(figures) });
    expectTypeOf(answer).toEqualTypeOf<CachedHogQLQueryResponse>();
    expect(answer).toEqual(result);
    expect(seen).toEqual([progress, progress]);
    expect(world.arrivals[0]?.body).toEqual({ query: hogql, refresh: "async" });
    expect(names(world).filter((name) => name === "environmentsQueryRetrieve")).toHaveLength(3);
    expect(world.arrivals[1]).toMatchObject({ path: { project_id: "12345", id: "q1" }, query: { show_progress: true } });
  });

  test("gives what is answered at once", async () => {
    const world = await startWorld();
    world.answer({ status: 200, body: result });
    expect(await world.client.query.run(hogql)).toEqual(result);
    expect(names(world)).toEqual(["environmentsQueryCreate"]);
  });

  test("tells a stale answer from a miss", async () => {
    const world = await startWorld();
    const old = { ...result, results: [[0]], query_status: { id: "q1", team_id: 1, complete: false } };
    world.answer(({ name }) => (name === "environmentsQueryCreate" ? { status: 202, body: old } : complete));
    const stale: unknown[] = [];
    expect(await world.client.query.run(hogql, { pollInterval: 5, onStale: (value) => stale.push(value) })).toEqual(result);
    expect(stale).toEqual([old]);

    const missing = await startWorld();
    background(missing, complete);
    await missing.client.query.run(hogql, { pollInterval: 5, onStale: () => expect.unreachable("a miss is not stale") });
  });

  test("throws what the server says of a query that failed", async () => {
    const world = await startWorld();
    const failed = { id: "q1", team_id: 1, complete: true, error: true, error_message: "Unknown table" };
    background(world, running, { status: 400, body: { query_status: failed } });
    const error: unknown = await world.client.query.run(hogql, { pollInterval: 5 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(errors.LongRunningError);
    if (!(error instanceof errors.LongRunningError)) return;
    expect(error.message).toContain("Unknown table");
    expect(error.body.query_status.error_message).toBe("Unknown table");
  });

  test("throws when the server has forgotten the query", async () => {
    const world = await startWorld();
    background(world, {
      status: 404,
      body: fixtures.errorResponse({ code: "not_found", detail: "Query q1 not found for team 1." }),
    });
    const error: unknown = await world.client.query.run(hogql, { pollInterval: 5 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(errors.LongRunningExpiredError);
    expect(error).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  test("cancels the query on the server when it is aborted", async () => {
    const world = await startWorld();
    const controller = new AbortController();
    background(world, running);
    const run = world.client.query.run(hogql, {
      pollInterval: 5,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(run).rejects.toBeInstanceOf(errors.AbortError);
    await expect.poll(() => names(world)).toContain("environmentsQueryDestroy");
    expect(world.arrivals.at(-1)).toMatchObject({ name: "environmentsQueryDestroy", path: { id: "q1" } });
  });

  test("is typed by the kind, one or several, known or not", async () => {
    const { client } = await startWorld();
    // Never called: what the compiler makes of it is the test.
    const calls = async (either: HogQLQuery | TrendsQuery): Promise<void> => {
      expectTypeOf(await client.query.run(either)).toEqualTypeOf<CachedHogQLQueryResponse | CachedTrendsQueryResponse>();
      expectTypeOf(await client.query.run({ kind: "BrandNewQuery", zap: 1 })).toEqualTypeOf<OpenQueryResponse>();
    };
    expect(calls).toBeTypeOf("function");
  });
});

describe("sessionRecordings.list", () => {
  const recordings = (...ids: readonly string[]): object[] => ids.map((id) => fixtures.sessionRecording({ id }));
  const walk = async (world: World): Promise<string[]> => {
    const ids: string[] = [];
    for await (const recording of world.client.sessionRecordings.list({ limit: 2 })) ids.push(recording.id);
    return ids;
  };

  test("is walked over by the cursor, past an empty page, to the end", async () => {
    const world = await startWorld();
    const pages: Record<string, object> = {
      "": { results: recordings("a", "b"), has_next: true, next_cursor: "c1" },
      c1: { results: [], has_next: true, next_cursor: "c2" },
      c2: { results: recordings("c"), has_next: false },
    };
    world.answer(({ query }) => ({ status: 200, body: pages[(query as { after?: string }).after ?? ""] }));
    expect(await walk(world)).toEqual(["a", "b", "c"]);
    expect(world.arrivals).toHaveLength(3);
  });

  test("is walked over by the offset where there is no cursor, and by links where there are", async () => {
    const world = await startWorld();
    const all = recordings("a", "b", "c");
    world.answer(({ query }) => {
      const { offset = 0 } = query as { offset?: number };
      return { status: 200, body: { results: all.slice(offset, offset + 2), has_next: offset + 2 < all.length } };
    });
    expect(await walk(world)).toEqual(["a", "b", "c"]);

    const linked = await startWorld();
    linked.answer(({ query, request }) => {
      const { offset = 0 } = query as { offset?: number };
      const next = offset === 0 ? `${new URL(request.url).origin}${new URL(request.url).pathname}?limit=2&offset=2` : null;
      return { status: 200, body: { count: 3, next, previous: null, results: all.slice(offset, offset + 2) } };
    });
    expect(await walk(linked)).toEqual(["a", "b", "c"]);
  });

  test("gives its first page when it is awaited, and whole pages when it is asked for them", async () => {
    const world = await startWorld();
    world.answer(({ query }) => {
      const { offset = 0 } = query as { offset?: number };
      return { status: 200, body: { results: recordings(`r${offset}`), has_next: offset < 1 } };
    });
    expect((await world.client.sessionRecordings.list({ limit: 1 })).results.map(({ id }) => id)).toEqual(["r0"]);
    const sizes: number[] = [];
    for await (const page of world.client.sessionRecordings.list({ limit: 1 }).pages()) sizes.push(page.items.length);
    expect(sizes).toEqual([1, 1]);
  });
});
