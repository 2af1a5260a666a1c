/** What a client is made with, what it takes from the environment, and clients that are like it but for some options. */
import { afterEach, expect, test, vi } from "vitest";
import { createClient } from "../../generated/src/index.ts";
import { json, serve } from "../runtime/client/server.ts";

afterEach(() => vi.unstubAllEnvs());

test("Another client has its own options, and the others of the first", async () => {
  const first = await serve(json(200, { results: [] }));
  const second = await serve(json(503, {}));
  const client = createClient({ server: first.url, projectId: "1", apiKey: "phx_one", headers: { "X-Own": "first" } });
  await client.sessionRecordings.list();
  const other = client.withOptions({
    server: second.url,
    projectId: "2",
    apiKey: "phx_two",
    headers: { "X-Own": "second" },
    maxRetries: 1,
  });
  vi.spyOn(Math, "random").mockReturnValue(0);
  await expect(other.sessionRecordings.list()).rejects.toMatchObject({ status: 503, attempts: 2 });
  await client.sessionRecordings.list();
  const seen = ({ url, headers }: (typeof first.received)[number]): unknown => [
    url.split("?")[0],
    headers["authorization"],
    headers["x-own"],
  ];
  const own = ["/api/environments/1/session_recordings/", "Bearer phx_one", "first"];
  expect(first.received.map(seen)).toEqual([own, own]);
  const others = ["/api/environments/2/session_recordings/", "Bearer phx_two", "second"];
  expect(second.received.map(seen)).toEqual([others, others]);
});

test("Another client has its own time", async () => {
  const { url } = await serve(() => {});
  const client = createClient({ server: url, projectId: "1", apiKey: "phx_one" }).withOptions({ timeout: 50 });
  await expect(client.sessionRecordings.list()).rejects.toMatchObject({ name: "TimeoutError" });
  await expect(client.GET("/api/environments/{project_id}/session_recordings/")).rejects.toMatchObject({ name: "TimeoutError" });
});

test("Credentials come from the environment unless they are given, and undefined brings them back", async () => {
  vi.stubEnv("POSTHOG_PERSONAL_API_KEY", "phx_environment");
  const { url, received } = await serve(json(200, { results: [] }));
  const given = createClient({ server: url, projectId: "1", apiKey: "phx_given" });
  await given.sessionRecordings.list();
  await given.withOptions({ apiKey: undefined }).sessionRecordings.list();
  await createClient({ server: url, projectId: "1" }).sessionRecordings.list();
  expect(received.map(({ headers }) => headers["authorization"])).toEqual([
    "Bearer phx_given",
    "Bearer phx_environment",
    "Bearer phx_environment",
  ]);
});
