import { afterAll, beforeAll, expect, it } from "vitest";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { type RunningServer, serve } from "../../../generator/runtime/server/node.ts";
import { createOperationRouter } from "../../../generator/runtime/server/router.ts";
import type { Validator } from "../../../generator/runtime/validation/validator.ts";

const oneOf =
  (...values: readonly string[]): Validator =>
  (value, problems) => {
    if (values.some((one) => one === value)) return true;
    problems?.push({ pointer: "", keyword: "enum", message: `must be one of ${values.join(", ")}` });
    return false;
  };

const responses: OperationDescriptor["responses"] = [
  { status: "200", contents: [{ mediaType: "application/json", kind: "json" }] },
];
const operations: { readonly [name: string]: OperationDescriptor } = {
  greet: {
    id: "greet",
    method: "GET",
    path: "/greet",
    parameters: [
      { name: "Accept-Language", in: "header" },
      { name: "user-agent", in: "header" },
      { name: "X-Mood", in: "header" },
    ],
    responses,
  },
  strict: {
    id: "strict",
    method: "GET",
    path: "/strict",
    parameters: [{ name: "Accept-Language", in: "header", required: true }],
    responses,
  },
};
const language = { validate: oneOf("pt-BR", "fr"), shape: "string" } as const;

let server: RunningServer;
beforeAll(async () => {
  const echo = async ({ headers }: { readonly headers: object }): Promise<object> => ({
    status: 200,
    contentType: "application/json",
    body: headers,
  });
  const router = createOperationRouter({
    operations,
    validators: {
      greet: {
        header: {
          "Accept-Language": { ...language, default: "pt-BR" },
          "user-agent": { validate: (value) => value === 7, shape: "integer" },
          "X-Mood": { validate: oneOf("good"), shape: "string" },
        },
      },
      strict: { header: { "Accept-Language": language } },
    },
    securitySchemes: {},
    handlers: { greet: echo, strict: echo },
    options: {},
  });
  server = await serve(router, { port: 0 });
});
afterAll(() => server.close());

const ask = async (path: string, headers: Record<string, string> = {}): Promise<unknown> => {
  const response = await fetch(`${server.url}${path}`, { headers });
  return response.status === 200 ? await response.json() : response.status;
};

it("takes what fetch says by itself of an optional header for nothing, where the document does not allow it", async () => {
  expect(await ask("/greet")).toEqual({ "Accept-Language": "pt-BR" });
  expect(await ask("/greet", { "Accept-Language": "en-GB,en;q=0.5" })).toEqual({ "Accept-Language": "pt-BR" });
});

it("reads it where the document allows it", async () => {
  expect(await ask("/greet", { "Accept-Language": "fr", "User-Agent": "7" })).toEqual({
    "Accept-Language": "fr",
    "user-agent": 7,
  });
});

it("refuses it where it is required, and what no platform sends", async () => {
  expect(await ask("/strict")).toBe(400);
  expect(await ask("/strict", { "Accept-Language": "fr" })).toEqual({ "Accept-Language": "fr" });
  expect(await ask("/greet", { "X-Mood": "bad" })).toBe(400);
});
