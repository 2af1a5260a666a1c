import { HttpHandler, type RequestHandler } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { response } from "../../../generator/runtime/fixtures/factory.ts";
import { createApi, mock, type OneMockOptions } from "../../../generator/runtime/msw/mocks.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";

const json = { mediaType: "application/json", kind: "json" } as const;
const events = { mediaType: "text/event-stream", kind: "event-stream" } as const;
const image = { mediaType: "image/*", kind: "binary" } as const;
const csv = { mediaType: "text/csv", kind: "text" } as const;
const operations = {
  events: { id: "events", method: "GET", path: "/events", responses: [{ status: "200", contents: [events] }] },
  image: {
    id: "image",
    method: "PUT",
    path: "/image",
    body: { contents: [image] },
    responses: [{ status: "200", contents: [image] }],
  },
  empty: { id: "empty", method: "DELETE", path: "/pets/{id}", responses: [{ status: "404" }, { status: "204" }] },
  report: { id: "report", method: "GET", path: "/pets/report", responses: [{ status: "default", contents: [json, csv] }] },
  literal: { id: "literal", method: "GET", path: "/a:b/(c)*/{id}.json", responses: [{ status: "302" }] },
  own: { id: "own", method: "GET", path: "/own", servers: { a: "https://own.test/v2" }, responses: [{ status: "204" }] },
} satisfies Record<string, OperationDescriptor>;

const bytes = new Uint8Array([0, 255, 13, 10]);
const responses = {
  events: {
    200: made({
      "text/event-stream": () => ({ status: 200, contentType: "text/event-stream", body: [{ data: "a" }, { data: "b" }] }),
    }),
  },
  image: { 200: made({ "image/*": () => ({ status: 200, contentType: "image/png", body: new Blob([bytes]) }) }) },
  empty: { 404: made(() => ({ status: 404 })), 204: made(() => ({ status: 204 })) },
  report: {
    default: made({
      "application/json": () => ({ status: 200, contentType: "application/json", body: [1] }),
      "text/csv": () => ({ status: 200, contentType: "text/csv", body: "1" }),
    }),
  },
  literal: { 302: made(() => ({ status: 302 })) },
  own: { 204: made(() => ({ status: 204 })) },
};

/** A factory as a generated module has it. */
function made(plan: object): object {
  return response<{ (): unknown; readonly byMediaType: object }>(plan as never);
}

const api = createApi(operations, ["https://api.test/v1"]);
const server = setupServer(...(Object.keys(operations) as (keyof typeof operations)[]).map((name) => handlerOf(name)));

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

function handlerOf(name: keyof typeof operations, override?: unknown, options?: OneMockOptions): RequestHandler {
  const subject = { operation: operations[name], validators: {}, fixtures: { responses: responses[name] } };
  const { method, predicate, resolver, options: once } = mock(api, subject, override, options);
  return new HttpHandler(method, predicate, resolver, once);
}

it("streams items", async () => {
  const answer = await fetch("https://api.test/v1/events");
  expect(answer.headers.get("Content-Type")).toBe("text/event-stream");
  expect(await answer.text()).toBe("data: a\n\ndata: b\n\n");
  async function* slowly(): AsyncGenerator<object> {
    yield { data: "one" };
    await new Promise((resolve) => setTimeout(resolve, 10));
    yield { data: "two" };
  }
  server.use(handlerOf("events", () => ({ status: 200, body: slowly() })));
  const chunks: string[] = [];
  const { body } = await fetch("https://api.test/v1/events");
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) chunks.push(chunk);
  expect(chunks).toEqual(["data: one\n\n", "data: two\n\n"]);
});

it("carries bytes both ways", async () => {
  const answer = await fetch("https://api.test/v1/image", { method: "PUT", body: new Blob([bytes], { type: "image/png" }) });
  expect([answer.headers.get("Content-Type"), [...new Uint8Array(await answer.arrayBuffer())]]).toEqual([
    "image/png",
    [...bytes],
  ]);
  server.use(handlerOf("image", ({ body }: { readonly body: Blob }) => ({ status: 200, contentType: "image/gif", body })));
  const echo = await fetch("https://api.test/v1/image", { method: "PUT", body: new Blob(["GIF"], { type: "image/png" }) });
  expect([echo.headers.get("Content-Type"), await echo.text()]).toEqual(["image/gif", "GIF"]);
});

it("sends no body where there is none, with the first success before what is declared first", async () => {
  const answer = await fetch("https://api.test/v1/pets/7", { method: "DELETE" });
  expect([answer.status, answer.body, answer.headers.get("Content-Type")]).toEqual([204, null, null]);
});

it("answers in the media type that the caller likes best", async () => {
  const of = async (accept: string): Promise<string> =>
    (await fetch("https://api.test/v1/pets/report", { headers: { Accept: accept } })).text();
  expect([await of("application/json"), await of("text/csv"), await of("*/*")]).toEqual(["[1]", "1", "[1]"]);
});

it("takes paths to the letter, and operations at servers of their own", async () => {
  expect((await fetch("https://api.test/v1/a:b/(c)*/7.json", { redirect: "manual" })).status).toBe(302);
  expect((await fetch("https://own.test/v2/own")).status).toBe(204);
  await expect(fetch("https://api.test/v1/own")).rejects.toThrow();
});

it("leaves its request whole to the handlers that follow", async () => {
  server.resetHandlers();
  server.use(handlerOf("image", () => undefined));
  const answer = await fetch("https://api.test/v1/image", { method: "PUT", body: new Blob([bytes], { type: "image/png" }) });
  expect(answer.status).toBe(200);
});
