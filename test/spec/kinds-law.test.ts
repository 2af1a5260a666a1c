/** The law for every modelled kind: generated client → generated server → generated client, over HTTP. */
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import { generate } from "../../generator/pipeline.ts";
import { difference } from "../../generator/verify/equal.ts";
import { openStage } from "../../generator/verify/open-stage.ts";
import { scenesOf } from "../../generator/verify/subject.ts";
import { makeRunnable } from "../../generator/verify/transpile.ts";
import { isObject, specFolder } from "./contract.ts";
import { answers, minimal, modelled } from "./kinds.ts";

const { model, files } = await generate(await resolveConfig(path.dirname(specFolder), { emit: ["client", "server", "fixtures"] }));
if (model === undefined || files === undefined) throw new Error("The contract cannot be generated.");
const modules = await makeRunnable(files);
const fixtures = await modules.import("fixtures");
const [scene] = scenesOf(model, files).map((act) => act.scene);
if (scene === undefined) throw new Error("The contract has no scene.");
const stage = await openStage(scene, modules);
afterAll(async () => {
  await stage.close();
  await modules.remove();
});

const found = model.operations.find(({ id }) => id === "environments_query_create");
if (found === undefined) throw new Error("There is no environments_query_create.");
const create = found;
const asked = scene.subjects.find(({ name }) => name === create.name);
if (asked === undefined) throw new Error("Its scene lacks it.");
const subject = asked;
const content = create.body?.contents[0];
const answered = create.responses.find(({ status }) => status === 200)?.contents[0];
const fixture = stage.fixtureOf(subject);
const request = fixture?.requests[0];
const reply = fixture?.replies.find(({ status }) => status === 200);
const ask = (body: unknown): NonNullable<typeof request> => ({ ...request, body });
const answer = (body: unknown): NonNullable<typeof reply> => ({ ...reply, status: 200, body });

/** The value that the fixtures make for a schema. */
function made(key: string, overrides: object = {}): { readonly [name: string]: unknown } {
  const factory = fixtures[model?.schemas.find((schema) => schema.key === key)?.factoryName ?? ""];
  const value: unknown = typeof factory === "function" ? factory(overrides) : undefined;
  if (!isObject(value)) throw new Error(`There is no factory for ${key}.`);
  return value;
}

async function sent(body: unknown, answeredWith: unknown): Promise<void> {
  const { arrived, returned, problem } = await stage.exchange(subject, ask(body), answer(answeredWith));
  expect(problem).toBeUndefined();
  expect(arrived === undefined ? returned.text : await difference(body, arrived.body)).toBeUndefined();
  expect(returned.status).toBe(200);
  expect(await difference(answeredWith, returned.body)).toBeUndefined();
}

describe.each(modelled.map((kind) => ({ kind })))("$kind", ({ kind }) => {
  test("goes to the handler and its answer comes back, as they were sent", async () => {
    const answeredBy = answers[kind] ?? "OpenQueryResponse";
    expect(made(kind)["kind"]).toBe(kind);
    await sent({ query: made(kind) }, made(answeredBy));
  });

  test("stops at the server with a field that it does not have, which is named", async () => {
    const { status, reachedHandler, places } = await stage.refusal(subject, ask({ query: { ...made(kind), unheard_of: 1 } }));
    expect([status, reachedHandler, places]).toEqual([400, false, [expect.objectContaining({ in: "body", pointer: "/query", message: 'must not have property "unheard_of"' })]]);
  });

  test("stops at the server without a field that it needs, which is named", async () => {
    const [needed = "kind"] = Object.keys(minimal[kind] ?? {});
    const { status, reachedHandler, places } = await stage.refusal(subject, ask({ query: Object.fromEntries(Object.entries(made(kind)).filter(([name]) => name !== needed)) }));
    expect([status, reachedHandler, places]).toEqual([400, false, [expect.objectContaining({ in: "body", pointer: "/query", message: `must have property "${needed}"` })]]);
  });
});

test("Every example of a request, and of an answer, goes through as it is", async () => {
  const requests = content?.examples ?? [];
  const replies = answered?.examples ?? [];
  expect([requests.length, replies.length]).toEqual([16, 12]);
  for (const example of requests) await sent(example.value, {});
  for (const example of replies) await sent(requests[0]?.value, example.value);
});

test("A fault deep in a series is named where it is", async () => {
  const query = { kind: "TrendsQuery", series: [{ kind: "EventsNode" }, { kind: "ActionsNode", id: "signed up" }] };
  const { places } = await stage.refusal(subject, ask({ query }));
  expect(places).toEqual([expect.objectContaining({ in: "body", pointer: "/query/series/1/id" })]);
});
