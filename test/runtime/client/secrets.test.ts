import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Credential, SecuritySchemeDescriptor } from "../../../generator/runtime/client/auth.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import { redactUrl } from "../../../generator/runtime/client/redact.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { json, serve } from "./server.ts";

const operation: OperationDescriptor = {
  id: "look",
  method: "GET",
  path: "/look",
  parameters: [{ name: "access_token", in: "query" }],
  security: [{ Token: [], Header: [], Query: [], Cookie: [] }],
  responses: [{ status: "200" }, { status: "404", contents: [{ mediaType: "application/json", kind: "json" }] }],
};

const securitySchemes: { readonly [scheme: string]: SecuritySchemeDescriptor } = {
  Token: { kind: "bearer" },
  Header: { kind: "apiKey", in: "header", name: "X-Ours" },
  Query: { kind: "apiKey", in: "query", name: "ours" },
  Cookie: { kind: "apiKey", in: "cookie", name: "sid" },
};

/** Each holds the word. */
const auth: { readonly [scheme: string]: Credential } = {
  Token: "s3cret-token",
  Header: "s3cret-header",
  Query: "s3cret-query",
  Cookie: "s3cret-cookie",
};

async function failing(baseUrl: string, headers: { readonly [name: string]: string } = {}): Promise<unknown> {
  const call = createCore({ baseUrl, securitySchemes, auth: { ...auth }, headers })<PromiseLike<unknown>>(operation, {
    query: { access_token: "s3cret-parameter" },
  });
  return call.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error,
  );
}

function shown(error: unknown): string {
  const all = inspect(error, { depth: null, showHidden: true, getters: false });
  return [inspect(error), all, JSON.stringify(error), String(error)].join("\n");
}

describe("No secret is seen in a logged error", () => {
  const more = { Cookie: "a=s3cret", "X-Api-Key": "s3cret", "Proxy-Authorization": "s3cret", "X-Refresh-Token": "s3cret" };

  test("of a status", async () => {
    const { url } = await serve(json(404, { detail: "Gone." }, { "Set-Cookie": "sid=s3cret-set" }));
    const error = await failing(url, more);
    expect(error).toMatchObject({
      name: "NotFoundError",
      request: {
        method: "GET",
        url: `${url}/look?access_token=***&ours=***`,
        headers: { authorization: "***", cookie: "***", "x-ours": "***", "x-api-key": "***", accept: "application/json" },
      },
    });
    expect(inspect(error)).toContain("/look?access_token=***");
    const text = JSON.stringify(error);
    expect(JSON.parse(text)).toMatchObject({ name: "NotFoundError", message: "GET /look answered 404: Gone.", status: 404 });
    // `showHidden` walks into the raw response too, where the cookie is that was set; nobody logs that by accident.
    expect([inspect(error, { depth: null }), text, String(error)].join("\n")).not.toContain("s3cret");
  });

  test("of a status that is not declared", async () => {
    const { url } = await serve(json(401, { detail: "Who?" }));
    expect(shown(await failing(url, more))).not.toContain("s3cret");
  });

  test("of a connection that fails", async () => {
    const { url, close } = await serve(() => {});
    await close();
    const error = await failing(url, more);
    expect(error).toMatchObject({ name: "ConnectionError", request: { headers: { authorization: "***" } } });
    expect(shown(error)).not.toContain("s3cret");
  });

  test("of a key that no header can carry", async () => {
    const error = await failing("http://127.0.0.1:1", { "X-Api-Key": "s3cret\n" });
    const split = await failing("http://127.0.0.1:1", { Authorization: "Bearer s3cret\nline" });
    expect(error).toMatchObject({ name: "ConnectionError" });
    expect(split).toMatchObject({ name: "EncodeError", message: expect.stringContaining('"Authorization"') });
    expect(shown(error) + shown(split)).not.toContain("s3cret");
  });

  test("of a user and a password in the URL of the server", async () => {
    const { url } = await serve(json(404, {}));
    expect(shown(await failing(url.replace("//", "//ada:s3cret@")))).not.toContain("s3cret");
  });
});

test.each([
  ["https://ada:pw@example.com/a?b=1", "https://***@example.com/a?b=1"],
  ["https://example.com/a@b?to=c@d", "https://example.com/a@b?to=c@d"],
  ["https://example.com/?api%5Fkey=1&x=2&TOKEN=3", "https://example.com/?api%5Fkey=***&x=2&TOKEN=***"],
  ["https://example.com/?sig=1&ours=2", "https://example.com/?sig=1&ours=***"],
  ["https://example.com/?%zz=1&page_token=2", "https://example.com/?%zz=1&page_token=2"],
])("%s is shown as %s", (url, expected) => {
  expect(redactUrl(url, ["ours"])).toBe(expected);
});
