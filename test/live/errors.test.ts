import { expect, expectTypeOf, test } from "vitest";
import * as fixtures from "../../generated/src/fixtures.ts";
import { errors, isOperationError, type ApiCall } from "../../generated/src/index.ts";
import type {
  CachedTrendsQueryResponse,
  ErrorResponse,
  QueryPendingResponse,
  QueryStatusResponse,
} from "../../generated/src/types.ts";
import { json, serve } from "../runtime/client/server.ts";
import { startWorld } from "./world.ts";

const gone: ErrorResponse = {
  type: "invalid_request",
  code: "not_found",
  detail: "Query gone not found for team 12345.",
  attr: null,
};

test("A declared failure is thrown as an error of its own class", async () => {
  const { client, answer, url } = await startWorld();
  answer({ status: 404, body: gone, headers: { "X-Request-Id": "r1" } });
  const error: unknown = await client.query.retrieve("gone").catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Error);
  expect(error).toBeInstanceOf(client.errors.NotFoundError);
  expect(error).not.toBeInstanceOf(client.errors.BadRequestError);
  expect(String(error)).toBe(
    "NotFoundError: GET /api/environments/{project_id}/query/{id}/ answered 404: Query gone not found for team 12345.",
  );
  if (!(error instanceof client.errors.NotFoundError)) throw error;
  expectTypeOf(error.body).toBeUnknown();
  if (!error.declared) throw error;
  expectTypeOf(error.body).toEqualTypeOf<ErrorResponse>();
  expect(error.body.code).toBe("not_found");
  expect(error.response.headers.get("x-request-id")).toBe("r1");
  expect(error).toMatchObject({
    name: "NotFoundError",
    status: 404,
    body: gone,
    contentType: "application/json",
    operationId: "environments_query_retrieve",
    path: "/api/environments/{project_id}/query/{id}/",
    request: {
      method: "GET",
      url: `${url}/api/environments/12345/query/gone/`,
      headers: { accept: "application/json", authorization: "***" },
    },
  });
  expect(error.stack).toContain("errors.test.ts");
});

test.each([
  [400, "BadRequestError"],
  [401, "AuthenticationError"],
  [402, "PaymentRequiredError"],
  [403, "PermissionDeniedError"],
  [404, "NotFoundError"],
  [429, "RateLimitError"],
  [500, "InternalServerError"],
  [503, "InternalServerError"],
  [513, "InternalServerError"],
] as const)("%i is a %s", async (status, name) => {
  const { client, answer } = await startWorld();
  answer({ status, body: { ...gone, detail: "Because." } });
  const error: unknown = await client.query.delete("q").catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(client.errors[name]);
  expect(String(error)).toBe(`${name}: DELETE /api/environments/{project_id}/query/{id}/ answered ${status}: Because.`);
});

test("415 has no class of its own and is an ApiError", async () => {
  const { client, answer } = await startWorld();
  answer({ status: 415, body: gone });
  const error: unknown = await client.sessionRecordings.update("r", { viewed: true }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "ApiError", status: 415, body: gone });
});

test("A failed query speaks of its own reason", async () => {
  const { client, answer } = await startWorld();
  answer(fixtures.environmentsQueryRetrieve.responses[400]());
  const error: unknown = await client.query.retrieve("q").catch((caught: unknown) => caught);
  if (!isOperationError(error, "environments_query_retrieve")) throw error;
  if (error.status !== 400) throw error;
  expectTypeOf(error.body).toEqualTypeOf<QueryStatusResponse | ErrorResponse>();
  expect("query_status" in error.body && error.body.query_status.error_message).toBe("Unable to resolve field: evnt");
  expect(isOperationError(error, "environments_query_create")).toBe(false);
});

test("The failed list of recordings has an envelope of its own", async () => {
  const { client, answer } = await startWorld();
  answer({ status: 500, body: { error: "Invalid cursor format" } });
  const error: unknown = await client.sessionRecordings.list().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(errors.InternalServerError);
  expect(String(error)).toContain("answered 500: Invalid cursor format");
});

