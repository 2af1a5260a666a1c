/** Who is let in: over real HTTP, before anything else of a request is looked at. */
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { Forbidden } from "../../../generator/runtime/server/failure.ts";
import { type RunningServer, serve } from "../../../generator/runtime/server/node.ts";
import { createOperationRouter } from "../../../generator/runtime/server/router.ts";
import type { SecurityQuestion } from "../../../generator/runtime/server/security.ts";

type Security = NonNullable<OperationDescriptor["security"]>;
const contents = [{ mediaType: "application/json", kind: "json" as const }];
const secured = (id: string, security: Security): OperationDescriptor => ({
  ...{ id, method: "POST", path: `/${id}`, security, body: { required: true, contents } },
  responses: [{ status: "200", contents }],
});
const operations: { readonly [name: string]: OperationDescriptor } = {
  either: secured("either", [{ token: ["pets:read"] }, { user: [], code: [] }]),
  both: secured("both", [{ key: [], token: ["pets:write", 'pets:"own"'] }]),
  optional: secured("optional", [{}, { key: [] }]),
  twice: secured("twice", [{ key: [], code: [] }, { key: [] }]),
  cookie: secured("cookie", [{ session: [] }, { digest: [] }]),
  mutual: secured("mutual", [{ tls: [] }]),
  open: { ...secured("open", []) },
};

let asked: string[] = [];
let received: object[] = [];
let contexts = 0;
let errors: unknown[] = [];
let server: RunningServer;

const router = createOperationRouter({
  operations,
  validators: {},
  securitySchemes: {
    token: { kind: "bearer" },
    user: { kind: "basic" },
    code: { kind: "apiKey", in: "header", name: "X-Code" },
    key: { kind: "apiKey", in: "query", name: "key" },
    session: { kind: "apiKey", in: "cookie", name: "session" },
    digest: { kind: "http", name: "Digest" },
    tls: { kind: "none" },
  },
  handlers: Object.fromEntries(
    Object.keys(operations).map((name) => [
      name,
      (input: { security: unknown }) => {
        received.push(input);
        return { status: 200, body: input.security ?? null };
      },
    ]),
  ),
  options: {
    context: () => void (contexts += 1),
    onError: (error) => void errors.push(error),
    security: {
      token: ({ token, scopes }: SecurityQuestion & { token: string }) => {
        asked.push("token");
        if (token === "reader") throw new Forbidden(`The token lacks ${scopes.join(" ")}.`);
        if (token === "broken") throw new Error("The database is away.");
        return token === "good" ? { name: "Ada", scopes } : null;
      },
      user: async ({ username, password }: { username: string; password: string }) => {
        asked.push("user");
        return password === "pä:ss" ? username : undefined;
      },
      code: ({ apiKey }: { apiKey: string }) => {
        asked.push("code");
        return apiKey === "123" ? true : undefined;
      },
      key: ({ apiKey }: { apiKey: string }) => {
        asked.push("key");
        return apiKey === "k" ? { key: apiKey } : null;
      },
      session: ({ apiKey }: { apiKey: string }) => apiKey,
      digest: ({ credentials }: { credentials: string }) => credentials,
      tls: ({ request }: SecurityQuestion) => request.headers.get("X-Client-Cert"),
    },
  },
});

beforeAll(async () => {
  server = await serve(router, { port: 0 });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  received = [];
  contexts = 0;
  errors = [];
});

const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: "{}" });
const basic = (text: string): { Authorization: string } => ({
  Authorization: `Basic ${Buffer.from(text, "utf8").toString("base64")}`,
});

