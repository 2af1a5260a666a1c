import { expect, test } from "vitest";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { CallOptions, Validation } from "../../../generator/runtime/client/options.ts";
import { PathClient } from "../../../generator/runtime/client/path-client.ts";
import { RequestValidationError, validateOperations, validateWith } from "../../../generator/runtime/client/validation.ts";
import type { StandardSchemaV1 } from "../../../generator/runtime/standard-schema.ts";
import type { Validator } from "../../../generator/runtime/validation/validator.ts";
import { createThing, getThing, type Paths } from "./operations.ts";
import { json, serve } from "./server.ts";

/** A validator as they are compiled: of an object whose member `name` is a text, or not there. */
const named: Validator = (value, problems) => {
  const { name } = Object(value) as { readonly name?: unknown };
  if (name === undefined || typeof name === "string") return true;
  problems?.push({ pointer: "/name", message: "must be string", keyword: "type" });
  return false;
};
const validators = {
  createThing: {
    body: { "application/json": { validate: named } },
    responses: { 201: { body: { "application/json": { validate: named } } } },
  },
};

async function post(
  body: unknown,
  validation: Validation | undefined,
  options: CallOptions = {},
): Promise<{ got: unknown; sent: number }> {
  const { url, received } = await serve(json(201, { id: 1, name: 7 }));
  const send = createCore({ baseUrl: url, validation });
  const got = await Promise.resolve(send<PromiseLike<unknown>>(createThing, { body }, options)).catch((error: unknown) => error);
  return { got, sent: received.length };
}

const answers = validateOperations({ createThing }, validators);
const both = validateOperations({ createThing }, validators, { requests: true });

test("Bodies of requests are checked before they are sent, if the client is told to", async () => {
  const { got, sent } = await post({ name: 7 }, both);
  expect(got).toBeInstanceOf(RequestValidationError);
  expect(got).toMatchObject({
    name: "RequestValidationError",
    message: "The body of POST /things does not meet its schema: /name must be string",
    issues: [{ path: ["name"], message: "must be string" }],
    place: { in: "body" },
  });
  expect(sent).toBe(0);
  expect(await post({ name: 7 }, answers)).toMatchObject({ got: { name: "ValidationError" }, sent: 1 });
  // As it is sent: a member without a value is none.
  expect(await post({ name: undefined }, both, { validation: both })).toMatchObject({
    got: { name: "ValidationError" },
    sent: 1,
  });
});

test("A call has its own checks, or none", async () => {
  expect(await post({ name: 7 }, both, { validation: null })).toEqual({ got: { id: 1, name: 7 }, sent: 1 });
  expect(await post({ name: 7 }, undefined, { validation: answers })).toMatchObject({
    got: { name: "ValidationError" },
    sent: 1,
  });
  expect(await post({ name: 7 }, both, { validation: answers })).toMatchObject({ got: { name: "ValidationError" }, sent: 1 });
});

test("The path style checks too, and by schemas of any library; a form is not checked", async () => {
  const schema: StandardSchemaV1 = {
    "~standard": { version: 1, vendor: "own", validate: () => ({ issues: [{ message: "is never right" }] }) },
  };
  const places: string[] = [];
  const validation = validateWith(
    () => undefined,
    ({ operation, mediaType }) => {
      places.push(`${operation.id} ${mediaType}`);
      return schema;
    },
  );
  const { url, received } = await serve(json(201, { id: 1 }));
  const client = new PathClient<Paths>(createCore({ baseUrl: url, validation }), { getThing, createThing });
  await expect(client.POST("/things", { body: { name: "cup" } })).rejects.toThrow("it is never right");
  expect(received).toHaveLength(0);
  const { data } = await client.POST("/things", { body: { name: "cup" }, contentType: "application/x-www-form-urlencoded" });
  expect(data).toEqual({ id: 1 });
  expect(places).toEqual(["createThing application/json"]);
});
