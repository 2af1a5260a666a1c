import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningServer, serve } from "../../../generator/runtime/server/node.ts";
import { createOperationRouter } from "../../../generator/runtime/server/router.ts";

interface Input {
  readonly request: Request;
  readonly signal: AbortSignal;
  readonly body: unknown;
}
const seen: { input?: Input } = {};
let server: RunningServer;

beforeAll(async () => {
  const router = createOperationRouter({
    operations: {
      put: {
        id: "put",
        method: "PUT",
        path: "/things/{id}",
        parameters: [{ name: "id", in: "path", required: true }],
        body: { contents: [{ mediaType: "application/json", kind: "json" }] },
        responses: [{ status: "200", contents: [{ mediaType: "application/json", kind: "json" }] }],
      },
    },
    validators: {},
    securitySchemes: {},
    handlers: {
      put: (input: Input) => {
        seen.input = { ...input };
        return { status: 200, body: "é" };
      },
    },
    options: undefined,
  });
  server = await serve(router, { port: 0 });
});
afterAll(() => server.close());

const answerTo = (...lines: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(server.port, "127.0.0.1", () => socket.write(lines.join("\r\n")));
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => (text += String(chunk)));
    socket.on("close", () => resolve(text)).on("error", reject);
  });

it("makes the request and its signal when they are looked at, also in a copy of the input", async () => {
  const response = await fetch(`${server.url}/things/1?a=b`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-Own": "1" },
    body: '{"a":1}',
  });
  expect([response.headers.get("content-length"), await response.json()]).toEqual(["4", "é"]);
  const { request, signal, body } = seen.input ?? {};
  expect(body).toEqual({ a: 1 });
  expect(request?.url).toBe(`${server.url}/things/1?a=b`);
  expect(request?.headers.get("x-own")).toBe("1");
  expect([request?.bodyUsed, signal?.aborted]).toEqual([true, false]);
});

it("reads paths as the URL standard does, and refuses what is no host", async () => {
  const head = ["Content-Length: 0", "Connection: close", "", ""];
  expect(await answerTo("PUT /other/../things/1 HTTP/1.1", "Host: localhost", ...head)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await answerTo("PUT /other/%2e%2e/things/1 HTTP/1.1", "Host: localhost", ...head)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await answerTo("PUT http://else.example/things/1 HTTP/1.1", "Host: localhost", ...head)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await answerTo("PUT /things/1 HTTP/1.1", "Host: a b", ...head)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await answerTo("PUT /things/1 HTTP/1.1", "Host: a/../b", ...head)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await answerTo("TRACE /things/1 HTTP/1.1", "Host: localhost", ...head)).toMatch(/^HTTP\/1\.1 501 /);
});