describe("alternatives", () => {
  it.each<[string, string, Record<string, string>, unknown]>([
    ["the first", "/either", { Authorization: "bearer good" }, { token: { name: "Ada", scopes: ["pets:read"] } }],
    ["the second, all of it", "/either", { ...basic("Ada:pä:ss"), "X-Code": "123" }, { user: "Ada", code: true }],
    [
      "several schemes of one",
      "/both?key=k",
      { Authorization: "Bearer good" },
      { key: { key: "k" }, token: { name: "Ada", scopes: ["pets:write", 'pets:"own"'] } },
    ],
    ["nobody where anybody may", "/optional", {}, null],
    ["nobody, when the credentials are wrong", "/optional?key=x", {}, null],
    ["somebody where anybody may, as he is known", "/optional?key=k", {}, { key: { key: "k" } }],
    ["a cookie, decoded", "/cookie", { Cookie: "a=1; session=x%20y" }, { session: "x y" }],
    ["a scheme by its name in any case", "/cookie", { Authorization: "DIGEST a=b, c=d" }, { digest: "a=b, c=d" }],
    ["what only the verifier sees", "/mutual", { "X-Client-Cert": "cn=ada" }, { tls: "cn=ada" }],
    ["nothing where nothing is needed", "/open", {}, null],
  ])("let in: %s", async (_what, path, headers, security) => {
    const response = await ask(path, headers);
    expect([response.status, await response.json()]).toEqual([200, security]);
    expect(Object.hasOwn(received[0] ?? {}, "security")).toBe(true);
  });

  it("ask no verifier before all the credentials of an alternative are there, and none twice", async () => {
    await ask("/either", basic("Ada:pä:ss"));
    expect(asked).toEqual([]);
    await ask("/twice?key=k", { "X-Code": "0" });
    expect(asked).toEqual(["key", "code"]);
  });
});

describe("a refusal", () => {
  it.each<[string, string, Record<string, string>, number, string | null]>([
    [
      "no credentials, with every challenge",
      "/either",
      {},
      401,
      'Bearer realm="api", scope="pets:read", Basic realm="api", charset="UTF-8", ApiKey in="header", name="X-Code"',
    ],
    [
      "a wrong token, with its error",
      "/either",
      { Authorization: "Bearer bad" },
      401,
      'Bearer realm="api", scope="pets:read", error="invalid_token", Basic realm="api", charset="UTF-8", ApiKey in="header", name="X-Code"',
    ],
    [
      "a wrong password, and no word of a token that was not shown",
      "/either",
      { ...basic("Ada:x"), "X-Code": "123" },
      401,
      'Bearer realm="api", scope="pets:read", Basic realm="api", charset="UTF-8", ApiKey in="header", name="X-Code"',
    ],
    [
      "a token without its scopes",
      "/both?key=k",
      { Authorization: "Bearer reader" },
      403,
      'Bearer realm="api", scope="pets:write pets:\\"own\\"", error="insufficient_scope"',
    ],
    ["no client certificate", "/mutual", {}, 401, 'ClientCertificate realm="api"'],
    [
      "credentials that are no base64",
      "/either",
      { Authorization: "Basic %%%", "X-Code": "123" },
      401,
      expect.any(String) as never,
    ],
  ])("names its challenges: %s", async (_what, path, headers, status, challenge) => {
    const response = await ask(path, headers);
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([status, challenge]);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect([received, contexts]).toEqual([[], 0]);
  });

  it("is 500 when a verifier fails, and the handler is not called", async () => {
    const response = await ask("/either", { Authorization: "Bearer broken" });
    expect([response.status, received, String(errors[0])]).toEqual([500, [], "Error: The database is away."]);
  });

  it("reads nothing of the body", async () => {
    const request = new Request("http://localhost/both", {
      ...{ method: "POST", headers: { "Content-Type": "text/csv" }, body: "not JSON" },
    });
    expect((await router(request)).status).toBe(401);
    expect(request.bodyUsed).toBe(false);
  });

  it("does not wait for the body", async () => {
    const { port } = server;
    const head = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write("POST /both HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
      });
      socket.once("data", (data) => {
        resolve(data.toString("latin1"));
        socket.destroy();
      });
      socket.once("error", reject);
    });
    expect(head).toMatch(/^HTTP\/1\.1 401 /);
  });

  it("goes before what is wrong with a request", async () => {
    const response = await fetch(`${server.url}/both`, { method: "POST", headers: { "Content-Type": "text/csv" }, body: "x" });
    expect(response.status).toBe(401);
    expect((await ask("/both?key=k", { Authorization: "Bearer good", "Content-Type": "text/csv" })).status).toBe(415);
  });
});
