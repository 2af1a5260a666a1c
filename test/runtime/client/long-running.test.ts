import { describe, expect, test, vi } from "vitest";
import { createCore } from "../../../generator/runtime/client/core.ts";
import { AbortError, ApiError, ConnectionError, TimeoutError } from "../../../generator/runtime/client/errors.ts";
import { LongRunningError, LongRunningExpiredError } from "../../../generator/runtime/client/long-running-errors.ts";
import type { LongRunningPlan } from "../../../generator/runtime/client/long-running-plan.ts";
import { runToEnd } from "../../../generator/runtime/client/long-running.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { json, serve, type Loopback, type Received } from "./server.ts";

const contents = [{ mediaType: "application/json", kind: "json" as const }];

function operation(id: string, method: string, path: string, statuses: readonly string[]): OperationDescriptor {
  const parameters = [
    { name: "id", in: "path" as const },
    { name: "team", in: "path" as const },
    { name: "show_progress", in: "query" as const },
  ];
  return {
    id,
    method,
    path,
    parameters: parameters.filter((parameter) => parameter.in === "query" || path.includes(`{${parameter.name}}`)),
    ...(method === "POST" ? { body: { contents } } : {}),
    responses: statuses.map((status) => ({ status, contents })),
  };
}

const start = operation("create", "POST", "/{team}/jobs", ["200", "202", "400"]);
const id = { answer: ["job", "id"] };
const team = { path: "team" };
const plan: LongRunningPlan = {
  operation: start,
  argument: "query",
  members: ["refresh", "name"],
  start: { refresh: "async" },
  stale: ["results"],
  status: {
    operation: operation("status", "GET", "/{team}/jobs/{id}", ["200", "202", "400", "404", "429", "500"]),
    parameters: { path: { id, team }, query: { show_progress: { constant: true } } },
    complete: ["job", "complete"],
    error: ["job", "error"],
    errorMessage: ["job", "message"],
    progress: ["job", "progress"],
    result: ["job", "results"],
  },
  cancel: { operation: operation("cancel", "DELETE", "/{team}/jobs/{id}", ["200"]), parameters: { path: { id, team } } },
};

/** A server that answers the start with the first, and each question with the next; the last one stays. */
function answering(...answers: readonly ReturnType<typeof json>[]): Promise<Loopback> {
  let count = 0;
  return serve((response, { method }) =>
    (method === "DELETE" ? json(200, {}) : (answers[Math.min(count++, answers.length - 1)] ?? json(500, {})))(response),
  );
}

const pending = json(202, { job: { id: "7" } });
const running = (progress?: unknown): ReturnType<typeof json> => json(202, { job: { id: "7", complete: false, progress } });
const done = (results: unknown): ReturnType<typeof json> => json(200, { job: { id: "7", complete: true, results } });

function run({ url }: { readonly url: string }, options: object = {}, changed: Partial<LongRunningPlan> = {}): Promise<unknown> {
  return runToEnd(
    createCore({ baseUrl: url }),
    { ...plan, ...changed },
    { path: { team: "t" }, argument: { kind: "A" } },
    { pollInterval: 1, ...options },
  );
}

function lines(received: readonly Received[]): string[] {
  return received.map(({ method, url, body }) => `${method} ${url} ${body}`.trim());
}

async function caught(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
}

