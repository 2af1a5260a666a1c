import { describe, expect, test } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { authenticateByToken } from "../../../generator/runtime/client/auth.ts";
import { RateLimitError, AuthenticationError } from "../../../generator/runtime/client/status-errors.ts";
import { RedirectError, TimeoutError, ValidationError } from "../../../generator/runtime/client/errors.ts";
import { createSend } from "../../../generator/runtime/client/exchange.ts";
import * as features from "../../../generator/runtime/client/features.ts";
import type { CallOptions } from "../../../generator/runtime/client/options.ts";
import type { Features } from "../../../generator/runtime/client/wire.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { json, serve } from "./server.ts";

const operation: OperationDescriptor = {
  id: "it",
  method: "GET",
  path: "/it",
  security: [{ Token: [] }],
  responses: [{ status: "200", contents: [{ mediaType: "application/json", kind: "json" }] }],
};

/** A call by a core that knows retries, timeouts and errors alone, and what it is given besides. */
function call(baseUrl: string, given: Features = {}, options: CallOptions = {}): ApiCall<{ it: object }, "it"> {
  const send = createSend({
    baseUrl,
    securitySchemes: { Token: { kind: "bearer" } },
    auth: { Token: ({ rejected }) => (rejected === undefined ? "s3cret" : "renewed") },
    features: [{ authenticate: authenticateByToken }, given],
  });
  return send(operation, {}, options);
}

describe("A client without features", () => {
  test.each([301, 302, 303, 307, 308])("follows no redirect of %i: nobody else is told anything", async (status) => {
    const other = await serve(json(200, {}));
    const { url, received } = await serve((response) => response.writeHead(status, { Location: other.url }).end());
    const error: unknown = await call(url).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RedirectError);
    expect(error).toMatchObject({ message: "GET /it is redirected, and not followed.", attempts: 1, request: { method: "GET" } });
    await expect(call(url).asResponse()).rejects.toBeInstanceOf(RedirectError);
    expect([other.received.length, received.length]).toEqual([0, 2]);
  });

  test("tries again, and heeds Retry-After", async () => {
    const replies = [json(429, {}, { "Retry-After": "0" }), json(503, {}, { "retry-after-ms": "1" }), json(200, { a: 1 })];
    const { url, received } = await serve((response) => replies[received.length - 1]?.(response));
    expect(await call(url)).toEqual({ a: 1 });
    expect(received).toHaveLength(3);
    await expect(call((await serve(json(429, {}))).url, {}, { maxRetries: 0 })).rejects.toBeInstanceOf(RateLimitError);
  });

  test("ends in time", async () => {
    const { url } = await serve(() => undefined);
    await expect(call(url, {}, { timeout: 20 })).rejects.toBeInstanceOf(TimeoutError);
    await expect(call(url, {}, { attemptTimeout: 20, maxRetries: 0 })).rejects.toBeInstanceOf(TimeoutError);
  });

  test("shows neither headers nor the query on its errors", async () => {
    const { url } = await serve(json(401, { detail: "Who?" }));
    const error: unknown = await call(url).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({
      message: "GET /it answered 401, which is not declared: Who?",
      request: { method: "GET", url: `${url}/it`, headers: {} },
    });
  });

  test("takes no hooks and no validation that it would pass over", async () => {
    const { url, received } = await serve(json(200, {}));
    await expect(call(url, {}, { hooks: {} })).rejects.toThrow(TypeError);
    await expect(call(url, {}, { validation: () => [] })).rejects.toThrow(TypeError);
    expect(received).toEqual([]);
  });
});

describe("A feature", () => {
  test("follows redirects, and tells another origin no secret", async () => {
    const other = await serve(json(200, { a: 1 }));
    const { url } = await serve((response) => response.writeHead(302, { Location: other.url }).end());
    expect(await call(url, features.followRedirects)).toEqual({ a: 1 });
    expect(JSON.stringify(other.received)).not.toContain("s3cret");
  });

  test("asks for other credentials after a 401", async () => {
    const { url, received } = await serve((response, { headers }) =>
      json(headers.authorization === "Bearer renewed" ? 200 : 401, {})(response),
    );
    expect(await call(url, features.renewCredentials)).toEqual({});
    expect(received).toHaveLength(2);
  });

  test("asks hooks, those of the call too", async () => {
    const { url } = await serve(json(200, {}));
    const seen: string[] = [];
    const watched = features.useHooks({ onRequest: ({ path }) => void seen.push(path) });
    await call(url, watched, { hooks: { onResponse: ({ response }) => void seen.push(`${response.status}`) } });
    expect(seen).toEqual(["/it", "200"]);
  });

  test("checks answers", async () => {
    const { url } = await serve(json(200, {}));
    const checked = features.useValidation(() => [{ message: "is wrong" }]);
    await expect(call(url, checked)).rejects.toBeInstanceOf(ValidationError);
    expect(await call(url, checked, { validation: null })).toEqual({});
  });

  test("shows requests on errors, without what is secret", async () => {
    const { url } = await serve(json(401, {}));
    const error: unknown = await call(url, features.showRequests).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ request: { headers: { authorization: "***" } } });
  });

  test("tells once of what is deprecated", async () => {
    const { url } = await serve(json(200, {}, { Deprecation: "@1" }));
    const told: string[] = [];
    const telling = features.tellWarnings(({ operationId }) => void told.push(operationId));
    await call(url, telling);
    await call(url, telling);
    expect(told).toEqual(["it"]);
  });
});
