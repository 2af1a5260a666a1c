import { describe, expect, test } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import {
  AbortError,
  ApiError,
  ConnectionError,
  DecodeError,
  TimeoutError,
  UnexpectedResponseError,
} from "../../../generator/runtime/client/errors.ts";
import type { CallOptions, CoreConfig } from "../../../generator/runtime/client/options.ts";
import { NotFoundError, InternalServerError } from "../../../generator/runtime/client/status-errors.ts";
import { createThing, getThing, type Operations } from "./operations.ts";
import { json, serve } from "./server.ts";

const path = { project_id: "1", id: "a/b" };

function get(baseUrl: string, options?: CallOptions, config: Partial<CoreConfig> = {}): ApiCall<Operations, "getThing"> {
  return createCore({ baseUrl, ...config })(getThing, { path }, options);
}

async function thrown(promise: PromiseLike<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error,
  );
}

describe("A call that succeeds", () => {
  test("gives the body when it is awaited", async () => {
    const { url, received } = await serve(json(200, { name: "cup" }));
    expect(await get(`${url}/base/`)).toEqual({ name: "cup" });
    expect(received[0]).toMatchObject({ method: "GET", url: "/base/projects/1/things/a%2Fb" });
    expect(received[0]?.headers.accept).toBe("application/json, text/plain");
  });

  test("gives undefined for a status without a body", async () => {
    const { url } = await serve((response) => response.writeHead(204).end());
    expect(await get(url)).toBeUndefined();
    expect(await get(url).result()).toMatchObject({ status: 204, data: undefined, contentType: undefined });
  });

  test("is sent once, however often it is asked", async () => {
    const { url, received } = await serve(json(200, { name: "cup" }));
    const call = get(url);
    const [body, result, { data, response }] = await Promise.all([call, call.result(), call.withResponse()]);
    expect(received).toHaveLength(1);
    expect([body, result.data, data]).toEqual([{ name: "cup" }, { name: "cup" }, { name: "cup" }]);
    expect(result.contentType).toBe("application/json");
    expect(response.status).toBe(200);
  });

  test("is sent at once, before anyone awaits it", async () => {
    let seen = (): void => {};
    const arrived = new Promise<void>((resolve) => (seen = resolve));
    const { url } = await serve((response) => {
      seen();
      json(200, { name: "cup" })(response);
    });
    const call = get(url);
    await arrived;
    expect(await call).toEqual({ name: "cup" });
  });

  test("leaves the raw response to who asks for it", async () => {
    const { url } = await serve(json(404, { code: "gone", detail: "Gone." }));
    const response = await get(url).asResponse();
    expect([response.status, response.bodyUsed, await response.json()]).toEqual([404, false, { code: "gone", detail: "Gone." }]);
  });

  test("runs finally as a promise does", async () => {
    const { url } = await serve(json(200, { name: "cup" }));
    let count = 0;
    expect(await get(url).finally(() => (count += 1))).toEqual({ name: "cup" });
    expect(count).toBe(1);
  });
});

describe("A call that the server refuses", () => {
  test("throws the error of its status, with a message that says what was asked and why it failed", async () => {
    const { url } = await serve(json(404, { code: "not_found", detail: "There is no thing a/b." }, { "X-Request-Id": "7" }));
    const error = await thrown(get(url));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe("NotFoundError: GET /projects/{project_id}/things/{id} answered 404: There is no thing a/b.");
    expect(error).toMatchObject({
      status: 404,
      declared: true,
      operationId: "getThing",
      request: { method: "GET", url: `${url}/projects/1/things/a%2Fb`, headers: { accept: "application/json, text/plain" } },
      body: { code: "not_found" },
      contentType: "application/json",
    });
    expect((error as ApiError).response.headers.get("x-request-id")).toBe("7");
  });

  test("gives the error by its status when the result is asked for", async () => {
    const { url } = await serve((response) => response.writeHead(429, { "Content-Type": "text/plain" }).end("slow down"));
    const result = await get(url).result();
    expect(result).toMatchObject({ status: 429, error: "slow down", contentType: "text/plain" });
    expect(await thrown(get(url))).toMatchObject({ name: "RateLimitError", body: "slow down" });
  });

  test("finds the response of a range, and the default", async () => {
    const { url } = await serve(json(503, { message: "later" }));
    expect(await get(url).result()).toMatchObject({ status: 503, error: { message: "later" } });
    const create = createCore({ baseUrl: url })<ApiCall<Operations, "createThing">>(createThing, { body: { name: "cup" } });
    expect(await thrown(create)).toBeInstanceOf(InternalServerError);
  });

  test("throws for a status that is not declared, the result too", async () => {
    const { url } = await serve((response) => response.writeHead(418, { "Content-Type": "text/html" }).end("<b>tea</b>"));
    for (const promise of [get(url), get(url).result()]) {
      const error = await thrown(promise);
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({ name: "ApiError", status: 418, declared: false, body: "<b>tea</b>" });
      expect(String(error)).toContain("answered 418, which is not declared");
    }
  });

  test("throws for a media type that is not declared", async () => {
    const { url } = await serve((response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<html>"));
    const error = await thrown(get(url));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", status: 200, body: "<html>" });
    expect(String(error)).toContain("answered 200 with text/html, which is not declared");
  });

  test("does not take a 2xx that is not declared for the default, which means an error", async () => {
    const { url } = await serve(json(202, { message: "queued" }));
    const call = createCore({ baseUrl: url })<ApiCall<Operations, "createThing">>(createThing, { body: { name: "cup" } });
    expect(await thrown(call)).toMatchObject({ name: "UnexpectedResponseError", status: 202 });
  });

  test("throws for a 304, which has no body to give, and shows it as a result", async () => {
    const { url } = await serve((response) => response.writeHead(304).end());
    expect(await get(url).result()).toMatchObject({ status: 304, data: undefined });
    expect(await thrown(get(url))).toMatchObject({ name: "ApiError", status: 304 });
  });
});

describe("A failure that the document does not declare", () => {
  test.each([
    [401, "AuthenticationError", "text/html", "<h1>Who are you?</h1>", ""],
    [403, "PermissionDeniedError", "application/json", { message: "No." }, ": No."],
    [502, "InternalServerError", "text/html", "<h1>Bad Gateway</h1>", ""],
    [404, "NotFoundError", "text/html", "<h1>Nothing here</h1>", ""],
  ])("of %i is a %s all the same, whose body nobody promised", async (status, name, type, body, words) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const { url } = await serve((response) => response.writeHead(status, { "Content-Type": type }).end(text));
    for (const promise of [get(url), get(url).result()]) {
      const error = await thrown(promise);
      expect(error).toBeInstanceOf(ApiError);
      expect(error).not.toBeInstanceOf(UnexpectedResponseError);
      expect(error).toMatchObject({ name, status, declared: false, body });
      expect((error as ApiError).message).toMatch(new RegExp(`^GET .* answered ${status}.*which is not declared${words}$`));
    }
  });

  test("of a body that breaks off is of its status too, and says why", async () => {
    const { url } = await serve((response) => response.writeHead(404, { "Content-Type": "application/json" }).end('{"code": "n'));
    const error = await thrown(get(url));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ declared: false, body: '{"code": "n', cause: { name: "DecodeError" } });
  });
});

