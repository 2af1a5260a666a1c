import { beforeEach, expect, test, vi } from "vitest";
import type { ApiCall } from "../../../generator/runtime/client/call.ts";
import { createCore } from "../../../generator/runtime/client/core.ts";
import { logHooks, type Logger, type LogLevel } from "../../../generator/runtime/client/logger.ts";
import { withRetries } from "../../../generator/runtime/client/retry.ts";
import type { OperationDescriptor } from "../../../generator/runtime/operation.ts";
import { dropBeforeHead, misbehave, type Behaviour } from "../../support/misbehaving-server.ts";
import { json } from "./server.ts";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});

const getIt: OperationDescriptor = {
  id: "getIt",
  method: "GET",
  path: "/it",
  parameters: [{ name: "limit", in: "query" }],
  responses: [{ status: "default", contents: [{ mediaType: "application/json", kind: "json" }] }],
  security: [{ Bearer: [], Header: [], Query: [], Cookie: [] }],
};
const securitySchemes = {
  Bearer: { kind: "bearer" },
  Header: { kind: "apiKey", in: "header", name: "X-Visitor" },
  Query: { kind: "apiKey", in: "query", name: "visit" },
  Cookie: { kind: "apiKey", in: "cookie", name: "guest" },
} as const;
const auth = { Bearer: "s3cret-1", Header: "s3cret-2", Query: "s3cret-3", Cookie: "s3cret-4" };

/** What is logged of a call, one a line: the level, the message and the details. */
async function logged(level: LogLevel | undefined, ...behaviours: readonly [Behaviour, ...Behaviour[]]): Promise<string[]> {
  const lines: string[] = [];
  const write =
    (at: string) =>
    (message: string, details: object): void =>
      void lines.push(`${at} ${message} ${JSON.stringify(details)}`);
  const logger: Logger = { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
  const { url } = await misbehave(...behaviours);
  const send = createCore({
    baseUrl: url,
    attempts: withRetries,
    maxRetries: 1,
    hooks: logHooks({ level, logger }),
    securitySchemes,
    auth,
  });
  await send<ApiCall<{ getIt: object }, "getIt">>(getIt, { query: { limit: 5 } }).catch(() => undefined);
  return lines.map((line) => line.replaceAll(/\d+(?:\.\d+)?(?= ms)|(?<="duration":)[\d.]+/g, "n").replaceAll(url, "http://x"));
}

const answer = json(200, {}, { "Set-Cookie": "session=s3cret-5" });

test("A logger tells of answers, retries and failures", async () => {
  expect(await logged(undefined, json(503, {}), answer)).toEqual([
    'warn GET /it answered 503 in n ms. {"operationId":"getIt","attempt":1,"status":503,"duration":n}',
    'warn GET /it is sent again in n ms {"operationId":"getIt","attempt":1,"duration":n,"delay":0}',
    'info GET /it answered 200 in n ms. {"operationId":"getIt","attempt":2,"status":200,"duration":n}',
  ]);
  const [again, failed] = await logged("warn", dropBeforeHead);
  expect(again).toMatch(/^warn GET \/it is sent again in n ms: GET \/it got no answer: .+ \{"operationId":"getIt","attempt":1,/);
  expect(failed).toMatch(/^error GET \/it failed after n ms: .+"attempt":2,"duration":n,"error":"ConnectionError"\}$/);
});

test.each([
  ["debug", 2],
  ["info", 1],
  ["warn", 0],
  ["off", 0],
] as const)("At level %s, %i lines are logged of a call that succeeds", async (level, count) => {
  const lines = await logged(level, answer);
  expect(lines).toHaveLength(count);
});

test("Nothing secret is logged, and what is not secret is", async () => {
  const lines = await logged("debug", answer);
  expect(lines.join("\n")).not.toContain("s3cret");
  expect(lines[0]).toContain('"url":"http://x/it?limit=5&visit=***"');
  expect(lines[0]).toContain('"authorization":"***"');
  expect(lines[0]).toContain('"x-visitor":"***"');
  expect(lines[0]).toContain('"cookie":"***"');
  expect(lines[1]).toContain('"set-cookie":"***"');
  expect(lines[1]).toContain('"content-type":"application/json"');
});

test("A failure whose message holds the URL is logged without what is secret in it", async () => {
  const lines: string[] = [];
  const write = (message: string): void => void lines.push(message);
  const send = createCore({
    baseUrl: "http://x",
    attempts: withRetries,
    maxRetries: 1,
    hooks: logHooks({ logger: { debug: write, info: write, warn: write, error: write } }),
    securitySchemes,
    auth,
    fetch: (input) => Promise.reject(new TypeError(`fetch failed: ${String(input)}`)),
  });
  await send<ApiCall<{ getIt: object }, "getIt">>(getIt, { query: { limit: 5 } }).catch(() => undefined);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toContain("fetch failed: http://x/it?limit=5&visit=***");
});

test("A logger without options writes to the console", async () => {
  const info = vi.spyOn(console, "info").mockReturnValue();
  const { url } = await misbehave(answer);
  const send = createCore({ baseUrl: url, attempts: withRetries, hooks: logHooks() });
  await send<ApiCall<{ getIt: object }, "getIt">>(getIt);
  expect(info).toHaveBeenCalledOnce();
  info.mockRestore();
});
