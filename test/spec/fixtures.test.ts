import { describe, expect, test } from "vitest";
import * as fixtures from "../../generated/src/fixtures.ts";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import type { ApiModel, Direction, Operation } from "../../generator/model/api-model.ts";
import { buildModel } from "../../generator/model/build.ts";
import { documentOf } from "../support/document.ts";
import { isObject, judgeOf, readContract, type Judge } from "./contract.ts";

interface Parts {
  readonly path?: { readonly [name: string]: unknown };
  readonly query?: { readonly [name: string]: unknown };
  readonly header?: { readonly [name: string]: unknown };
  readonly cookie?: { readonly [name: string]: unknown };
  readonly body?: unknown;
  readonly contentType?: string;
}
interface Reply {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: { readonly [name: string]: unknown };
  readonly body?: unknown;
}
interface Fixture {
  readonly request: (() => Parts) & { readonly invalid: readonly { readonly name: string; readonly in: string; readonly request: Parts }[] };
  readonly responses: { readonly [status: string]: () => Reply };
}

// Each export has types of its own; here they are gone through by name.
const all = fixtures as unknown as { readonly [name: string]: unknown };
const root = await readContract();
const model: ApiModel = buildModel(documentOf(root), new Diagnostics());
const judges: Readonly<Record<Direction, Judge>> = { request: judgeOf(root, "request"), response: judgeOf(root, "response") };
const fixtureOf = ({ name }: Operation): Fixture => all[name] as Fixture;

describe("the emitted fixtures", () => {
  test("have a factory for each schema and an object for each operation", () => {
    expect(Object.keys(all).sort()).toEqual(["sequence", ...model.schemas.map(({ factoryName }) => factoryName), ...model.operations.map(({ name }) => name)].sort());
    expect(model.operations).toHaveLength(9);
    expect(model.schemas.length).toBeGreaterThan(70);
  });

  test.each(model.schemas.map(({ key, factoryName }) => ({ key, factoryName })))("$factoryName makes a valid $key, the same and a fresh one each time", ({ key, factoryName }) => {
    const make = all[factoryName] as () => unknown;
    expect(judges.response({ $ref: `#/components/schemas/${key}` }, make())).toBeUndefined();
    expectFresh(make);
  });

  test.each(model.operations)("$name makes valid requests and replies, the same and fresh ones each time", (operation) => {
    const { request, responses } = fixtureOf(operation);
    expect(problemsOf(operation, request())).toEqual([]);
    expectFresh(request);
    for (const response of operation.responses) {
      const make = responses[response.status];
      if (make === undefined) throw new Error(`There is no fixture for ${response.status}.`);
      const { status, contentType, headers = {}, body } = make();
      expect(response.status === "5XX" ? Math.floor(status / 100) : status).toBe(response.status === "5XX" ? 5 : Number(response.status));
      const content = response.contents.find(({ mediaType }) => mediaType === contentType);
      expect(content === undefined ? body : judges.response(content.schema, body), String(response.status)).toBeUndefined();
      for (const header of response.headers) if (header.name in headers) expect(judges.response(header.schema, headers[header.name]), header.name).toBeUndefined();
      expectFresh(make);
    }
  });

  test.each(model.operations.flatMap((operation) => fixtureOf(operation).request.invalid.map((invalid) => ({ operation, invalid, what: invalid.name, of: operation.name }))))("$of: Ajv too finds that $what", ({ operation, invalid }) => {
    expect(problemsOf(operation, invalid.request)).toEqual([invalid.in]);
  });

  test("have invalid requests with names of their own", () => {
    for (const operation of model.operations) {
      const names = fixtureOf(operation).request.invalid.map(({ name }) => name);
      expect(new Set(names).size, operation.name).toBe(names.length);
      expect(fixtureOf(operation).request.invalid).toEqual(fixtureOf(operation).request.invalid);
    }
  });
});

describe("overrides", () => {
  test("are merged in at any depth, beside what stays", () => {
    const plain = fixtures.sessionRecording();
    const ada = fixtures.sessionRecording({ viewed: false, person: { name: "Grace" } });
    expect(ada).toEqual({ ...plain, viewed: false, person: { ...plain.person, name: "Grace" } });
    expect(fixtures.sessionRecording()).toEqual(plain);
  });

  test("replace lists as a whole, take optional members away, and are not shared with the value", () => {
    const viewers = ["ada@example.com"];
    const made = fixtures.sessionRecording({ viewers, person: undefined });
    expect([made.viewers, "person" in made]).toEqual([viewers, false]);
    expect(made.viewers).not.toBe(viewers);
  });

  test("reach into requests and replies", () => {
    const request = fixtures.environmentsQueryRetrieve.request({ path: { id: "mine" } });
    expect(request.path).toEqual({ ...fixtures.environmentsQueryRetrieve.request().path, id: "mine" });
    const reply = fixtures.environmentsQueryDestroy.responses[404]({ body: { detail: "Gone." } });
    expect([reply.status, reply.body.detail, reply.body.code]).toEqual([404, "Gone.", fixtures.environmentsQueryDestroy.responses[404]().body.code]);
  });

  test("keep the value valid", () => {
    const recording = fixtures.sessionRecording({ person: { distinct_ids: ["a", "b"] }, activity_score: null });
    expect(judges.response({ $ref: "#/components/schemas/SessionRecording" }, recording)).toBeUndefined();
  });
});

/** Where a request is wrong, by Ajv: the locations, each once. */
function problemsOf(operation: Operation, request: Parts): string[] {
  const places = operation.parameters.flatMap((parameter) => {
    const value = request[parameter.in === "querystring" ? "query" : parameter.in]?.[parameter.name];
    const wrong = value === undefined ? parameter.required : judges.request(parameter.schema, value) !== undefined;
    return wrong ? [parameter.in as string] : [];
  });
  const content = operation.body?.contents.find(({ mediaType }) => mediaType === request.contentType);
  // A media type that is not declared has no schema that anything could be valid by.
  const isStrange = request.body !== undefined && content === undefined;
  const wrong =
    request.body === undefined ? operation.body?.required === true : isStrange || judges.request(content?.schema, request.body) !== undefined;
  return [...new Set([...places, ...(wrong ? ["body"] : [])])];
}

function expectFresh(make: () => unknown): void {
  const [first, second] = [make(), make()];
  expect(first).toEqual(second);
  if (isObject(first) || Array.isArray(first)) expect(first).not.toBe(second);
  if (isObject(first) && isObject(second)) for (const [name, value] of Object.entries(first)) if (isObject(value) || Array.isArray(value)) expect(value, name).not.toBe(second[name]);
}
