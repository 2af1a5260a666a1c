/** The generated servers, all behind one address, and Spector as the client that judges their answers. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ContentKind, Operation, StatusKey } from "../../../generator/model/api-model.ts";
import { shapeOf } from "../../../generator/model/shape.ts";
import { serve } from "../../../generator/runtime/server/node.ts";
import { comparable, kindOf } from "./client.ts";
import { type Api, findOperation } from "./documents.ts";
import { inputOf, typed, valueOfContent } from "./input.ts";
import { spectorProgram, specsFolder } from "./packages.ts";
import { contentOf, type MockCall, type Scenario, wirePath } from "./scenarios.ts";

type Router = (request: Request) => Promise<Response>;

/** What a handler gets, as far as it is compared. */
interface Arrived {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** What a handler gets beside it. */
interface HandlerInput extends Omit<Arrived, "header"> {
  readonly headers: Arrived["header"];
  readonly request: Request;
}

/** A call that an operation may get, and what a user of the client would have given for it. */
interface Expected {
  readonly call: MockCall;
  readonly input: Arrived;
  /** Headers that are no parameters, such as `Accept`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer of a status that the document does not declare, which a server gives by its hook for errors. */
class Undeclared extends Error {
  override readonly name = "Undeclared";
  readonly call: MockCall;

