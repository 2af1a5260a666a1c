import { describe, expect, test } from "vitest";
import * as fixtures from "../../generated/src/fixtures.ts";
import { createClient as createFetchClient } from "../../generated/src/openapi-fetch.ts";
import { ways } from "./operations.ts";
import { operationNames, startWorld, type Arrival, type OperationName, type Reply } from "./world.ts";

const replies = operationNames.flatMap((name) =>
  // `responses` has as many types as there are operations; here each makes some reply.
  Object.entries(fixtures[name].responses as { readonly [status: string]: () => Reply }).map(([key, make]) => ({
    name,
    key,
    make,
  })),
);

test("Every operation has a fixture for each status that it declares", () => {
  expect(Object.fromEntries(operationNames.map((name) => [name, Object.keys(fixtures[name].responses).join(" ")]))).toEqual({
    environmentsQueryCreate: "200 202 400 401 402 403 404 415 429 500 503 5XX",
    environmentsQueryRetrieve: "200 202 400 401 402 403 404 429 500 503 5XX",
    environmentsQueryDestroy: "200 204 400 401 402 403 404 429 500 503 5XX",
    environmentsQueryDraftSqlRetrieve: "200 400 401 402 403 404 429 500 503 5XX",
    environmentsSessionRecordingsList: "200 400 401 402 403 404 429 500 503 5XX",
    environmentsSessionRecordingsRetrieve: "200 400 401 402 403 404 429 500 503 5XX",
    environmentsSessionRecordingsPartialUpdate: "200 400 401 402 403 404 415 429 500 503 5XX",
    environmentsSessionRecordingsDestroy: "204 400 401 402 403 404 429 500 503 5XX",
    environmentsSessionRecordingsSharingList: "200 400 401 402 403 404 429 500 503 5XX",
  });
});

describe.each(replies)("$name, answered $key", ({ name, make }) => {
  const reply = make();
  const failed = reply.status >= 400;

  test("in resource style", async () => {
    const { client, arrivals, answer } = await startWorld();
    answer(reply);
    const result = await ways[name].resource(client).result();
    expect(result.status).toBe(reply.status);
    expect(result.contentType).toBe(reply.contentType);
    expect(failed ? result.error : result.data).toEqual(reply.body);
    expect(failed ? "data" in result : "error" in result).toBe(false);
    expect(result.headers).toEqual(reply.headers ?? {});
    expect(Object.fromEntries(result.response.headers)).toMatchObject(sentHeaders(reply));
    expect(arrivals.map(partsOf)).toEqual([expected(name)]);
  });

  test("in resource style, awaited", async () => {
    const { client, answer } = await startWorld();
    answer(reply);
    const call = ways[name].resource(client);
    if (!failed) return void expect(await call).toEqual(reply.body);
    const error: unknown = await call.then(undefined, (caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(client.errors.ApiError);
    expect(error).toMatchObject({ status: reply.status, body: reply.body, contentType: reply.contentType });
  });

  test("in path style", async () => {
    const { client, arrivals, answer } = await startWorld();
    answer(reply);
    const { data, error, response } = await ways[name].path(client);
    expect(response.status).toBe(reply.status);
    expect(failed ? error : data).toEqual(reply.body);
    expect(failed ? data : error).toBeUndefined();
    expect(arrivals.map(partsOf)).toEqual([expected(name)]);
  });

  test("through openapi-fetch", async () => {
    const { url, arrivals, answer } = await startWorld();
    answer(reply);
    const client = createFetchClient({ baseUrl: url, headers: { Authorization: "Bearer phx_key" } });
    const { data, error, response } = await ways[name].openapiFetch(client);
    expect(response.status).toBe(reply.status);
    expect(failed ? error : data).toEqual(reply.body);
    expect(arrivals.map(partsOf)).toEqual([expected(name)]);
  });
});

function partsOf({ name, path, query, header, body }: Arrival): object {
  return { name, path, query, header, body };
}

// Defaults of the document stand in for what was not sent; all that was sent arrives as it was.
function expected(name: OperationName): object {
  const sent: { readonly [part: string]: unknown } = { ...ways[name].request };
  return {
    name,
    path: sent["path"],
    query: expect.objectContaining(sent["query"] ?? {}),
    header: sent["header"] ?? {},
    body: sent["body"],
  };
}

function sentHeaders({ headers = {} }: Reply): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
