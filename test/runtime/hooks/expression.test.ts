import { expect, test } from "vitest";
import { evaluateExpression, resolveAddress, type CallbackSource } from "../../../generator/runtime/hooks/expression.ts";

const source: CallbackSource = {
  input: {
    path: { id: 7 },
    query: { callbackUrl: "https://client.example/hooks" },
    headers: { "x-client": "a b&c" },
    body: { url: "https://client.example/in", urls: ["https://one.example", "https://two.example"], "a/b": { "c~d": "deep" } },
    request: new Request("https://api.example/streams/7?callbackUrl=x&other=o%20o", {
      method: "POST",
      headers: { "X-Undeclared": "u" },
    }),
  },
  reply: { status: 201, headers: { Location: "/streams/8" }, body: { id: "s1" } },
};

// The table of https://spec.openapis.org/oas/v3.1.1#runtime-expressions, and what surrounds it.
test.each([
  ["$url", "https://api.example/streams/7?callbackUrl=x&other=o%20o"],
  ["$method", "POST"],
  ["$statusCode", 201],
  ["$request.path.id", 7],
  ["$request.query.callbackUrl", "https://client.example/hooks"],
  ["$request.query.other", "o o"],
  ["$request.header.X-CLIENT", "a b&c"],
  ["$request.header.x-undeclared", "u"],
  ["$request.body#/url", "https://client.example/in"],
  ["$request.body#/urls/1", "https://two.example"],
  ["$request.body#/a~1b/c~0d", "deep"],
  ["$request.body", source.input.body],
  ["$response.header.location", "/streams/8"],
  ["$response.body#/id", "s1"],
  ["$response.body#", { id: "s1" }],
  ["$request.body#/constructor", undefined],
  ["$request.body#/url/length", undefined],
  ["$request.path.toString", undefined],
  ["$response.query.x", undefined],
  ["$nothing", undefined],
  ["request.body", undefined],
])("%s", (expression, value) => {
  expect(evaluateExpression(expression, source)).toEqual(value);
});

test("an address is an expression, or a text with expressions in braces", () => {
  expect(resolveAddress("$request.body#/url", source)).toBe("https://client.example/in");
  expect(resolveAddress("{$request.query.callbackUrl}/data", source)).toBe("https://client.example/hooks/data");
  expect(resolveAddress("https://notify.example/{id}", source)).toBe("https://notify.example/{id}");
});

test("what stands within an address cannot change the rest of it", () => {
  expect(resolveAddress("https://notify.example?by={$request.header.x-client}&id={$request.path.id}", source)).toBe(
    "https://notify.example?by=a%20b%26c&id=7",
  );
});

test("an expression that leads to nothing is an error that names it", () => {
  expect(() => resolveAddress("{$request.body#/gone}", source)).toThrow(
    "The expression $request.body#/gone leads to nothing in this exchange.",
  );
  expect(() => resolveAddress("$request.body#/urls", source)).toThrow(
    "The expression $request.body#/urls leads to no text in this exchange.",
  );
});
