/** The OpenTelemetry example of docs/client.md, run against a tracer of a few lines. */
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { beforeEach, expect, test, vi } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import type { Hooks } from "../../../generator/runtime/client/hooks.ts";
import { withRetries } from "../../../generator/runtime/client/retry.ts";
import { dropBeforeHead, misbehave } from "../../support/misbehaving-server.ts";
import { getThing, type Operations } from "./operations.ts";
import { json } from "./server.ts";

interface FakeSpan {
  readonly name: string;
  readonly attributes: { [name: string]: unknown };
  failed: boolean;
  ended: number;
}

/** The hooks of the example, and the spans that they make. */
function example(): { readonly hooks: Hooks; readonly spans: FakeSpan[] } {
  const spans: FakeSpan[] = [];
  const startSpan = (name: string, { attributes }: { attributes: FakeSpan["attributes"] }): object => {
    const span: FakeSpan = { name, attributes: { ...attributes }, failed: false, ended: 0 };
    spans.push(span);
    const handle = {
      setAttribute: (key: string, value: unknown) => {
        span.attributes[key] = value;
        return handle;
      },
      setStatus: ({ code }: { code: number }) => {
        span.failed = code === 2;
        return handle;
      },
      end: () => void (span.ended += 1),
    };
    return handle;
  };
  const api = {
    SpanKind: { CLIENT: 2 },
    SpanStatusCode: { ERROR: 2 },
    trace: { getTracer: () => ({ startSpan }), setSpan: () => "context" },
    context: { active: () => "root" },
    propagation: {
      inject: (_: string, carrier: Headers, setter: { set(carrier: Headers, name: string, value: string): void }) =>
        setter.set(carrier, "traceparent", "00-1-1-01"),
    },
  };
  const page = readFileSync(path.resolve(import.meta.dirname, "../../../docs/client.md"), "utf8");
  const block = /```ts\n(import [^\n]*@opentelemetry\/api[\s\S]*?)```/.exec(page)?.[1] ?? "";
  const code = ts.transpile(block.replace(/^const posthog = .*$/m, "return telemetry;").replace(/^import .*$/gm, ""), {
    target: ts.ScriptTarget.ES2022,
  });
  const make = new Function(...Object.keys(api), code);
  const hooks: unknown = make(...Object.values(api));
  return { hooks: hooks as Hooks, spans };
}

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});

test("Each attempt is a span with the names of the semantic conventions", async () => {
  const { hooks, spans } = example();
  const { url, received } = await misbehave(dropBeforeHead, json(503, {}), json(200, { name: "cup" }));
  const send = createCore({ baseUrl: url, attempts: withRetries, hooks });
  await send<ApiCall<Operations, "getThing">>(getThing, { path: { project_id: "1", id: "2" } });
  const { hostname, port } = new URL(url);
  const common = {
    "http.request.method": "GET",
    "url.template": "/projects/{project_id}/things/{id}",
    "url.full": `${url}/projects/1/things/2`,
    "server.address": hostname,
    "server.port": Number(port),
  };
  const name = "GET /projects/{project_id}/things/{id}";
  expect(spans).toEqual([
    { name, failed: true, ended: 1, attributes: { ...common, "error.type": "ConnectionError" } },
    {
      name,
      failed: true,
      ended: 1,
      attributes: { ...common, "http.request.resend_count": 1, "http.response.status_code": 503, "error.type": "503" },
    },
    {
      name,
      failed: false,
      ended: 1,
      attributes: { ...common, "http.request.resend_count": 2, "http.response.status_code": 200 },
    },
  ]);
  expect(received.map(({ headers }) => headers["traceparent"])).toEqual(["00-1-1-01", "00-1-1-01", "00-1-1-01"]);
});

test("A call that fails ends its last span once", async () => {
  const { hooks, spans } = example();
  const { url } = await misbehave(dropBeforeHead);
  const send = createCore({ baseUrl: url, attempts: withRetries, maxRetries: 0, hooks });
  const call = send<ApiCall<Operations, "getThing">>(getThing, { path: { project_id: "1", id: "2" } });
  await expect(call).rejects.toMatchObject({ name: "ConnectionError" });
  expect(spans).toMatchObject([{ failed: true, ended: 1, attributes: { "error.type": "ConnectionError" } }]);
});