describe("A server that misbehaves", () => {
  test("is told apart when its JSON is cut off", async () => {
    const { url } = await serve((response) => response.writeHead(200, { "Content-Type": "application/json" }).end('{"name": "c'));
    const error = await thrown(get(url));
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({ status: 200, body: '{"name": "c' });
  });

  test("is told apart when a body is promised and none comes", async () => {
    const { url } = await serve((response) => response.writeHead(200, { "Content-Type": "application/json" }).end());
    expect(String(await thrown(get(url)))).toBe(
      "DecodeError: GET /projects/{project_id}/things/{id} answered 200 with a body that cannot be decoded: the body is empty",
    );
  });

  test("is told apart when the connection breaks off within the body", async () => {
    const { url } = await serve((response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" }).write('{"name":');
      setTimeout(() => response.destroy(), 20);
    });
    const error = await thrown(get(url));
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  test("is told apart when it is not there", async () => {
    const { url, close } = await serve(() => {});
    await close();
    const error = await thrown(get(url));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(String(error)).toBe(
      `ConnectionError: GET /projects/{project_id}/things/{id} got no answer: connect ECONNREFUSED ${new URL(url).host}`,
    );
  });

  test("runs out of time before its head comes", async () => {
    const { url } = await serve(() => {});
    const error = await thrown(get(url, { timeout: 30 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(String(error)).toBe("TimeoutError: GET /projects/{project_id}/things/{id} took longer than 30 ms.");
  });

  test("runs out of time within its body", async () => {
    const { url } = await serve(
      (response) => void response.writeHead(200, { "Content-Type": "application/json" }).write('{"name":'),
    );
    expect(await thrown(get(url, undefined, { timeout: 60 }))).toBeInstanceOf(TimeoutError);
    expect(await thrown(get(url, { timeout: 60 }).result())).toBeInstanceOf(TimeoutError);
  });
});

describe("A caller that loses patience", () => {
  test("sends nothing when the signal is aborted already", async () => {
    const { url, received } = await serve(json(200, {}));
    const error = await thrown(get(url, { signal: AbortSignal.abort("changed my mind") }));
    expect(error).toBeInstanceOf(AbortError);
    expect((error as Error).cause).toBe("changed my mind");
    expect(received).toHaveLength(0);
  });

  test("ends the call while the head is awaited", async () => {
    const controller = new AbortController();
    const { url } = await serve(() => controller.abort("enough"));
    expect(await thrown(get(url, { signal: controller.signal }))).toMatchObject({ name: "AbortError", cause: "enough" });
  });

  test("ends the call within the body", async () => {
    const controller = new AbortController();
    const { url } = await serve((response) => {
      response.writeHead(200, { "Content-Type": "application/json" }).write('{"name":');
      setTimeout(() => controller.abort("enough"), 20);
    });
    expect(await thrown(get(url, { signal: controller.signal }))).toBeInstanceOf(AbortError);
  });

  test("ends the call even when fetch, headers or credentials ignore the signal", async () => {
    const never = new Promise<never>(() => {});
    const { url } = await serve(json(200, {}));
    const securitySchemes = { Key: { kind: "bearer" } } as const;
    for (const config of [{ fetch: () => never }, { headers: () => never }, { auth: { Key: () => never }, securitySchemes }]) {
      const signal = AbortSignal.timeout(20);
      expect(await thrown(get(url, { signal }, config))).toBeInstanceOf(AbortError);
      expect(await thrown(get(url, { timeout: 20 }, config))).toBeInstanceOf(TimeoutError);
    }
  });

  test("leaves no unhandled rejection when nobody awaits the call, or only its result", async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): unknown => unhandled.push(error);
    process.on("unhandledRejection", note);
    const { url } = await serve(json(404, { code: "a", detail: "b" }));
    get("http://127.0.0.1:1");
    expect(await get(url).result()).toMatchObject({ status: 404 });
    await thrown(get("http://127.0.0.1:1").result());
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });
});