test("An answer that the document does not declare is the error of its status, and says that it is not declared", async () => {
  const { url } = await serve(json(409, { detail: "Conflict." }));
  const { client } = await startWorld({ server: url });
  const error: unknown = await client.query
    .retrieve("q")
    .result()
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(errors.ConflictError);
  expect(error).toMatchObject({ declared: false, body: { detail: "Conflict." } });
  expect(isOperationError(error, "environments_query_retrieve")).toBe(false);
  expect(String(error)).toBe(
    "ConflictError: GET /api/environments/{project_id}/query/{id}/ answered 409, which is not declared: Conflict.",
  );
});

test("A page of HTML in place of JSON, and JSON that breaks off, say so", async () => {
  const { url } = await serve((response, { url: asked }) =>
    asked.includes("html")
      ? response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Hi</h1>")
      : response.writeHead(200, { "Content-Type": "application/json" }).end('{"query_st'),
  );
  const { client } = await startWorld({ server: url });
  const html: unknown = await client.query.retrieve("html").catch((caught: unknown) => caught);
  expect(html).toBeInstanceOf(errors.UnexpectedResponseError);
  expect(html).toMatchObject({ body: "<h1>Hi</h1>", status: 200 });
  const broken: unknown = await client.query.retrieve("broken").catch((caught: unknown) => caught);
  expect(broken).toBeInstanceOf(errors.DecodeError);
  expect(broken).toMatchObject({ body: '{"query_st', status: 200 });
});

test("A result is told apart by its status", async () => {
  const { client, answer } = await startWorld();
  const ask = async (): Promise<string> => {
    const result = await client.query
      .create({ query: { kind: "TrendsQuery", series: [{ kind: "EventsNode" }] }, refresh: "async" })
      .result();
    switch (result.status) {
      case 200:
        expectTypeOf(result.data).toEqualTypeOf<CachedTrendsQueryResponse>();
        return "done";
      case 202:
        expectTypeOf(result.data).toEqualTypeOf<QueryPendingResponse>();
        return `pending ${result.data.query_status?.id}`;
      case 429:
        expectTypeOf(result.error).toEqualTypeOf<ErrorResponse>();
        return result.error.detail;
      default:
        return `${result.status}`;
    }
  };
  answer(fixtures.environmentsQueryCreate.responses[200]());
  expect(await ask()).toBe("done");
  answer(fixtures.environmentsQueryCreate.responses[202]());
  expect(await ask()).toBe("pending signups-2025-06-01");
  answer(fixtures.environmentsQueryCreate.responses[429]());
  expect(await ask()).toBe("Request was throttled. Expected available in 37 seconds.");
  answer({ status: 504, body: gone });
  expect(await ask()).toBe("504");
});

test("A call gives its body with the response, or the raw response", async () => {
  const { client, answer } = await startWorld();
  const reply = fixtures.environmentsSessionRecordingsSharingList.responses[200]({
    headers: { Sunset: "Fri, 31 Jul 2026 00:00:00 GMT" },
  });
  answer(reply);
  const { data, response } = await client.sessionRecordings.sharing.list("r").withResponse();
  expect(data).toEqual(reply.body);
  expect(response.headers.get("sunset")).toBe("Fri, 31 Jul 2026 00:00:00 GMT");
  const raw = await client.sessionRecordings.sharing.list("r").asResponse();
  expect(raw.bodyUsed).toBe(false);
  expect(await raw.json()).toEqual(reply.body);
  answer({ status: 404, body: gone });
  expect((await client.sessionRecordings.sharing.list("r").asResponse()).status).toBe(404);
  await expect(client.sessionRecordings.sharing.list("r").withResponse()).rejects.toBeInstanceOf(errors.NotFoundError);
});

test("A call is one request, however often it is looked at", async () => {
  const { client, answer, arrivals } = await startWorld();
  answer(fixtures.environmentsSessionRecordingsRetrieve.responses[200]());
  const call: ApiCall<"environments_session_recordings_retrieve"> = client.sessionRecordings.retrieve("r");
  const [body, again, result] = await Promise.all([call, call, call.result()]);
  expect(again).toBe(body);
  expect(result.status === 200 && result.data).toBe(body);
  expect(arrivals).toHaveLength(1);
});

test("The path style returns what the resource style throws", async () => {
  const { client, answer } = await startWorld();
  answer({ status: 404, body: gone });
  const { data, error, response } = await client.GET("/api/environments/{project_id}/query/{id}/", {
    params: { path: { id: "gone" } },
  });
  expect(data).toBeUndefined();
  expect(error && "code" in error ? error.code : undefined).toBe("not_found");
  expect(response.status).toBe(404);
});
