import { afterEach, expect, test, vi } from "vitest";
import { clientEmitter } from "../../generator/emit/client.ts";
import { operationsEmitter } from "../../generator/emit/operations.ts";
import { contextOf, importPlans } from "../support/compiled.ts";
import { modelOf } from "../support/model.ts";
import { json, serve } from "../runtime/client/server.ts";
import { things } from "./client-sample.ts";

type Method = (...values: unknown[]) => Promise<unknown>;
interface ThingsClient {
  readonly things: { readonly [method in "list" | "create" | "retrieve" | "update" | "delete"]: Method };
  readonly errors: { readonly [name: string]: new () => Error };
  withOptions(options: object): ThingsClient;
}

async function create(options: object): Promise<ThingsClient> {
  const model = modelOf(things);
  const plans = [operationsEmitter, clientEmitter].flatMap((emitter) => emitter.emit(model, contextOf()));
  const { createClient } = await importPlans(plans, "client.ts");
  // The plans were compiled a moment ago; client.test.ts looks at their types.
  return (createClient as (options: object) => ThingsClient)(options);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

test("The emitted client sends what each of its methods is given", async () => {
  const { url, received } = await serve((response, { method }) =>
    method === "GET"
      ? json(200, { name: "cup" })(response)
      : method === "POST"
        ? json(201, { name: "cup" })(response)
        : response.writeHead(204).end(),
  );
  const client = await create({ projectId: "7", server: url, apiKey: "k" });
  expect(await client.things.list({ limit: 5, "X-Trace": "t" })).toEqual({ name: "cup" });
  await client.things.create({ name: "cup" }, { dry_run: true }, { projectId: "8" });
  await client.things.retrieve(3);
  await client.things.update(3, { contentType: "text/csv", body: "cup" });
  await client.withOptions({ projectId: "9" }).things.delete(3, { query: { why: "old" }, header: { why: "broken" } });
  expect(received.map(({ method, url: asked, body }) => `${method} ${asked} ${body}`)).toEqual([
    "GET /projects/7/things?limit=5 ",
    'POST /projects/8/things?dry_run=true {"name":"cup"}',
    "GET /projects/7/things/3 ",
    "PUT /projects/7/things/3 cup",
    "DELETE /projects/9/things/3?why=old ",
  ]);
  expect(received.map(({ headers }) => headers.authorization)).toEqual(Array(5).fill("Bearer k"));
  expect([received[0]?.headers["x-trace"], received[3]?.headers["content-type"], received[4]?.headers["why"]]).toEqual([
    "t",
    "text/csv",
    "broken",
  ]);
});

test("The emitted client throws the errors that it shows", async () => {
  const { url } = await serve(json(404, { detail: "There is no thing 3." }));
  const client = await create({ projectId: "7", server: url });
  const error: unknown = await client.things.retrieve(3).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(client.errors["NotFoundError"]);
  expect(String(error)).toBe("NotFoundError: GET /projects/{project_id}/things/{id} answered 404: There is no thing 3.");
});

test("The emitted client reads its key from the environment unless it is given one", async () => {
  vi.stubEnv("THINGS_API_KEY", "from the environment");
  const { url, received } = await serve(json(200, { name: "cup" }));
  await (await create({ projectId: "7", server: url })).things.retrieve(3);
  await (await create({ projectId: "7", server: url, apiKey: "given" })).things.retrieve(3);
  expect(received.map(({ headers }) => headers.authorization)).toEqual(["Bearer from the environment", "Bearer given"]);
});
