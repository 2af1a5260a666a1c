import { expect, it } from "vitest";
import { response } from "../../../generator/runtime/fixtures/factory.ts";
import { completed, type ReplyFixtures } from "../../../generator/runtime/msw/complete.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";

const json = { mediaType: "application/json", kind: "json" } as const;
const csv = { mediaType: "text/csv", kind: "text" } as const;
const operation: OperationDescriptor = {
  id: "it",
  method: "GET",
  path: "/it",
  responses: [
    { status: "404", contents: [json] },
    { status: "200", contents: [json, csv], headers: [{ name: "X-Total" }] },
    { status: "202", contents: [json] },
    { status: "204" },
    { status: "5XX", contents: [json] },
  ],
};

/** A factory as a generated module has it. */
function made(plan: object): ReplyFixtures[string] {
  return response<ReplyFixtures[string] & { readonly byMediaType: object }>(plan as never);
}

const fixtures: ReplyFixtures = {
  200: made({
    "application/json": () => ({ status: 200, contentType: "application/json", headers: { "X-Total": 1 }, body: { id: 1 } }),
    "text/csv": () => ({ status: 200, contentType: "text/csv", headers: { "X-Total": 1 }, body: "id\n1" }),
  }),
  204: made(() => ({ status: 204 })),
  404: made({ "application/json": () => ({ status: 404, contentType: "application/json", body: { code: "none" } }) }),
  "5XX": made({ "application/json": () => ({ status: 500, contentType: "application/json", body: { code: "down" } }) }),
};

const first = (one: string): string => one;
const last = (one: string, ...others: string[]): string => others.at(-1) ?? one;

it("is the first success when nothing is told, in the media type that the caller likes best", () => {
  const reply = { status: 200, headers: { "X-Total": 1 } };
  expect(completed(operation, fixtures, {}, first)).toEqual({ ...reply, contentType: "application/json", body: { id: 1 } });
  expect(completed(operation, fixtures, {}, last)).toEqual({ ...reply, contentType: "text/csv", body: "id\n1" });
});

it("is of the media type that is told, whatever the caller likes", () => {
  expect(completed(operation, fixtures, { status: 200, contentType: "text/csv" }, first)).toMatchObject({ body: "id\n1" });
});

it("has the body that is told, leaves its media type to the server, and keeps the other headers", () => {
  expect(completed(operation, fixtures, { status: 200, body: null, headers: { "X-Page": 2 } }, first)).toEqual({
    status: 200,
    body: null,
    headers: { "X-Total": 1, "X-Page": 2 },
  });
});

it("is by its status, or the range of it", () => {
  expect(completed(operation, fixtures, { status: 404 }, first).body).toEqual({ code: "none" });
  expect(completed(operation, fixtures, { status: 503 }, first)).toMatchObject({ status: 503, body: { code: "down" } });
  expect(completed(operation, fixtures, { status: 204 }, first)).toEqual({ status: 204, headers: {} });
});

it("is the body that is told where no fixture could be made, and else names what is missing", () => {
  expect(completed(operation, fixtures, { status: 202, body: 1 }, first)).toEqual({ status: 202, body: 1, headers: {} });
  expect(() => completed(operation, fixtures, { status: 202 }, first)).toThrow(
    "No fixture could be made for 202 of it: tell its body.",
  );
  expect(() => completed(operation, undefined, {}, first)).toThrow("No fixture could be made for a response of it");
});
