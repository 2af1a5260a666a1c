import type { StandardSchemaV1 } from "../../generated/src/runtime/standard-schema.ts";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as fixtures from "../../generated/src/fixtures.ts";
import { errors, type QueryStatusResponse } from "../../generated/src/index.ts";
import * as schemas from "../../generated/src/schemas.ts";
import { createValidation, validateWith } from "../../generated/src/validation.ts";
import { json, serve } from "../runtime/client/server.ts";
import { startWorld } from "./world.ts";

const status = fixtures.queryStatusResponse();
const wrong = { query_status: { ...status.query_status, id: 7 } };

/** What any library does with a schema of any make. */
async function standardValidate<Schema extends StandardSchemaV1>(
  schema: Schema,
  value: unknown,
): Promise<NonNullable<Schema["~standard"]["types"]>["output"]> {
  const result = await schema["~standard"].validate(value);
  if (result.issues !== undefined) throw new TypeError(result.issues[0]?.message ?? "");
  return result.value;
}

async function thrown(promise: PromiseLike<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error,
  );
}

describe("A client that checks answers", () => {
  test("takes what meets its schema as it is", async () => {
    const { url } = await serve(json(200, status));
    const { client } = await startWorld({ server: url, validation: createValidation() });
    expect(await client.query.retrieve("q")).toEqual(status);
  });

  test("throws for a success that does not, and says where", async () => {
    const { url } = await serve(json(200, wrong));
    const { client } = await startWorld({ server: url });
    expect(await client.query.retrieve("q")).toEqual(wrong);
    const checking = client.withOptions({ validation: createValidation() });
    for (const promise of [checking.query.retrieve("q"), checking.query.retrieve("q").result()]) {
      const error = await thrown(promise);
      expect(error).toBeInstanceOf(errors.ValidationError);
      expect(error).toMatchObject({
        status: 200,
        declared: false,
        body: wrong,
        issues: [{ path: ["query_status", "id"], message: "must be string" }],
      });
      expect(String(error)).toBe(
        "ValidationError: GET /api/environments/{project_id}/query/{id}/ answered 200 with a body that does not meet its schema: /query_status/id must be string",
      );
    }
  });

  test("throws the error of its status for a failure that does not, which is not declared then", async () => {
    const { url } = await serve(json(404, { detail: 7 }));
    const { client } = await startWorld({ server: url, validation: createValidation() });
    const error = await thrown(client.query.retrieve("q"));
    expect(error).toBeInstanceOf(errors.NotFoundError);
    expect(error).toMatchObject({ declared: false, body: { detail: 7 }, cause: { name: "ValidationError" } });
  });

  test("may check by schemas of any make, which need not answer at once", async () => {
    const { url } = await serve(json(200, status));
    const seen: string[] = [];
    const validation = validateWith(({ operation, status: key, mediaType }) => {
      seen.push(`${operation.id} ${key} ${mediaType}`);
      return { "~standard": { version: 1, vendor: "ours", validate: async () => ({ issues: [{ message: "is never right" }] }) } };
    });
    const { client } = await startWorld({ server: url, validation });
    expect(String(await thrown(client.query.retrieve("q")))).toContain("does not meet its schema: it is never right");
    expect(seen).toEqual(["environments_query_retrieve 200 application/json"]);
  });
});

describe("A schema of the document", () => {
  test("is a Standard Schema, whose output has its type", async () => {
    const value = await standardValidate(schemas.QueryStatusResponse, status);
    expectTypeOf(value).toEqualTypeOf<QueryStatusResponse>();
    expect(value).toBe(status);
    expect(schemas.QueryStatusResponse["~standard"]).toMatchObject({ version: 1, vendor: "openapi-triad" });
    await expect(standardValidate(schemas.QueryStatusResponse, wrong)).rejects.toThrow("must be string");
  });

  test("names the items of lists by numbers, and members that look like some by text", () => {
    const list = { results: [{ id: 7 }] };
    const result = schemas.SessionRecordingList["~standard"].validate(list);
    expect(result.issues?.map(({ path }) => path)).toContainEqual(["results", 0, "id"]);
  });
});

test("Declared headers of a result and of an error are decoded, and one that is not as declared fails nothing", async () => {
  const { url } = await serve(
    json(503, { type: "a", code: "b", detail: "Later.", attr: null }, { "Retry-After": "7", Sunset: "soon" }),
  );
  const { client } = await startWorld({ server: url, maxRetries: 0 });
  const result = await client.sessionRecordings.retrieve("r").result();
  if (result.status !== 503) throw new Error(String(result.status));
  expectTypeOf(result.headers["Retry-After"]).toEqualTypeOf<number | undefined>();
  expect(result.headers["Retry-After"]).toBe(7);
  expect(result.response.headers.get("Retry-After")).toBe("7");
  const error = await thrown(client.sessionRecordings.retrieve("r"));
  expect(error).toMatchObject({ headers: { "Retry-After": 7 } });

  const { url: other } = await serve(
    json(503, { type: "a", code: "b", detail: "Later.", attr: null }, { "Retry-After": "later" }),
  );
  const late = await client.withOptions({ server: other }).sessionRecordings.retrieve("r").result();
  expect([late.status, late.headers, late.response.headers.get("Retry-After")]).toEqual([503, {}, "later"]);
});