  constructor(call: MockCall) {
    super(`${call.response.status} is not declared.`);
    this.call = call;
  }
}

/**
 * Has Spector knock at the generated servers. A handler answers as the suite's mock API does, but only to a request that has arrived
 * as the values that the suite's request stands for. Returns what is wrong by scenario; a scenario that is not named is well.
 */
export async function knock(
  home: string,
  apis: readonly Api[],
  scenarios: readonly Scenario[],
): Promise<ReadonlyMap<string, string>> {
  const address = { url: "" };
  const routers = new Map<Api, Router>();
  for (const api of apis) routers.set(api, await makeRouter(api, expectedCalls(api, apis, scenarios), address));
  const server = await serve(
    async (request) => {
      const found = findOperation(apis, request.method.toLowerCase(), decodeURI(new URL(request.url).pathname));
      const router = found === undefined ? undefined : routers.get(found.api);
      return router === undefined ? new Response("no operation", { status: 404 }) : router(request);
    },
    { port: 0 },
  );
  address.url = server.url;
  try {
    return problemsIn(await run(home, server.url), scenarios);
  } finally {
    await server.close();
  }
}

function expectedCalls(api: Api, apis: readonly Api[], scenarios: readonly Scenario[]): ReadonlyMap<string, readonly Expected[]> {
  const byOperation = new Map<string, Expected[]>();
  for (const call of scenarios.filter(({ spec }) => spec === api.spec).flatMap(({ calls }) => calls)) {
    const found = findOperation(
      apis.filter((one) => one.spec === api.spec),
      call.method,
      wirePath(call),
    );
    if (found?.api !== api) continue;
    const { parts, headers } = inputOf(api.model, found.operation, call, found.texts);
    const { path = {}, query = {}, header = {}, body } = parts;
    const calls = byOperation.get(found.operation.name) ?? [];
    calls.push({ call, input: { path, query, header, body }, headers });
    byOperation.set(found.operation.name, calls);
  }
  return byOperation;
}

async function makeRouter(
  api: Api,
  calls: ReadonlyMap<string, readonly Expected[]>,
  address: { readonly url: string },
): Promise<Router> {
  // What is imported was generated a moment ago.
  const { createRouter } = (await api.modules.import("server")) as {
    createRouter(handlers: object, options: object): Router;
  };
  const handlers = api.model.operations.map((operation) => [
    operation.name,
    async ({ headers: header, ...input }: HandlerInput) => {
      const arrived = { ...input, header };
      const expected = calls.get(operation.name) ?? [];
      // The one that says most goes first: a walk starts with a request that lacks what the next ones have.
      for (const one of [...expected].sort((a, b) => weight(b) - weight(a))) {
        if (!(await covers(arrived, one))) continue;
        if (operation.responses.some(({ status }) => covered(status, one.call.response.status)))
          return replyOf(api, operation, one.call, address.url);
        throw new Undeclared(one.call);
      }
      throw new Error("The request does not arrive as what was sent.");
    },
  ]);
  const schemes = api.model.securitySchemes.map(({ key }) => [key, (credential: unknown) => accepted(credential)]);
  return createRouter(Object.fromEntries(handlers), {
    basePath: api.basePath,
    // These specs have answers that break their own schemas, to see what a client makes of them.
    brokenReplies: "refuse",
    responseCheck: /discriminator$/.test(api.spec) ? "off" : "always",
    security: Object.fromEntries(schemes),
    // The suite has an envelope and a status of its own for credentials that are not good.
    onInvalid: ({ status }: { readonly status: number }, request: Request) => {
      const refused = [...calls.values()]
        .flat()
        .find(({ call }) => request.url.endsWith(wirePath(call)) && call.response.status > 400);
      return status === 401 && refused !== undefined ? failureOf(refused.call, address.url) : undefined;
    },
    onError: (error: unknown) => (error instanceof Undeclared ? failureOf(error.call, address.url) : undefined),
  });
}

function weight({ input, headers }: Expected): number {
  return Object.keys({ ...input.query, ...input.header, ...headers }).length;
}

function covered(declared: StatusKey, status: number): boolean {
  return declared === status || declared === "default" || declared === `${String(status).charAt(0)}XX`;
}

function failureOf({ response: { status, body } }: MockCall, baseUrl: string): object {
  return { status, ...(body === undefined ? {} : { body: JSON.parse(String(contentOf(body, baseUrl))) as unknown }) };
}

/** The suite's invalid credentials say so. */
function accepted(credential: unknown): { readonly scheme: string } | undefined {
  return JSON.stringify(credential)?.includes("invalid") === true ? undefined : { scheme: "known" };
}

/** Whether what was expected has arrived; a server may add defaults to the parameters. */
async function covers(
  arrived: Arrived & Pick<HandlerInput, "request">,
  { input: expected, headers }: Expected,
): Promise<boolean> {
  for (const [name, value] of Object.entries(headers)) if (arrived.request.headers.get(name) !== value) return false;
  for (const place of ["path", "query", "header"] as const)
    for (const [name, value] of Object.entries(expected[place]))
      if (!isDeepStrictEqual(arrived[place][name], value)) return false;
  if (expected.body === undefined) return true;
  return isDeepStrictEqual(await comparable(arrived.body), await comparable(expected.body));
}

function replyOf(api: Api, operation: Operation, { request, response }: MockCall, baseUrl: string): object {
  const { status, headers = {} } = response;
  // Where the suite's data has no body and the document does, the suite's code sends back what it got.
  const echo = request?.body !== undefined && "rawContent" in request.body ? request.body : undefined;
  const body = response.body ?? (kindOf(operation, status, "application/json") === undefined ? undefined : echo);
  const declared = operation.responses.find((one) => one.status === status)?.headers ?? [];
  const values = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() !== "content-type")
    .map(([name, value]) => {
      const schema = declared.find((one) => one.name.toLowerCase() === name.toLowerCase())?.schema;
      return [name, schema === undefined ? String(value) : typed(value, shapeOf(api.model, schema))];
    });
  const kind = body === undefined ? undefined : kindOf(operation, status, body.contentType);
  return {
    status,
    ...(values.length === 0 ? {} : { headers: Object.fromEntries(values) }),
    ...(body === undefined || kind === undefined || operation.method === "head"
      ? {}
      : { body: replyBody(contentOf(body, baseUrl), kind, body.contentType), contentType: body.contentType }),
  };
}

// The suite compares bytes, and its JSON has spaces: lines that are ready are a text.
function replyBody(content: string | Uint8Array, kind: ContentKind, type: string): unknown {
  return kind === "json-lines" ? new TextDecoder().decode(Buffer.from(content)) : valueOfContent(content, kind, type);
}

async function run(home: string, url: string): Promise<string> {
  const argv = [spectorProgram(home), "knock", specsFolder(home), "--baseUrl", url];
  const said = path.join(home, "knock.txt");
  // Into a file: what it has written to a pipe when it exits is lost in part.
  const file = await open(said, "w");
  const child = spawn(process.execPath, argv, {
    cwd: home,
    stdio: ["ignore", file.fd, file.fd],
    env: { ...process.env, NO_COLOR: "1" },
  });
  // It exits with 1 when a scenario fails; what it says is what counts.
  await once(child, "exit");
  await file.close();
  return readFile(said, "utf8");
}

// A line "✓ Scenario: NAME" for each call that went well; then "✘ Scenario: NAME" for each other, and what is wrong with it.
function problemsIn(said: string, scenarios: readonly Scenario[]): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  const names = new Set(scenarios.map(({ name }) => name));
  for (const [, name = "", message = ""] of said.matchAll(/^✘ Scenario: (\S+)\n([^]*?)(?=^[✓✘] )/gm)) {
    if (!problems.has(name) && names.has(name)) problems.set(name, message.replace(/\s+/g, " ").trim());
  }
  const well = [...said.matchAll(/^✓ Scenario: (\S+)$/gm)].map(([, name]) => name);
  for (const { name, calls } of scenarios) {
    const count = well.filter((one) => one === name).length;
    if (!problems.has(name) && count !== calls.length) problems.set(name, `${count} of ${calls.length} calls are judged`);
  }
  return problems;
}