async function until(true_: () => boolean): Promise<void> {
  while (!true_()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("A long-running operation", () => {
  test("gives the result that comes at once", async () => {
    const server = await answering(json(200, { columns: ["a"] }));
    expect(await run(server, { name: "mine", headers: { "X-A": "1" } })).toEqual({ columns: ["a"] });
    expect(lines(server.received)).toEqual(['POST /t/jobs {"refresh":"async","name":"mine","query":{"kind":"A"}}']);
    expect(server.received[0]?.headers["x-a"]).toBe("1");
  });

  test("follows a cache miss to its end, with its parameters and headers", async () => {
    const server = await answering(pending, running(), running(), done({ columns: ["a"] }));
    expect(await run(server, { headers: { "X-A": "1" } })).toEqual({ columns: ["a"] });
    expect(lines(server.received).slice(1)).toEqual(Array(3).fill("GET /t/jobs/7?show_progress=true"));
    expect(server.received.map(({ headers }) => headers["x-a"])).toEqual(Array(4).fill("1"));
  });

  test("hands figures of the progress on, each time there are some", async () => {
    const told: unknown[] = [];
    const server = await answering(pending, running({ rows: 1 }), running(null), running(), running({ rows: 9 }), done(1));
    expect(await run(server, { onProgress: (progress: unknown) => told.push(progress) })).toBe(1);
    expect(told).toEqual([{ rows: 1 }, { rows: 9 }]);
  });

  test("tells a stale answer from a cache miss: it hands the old result on and waits for the new one", async () => {
    const told: unknown[] = [];
    const onStale = (old: unknown): unknown => told.push(old);
    const stale = { results: [1], job: { id: "7" } };
    expect(await run(await answering(json(202, stale), running(), done([2])), { onStale })).toEqual([2]);
    expect(told).toEqual([stale]);
    expect(await run(await answering(json(202, stale), done([2])))).toEqual([2]);
    expect(await run(await answering(pending, done([2])), { onStale })).toEqual([2]);
    expect(told).toHaveLength(1);
  });

  test("lets the caller start it otherwise, but not by a value that is undefined", async () => {
    const server = await answering(json(200, {}));
    await run(server, { refresh: "force_async" });
    await run(server, { refresh: undefined });
    await runToEnd(
      createCore({ baseUrl: server.url }),
      { operation: start, members: [], start: { refresh: "async" }, status: plan.status },
      { path: { team: "t" }, argument: { all: 1 } },
    );
    expect(server.received.map(({ body }) => body)).toEqual([
      '{"refresh":"force_async","query":{"kind":"A"}}',
      '{"refresh":"async","query":{"kind":"A"}}',
      '{"refresh":"async","all":1}',
    ]);
  });

  test.each([200, 400, 500])("throws what the server says when it failed, be it by status %i", async (status) => {
    const body = { job: { id: "7", complete: true, error: true, message: "No such column." } };
    const error = await caught(run(await answering(pending, running(), json(status, body))));
    expect(error).toBeInstanceOf(LongRunningError);
    expect(error).toMatchObject({
      name: "LongRunningError",
      message: "POST /{team}/jobs failed: No such column.",
      status,
      body,
      operationId: "create",
    });
  });

  test("says that it failed when the server does not say why", async () => {
    const error = await caught(run(await answering(pending, json(500, { job: { id: "7", error: true, message: null } }))));
    expect(String(error)).toBe("LongRunningError: POST /{team}/jobs failed.");
  });

  test("throws another error when nobody knows it any more", async () => {
    const error = await caught(run(await answering(pending, json(404, { detail: "Not found." }))));
    expect(error).toBeInstanceOf(LongRunningExpiredError);
    expect(error).toMatchObject({ status: 404, body: { detail: "Not found." }, operationId: "create" });
    expect(String(error)).toBe(
      "LongRunningExpiredError: POST /{team}/jobs was started, and is not known any more: GET /{team}/jobs/{id} answered 404.",
    );
  });

  test("throws what any call throws: at the start, and for a status that is refused", async () => {
    expect(await caught(run(await answering(json(400, { detail: "Bad." }))))).toMatchObject({
      status: 400,
      operationId: "create",
    });
    expect(await caught(run(await answering(pending, json(400, { detail: "Bad." }))))).toBeInstanceOf(ApiError);
    const server = await answering(pending, (response) => response.destroy());
    expect(await caught(run(server))).toBeInstanceOf(ConnectionError);
    expect(server.received.some(({ method }) => method === "DELETE")).toBe(false);
  });

  test("waits on when the server is busy", async () => {
    const server = await answering(
      pending,
      json(429, {}, { "Retry-After": "0" }),
      json(503, {}),
      json(429, {}, { "Retry-After": "nonsense" }),
      done(1),
    );
    expect(await run(server)).toBe(1);
    expect(server.received).toHaveLength(5);
  });

  test("waits as long as a busy server asks", async () => {
    const server = await answering(pending, json(429, {}, { "Retry-After": "3600" }), done(1));
    const controller = new AbortController();
    const error = caught(run(server, { signal: controller.signal }));
    await until(() => server.received.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.received).toHaveLength(2);
    controller.abort();
    expect(await error).toBeInstanceOf(AbortError);
  });

  test("cancels when it is aborted while it runs", async () => {
    const server = await answering(pending, running());
    const controller = new AbortController();
    const error = caught(run(server, { signal: controller.signal, headers: { "X-A": "1" } }));
    await until(() => server.received.length > 3);
    controller.abort("enough");
    expect(await error).toMatchObject({ name: "AbortError", message: "POST /{team}/jobs was aborted.", cause: "enough" });
    await until(() => server.received.some(({ method }) => method === "DELETE"));
    const last = server.received.at(-1);
    expect([last?.url, last?.headers["x-a"]]).toEqual(["/t/jobs/7", "1"]);
  });

  test("cancels when it is aborted between two questions", async () => {
    const server = await answering(pending, running());
    const controller = new AbortController();
    const error = caught(run(server, { signal: controller.signal, pollInterval: 60_000 }));
    await until(() => server.received.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    expect(await error).toBeInstanceOf(AbortError);
    await until(() => server.received.length === 2);
    expect(lines(server.received)[1]).toBe("DELETE /t/jobs/7");
  });

  test("cancels when its time is over, which is the time for all of it", async () => {
    const server = await answering(pending, running());
    const error = await caught(run(server, { timeout: 60 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toBe("TimeoutError: POST /{team}/jobs took longer than 60 ms.");
    await until(() => server.received.some(({ method }) => method === "DELETE"));
  });

  test("cancels as soon as it knows what, when it is aborted while it starts", async () => {
    let release = (): void => undefined;
    const server = await serve((response, { method }) => {
      if (method === "POST") release = () => pending(response);
      else json(200, {})(response);
    });
    const controller = new AbortController();
    const error = caught(run(server, { signal: controller.signal }));
    await until(() => server.received.length === 1);
    controller.abort();
    expect(await error).toBeInstanceOf(AbortError);
    release();
    await until(() => server.received.length === 2);
    expect(lines(server.received)[1]).toBe("DELETE /t/jobs/7");
  });

  test("asks nothing when it is aborted before, and cancels nothing that cannot be cancelled", async () => {
    const server = await answering(pending, running());
    expect(await caught(run(server, { signal: AbortSignal.abort() }))).toBeInstanceOf(AbortError);
    expect(server.received).toEqual([]);
    const { cancel: _cancel, ...uncancelled } = plan;
    const error = await caught(
      runToEnd(
        createCore({ baseUrl: server.url }),
        uncancelled,
        { path: { team: "t" }, argument: {} },
        { timeout: 30, pollInterval: 1 },
      ),
    );
    expect(error).toBeInstanceOf(TimeoutError);
    expect(server.received.some(({ method }) => method === "DELETE")).toBe(false);
  });

  test("does not follow what has no id", async () => {
    const error = await caught(run(await answering(json(202, { job: null }))));
    expect(String(error)).toBe('LongRunningError: POST /{team}/jobs answered 202 without "job.id", so it cannot be followed.');
  });

  test("asks less and less often, unless it is told how often", async () => {
    const { setTimeout } = globalThis;
    const waits: unknown[] = [];
    // Nobody waits here; what was asked for is noted. Connections of other tests have timers of their own.
    const spy = vi.spyOn(globalThis, "setTimeout").mockImplementation(((work: () => void, wait: number, ...more: unknown[]) => {
      if (new Error().stack?.includes("/long-running.ts") !== true) return setTimeout(work, wait, ...more);
      waits.push(wait);
      return setTimeout(work, 0);
    }) as typeof setTimeout);
    const ask = (answers: readonly [status: number, job: object][], options: object): Promise<unknown> => {
      const left = [...answers];
      const fetch = async (): Promise<Response> => {
        const [status, job] = left.shift() ?? [200, { complete: true, results: 1 }];
        return Response.json({ job }, { status });
      };
      return runToEnd(
        createCore({ baseUrl: "https://example.com", fetch }),
        plan,
        { path: { team: "t" }, argument: {} },
        options,
      );
    };
    const going = (count: number): [number, object][] => Array.from({ length: count }, () => [202, { id: "7" }]);
    await ask(going(10), {});
    expect(waits.splice(0)).toEqual([250, 375, 562.5, 843.75, 1265.625, 1898.4375, 2847.65625, 4271.484375, 5000, 5000]);
    await ask(going(2), { pollInterval: 70 });
    expect(waits).toEqual([70, 70]);
    spy.mockRestore();
  });
});
