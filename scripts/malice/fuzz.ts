/**
 * Fuzzes the generated server of a document over HTTP: valid requests, spoiled in every part. It must never answer 500 and never hang,
 * and whatever reaches a handler must be valid by Ajv, which knows nothing of our validators.
 */
import path from "node:path";
import * as fc from "fast-check";
import { resolveConfig } from "../../generator/config.ts";
import type { ApiModel, Operation } from "../../generator/model/api-model.ts";
import { securityDescriptor } from "../../generator/model/security-descriptor.ts";
import { generate, understand } from "../../generator/pipeline.ts";
import type { GeneratedFile } from "../../generator/output/render.ts";
import { judgeOf } from "../../test/spec/contract.ts";
import { type RawRequest, sendRaw, spoiled } from "./raw.ts";
import { makeRunnable, type Runnable } from "./runnable.ts";

/** How an operation has stood it. */
export interface Fuzzed {
  readonly operation: Operation;
  readonly sent: number;
  /** How many of them have reached a handler. */
  readonly accepted: number;
  /** The first that is wrong, in words. */
  readonly failure: string | undefined;
}

/** How much is tried for each operation. */
export interface FuzzOptions {
  readonly runs: number;
  readonly seed?: number;
  /** Changes what was generated before it runs: a test of the fuzz itself breaks it on purpose. */
  readonly alter?: (file: GeneratedFile) => GeneratedFile;
}

/** Generates from a document and fuzzes each of its operations, one after the other. */
export async function* fuzz(spec: string, options: FuzzOptions): AsyncGenerator<Fuzzed> {
  const config = {
    ...(await resolveConfig(path.dirname(spec), { spec, emit: ["client", "server", "fixtures"] })),
    roots: [path.dirname(spec)],
  };
  const { files = [], model } = await generate(config);
  const { document } = await understand(config);
  if (model === undefined || document === undefined) throw new Error(`${spec} has errors.`);
  const modules = await makeRunnable(options.alter === undefined ? files : files.map(options.alter));
  try {
    const field = await enterField(model, judgeOf(document.root, "request"), modules);
    try {
      for (const operation of model.operations) yield await fuzzOperation(operation, field, options);
    } finally {
      await field.close();
    }
  } finally {
    await modules.remove();
  }
}

interface Field {
  readonly port: number;
  /** The valid requests of an operation, one for each media type of its body; none where the document contradicts itself. */
  requestsOf(operation: Operation): Promise<readonly RawRequest[]>;
  /** What is wrong with what has happened since it was asked last, and how many requests have reached a handler. */
  report(): { readonly wrong: readonly string[]; readonly accepted: number };
  close(): Promise<void>;
}

async function fuzzOperation(operation: Operation, field: Field, { runs, seed }: FuzzOptions): Promise<Fuzzed> {
  let sent = 0;
  let accepted = 0;
  let failure: string | undefined;
  for (const base of await field.requestsOf(operation)) {
    const attempt = async (request: RawRequest): Promise<void> => {
      sent += 1;
      const status = await sendRaw(field.port, request);
      const { wrong, accepted: more } = field.report();
      accepted += more;
      if (wrong.length > 0) throw new Error(wrong.join("\n"));
      if (status >= 500 && more === 0) throw new Error(`answered ${status}`);
    };
    try {
      await attempt(base);
      await fc.assert(fc.asyncProperty(spoiled(base), attempt), { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
    } catch (error) {
      failure ??=
        error instanceof Error
          ? `${error.message}${error.cause instanceof Error ? `\n${error.cause.message}` : ""}`
          : String(error);
    }
  }
  return { operation, sent, accepted, failure };
}

/** What the generated modules promise, as far as this relies on it. */
interface Modules {
  createCore(config: object): (operation: object, parts: object) => { asResponse(): Promise<Response> };
  createRouter(handlers: object, options: object): (request: Request) => Promise<Response>;
  serve(router: unknown, options: { readonly port: number }): Promise<{ readonly port: number; close(): Promise<void> }>;
}
type Make = (() => { readonly status?: number }) & { readonly byMediaType?: Readonly<Record<string, () => object>> };
type Fixtures = Readonly<
  Record<string, { readonly request: Make; readonly responses: Readonly<Record<string, Make>> } | undefined>
>;

async function enterField(model: ApiModel, judge: ReturnType<typeof judgeOf>, modules: Runnable): Promise<Field> {
  const door = {
    ...(await modules.import("runtime/client/core")),
    ...(await modules.import("server")),
    ...(await modules.import("runtime/server/node")),
  } as unknown as Modules;
  const operations = (await modules.import("operations")) as Readonly<Record<string, object>>;
  const fixtures = (await modules.import("fixtures")) as unknown as Fixtures;
  let wrong: string[] = [];
  let accepted = 0;
  const handlers = model.operations.map((operation) => {
    const replies = Object.values(fixtures[operation.name]?.responses ?? {});
    const fine = replies.find((make) => String(make().status).startsWith("2")) ?? replies[0];
    return [
      operation.name,
      (input: object) => {
        accepted += 1;
        wrong.push(...problemsOf(operation, input, judge));
        return fine?.() ?? { status: 204 };
      },
    ] as const;
  });
  const router = door.createRouter(Object.fromEntries(handlers), {
    security: Object.fromEntries(model.securitySchemes.map(({ key }) => [key, () => ({ key })])),
    onError: (error: unknown) => void wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    onBreach: () => undefined,
    responseCheck: "off",
    readOnly: "accept",
  });
  const server = await door.serve(router, { port: 0 });
  return {
    port: server.port,
    requestsOf: (operation) => captured(model, door, operations[operation.name], fixtures[operation.name]?.request),
    report() {
      const found = { wrong, accepted };
      wrong = [];
      accepted = 0;
      return found;
    },
    close: () => server.close(),
  };
}

/** What the generated client sends for the fixtures of an operation. */
async function captured(
  model: ApiModel,
  { createCore }: Modules,
  operation: object | undefined,
  make: Make | undefined,
): Promise<RawRequest[]> {
  if (operation === undefined || make === undefined) return [];
  const requests: RawRequest[] = [];
  const call = createCore({
    baseUrl: "http://127.0.0.1",
    auth: Object.fromEntries(
      model.securitySchemes.map(({ key, kind }) => [key, kind === "basic" ? { username: "ada", password: "x" } : "token"]),
    ),
    securitySchemes: Object.fromEntries(model.securitySchemes.map((scheme) => [scheme.key, securityDescriptor(scheme)])),
    onDeprecation: null,
    fetch: async (url: string | URL, init: RequestInit) => {
      const request = new Request(url, init);
      const { pathname, search } = new URL(request.url);
      const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
      requests.push({ method: request.method, target: `${pathname}${search}`, headers: [...request.headers], body });
      return new Response(null, { status: 204 });
    },
  });
  const makers = Object.values(make.byMediaType ?? {});
  for (const each of makers.length === 0 ? [make] : makers) await call(operation, each()).asResponse();
  return requests;
}

function problemsOf(operation: Operation, input: object, judge: ReturnType<typeof judgeOf>): readonly string[] {
  const places = { path: "path", query: "query", querystring: "query", header: "headers", cookie: "cookies" } as const;
  const found: string[] = [];
  const look = (what: string, schema: unknown, value: unknown): void => {
    const problem = judge(schema, plain(value));
    if (problem !== undefined)
      found.push(`${what} reached the handler of ${operation.name} as ${JSON.stringify(plain(value))}: ${problem}`);
  };
  for (const { in: place, name, schema, required } of operation.parameters) {
    const values = Reflect.get(input, places[place]) as object;
    if (Object.hasOwn(values, name)) look(`${place} ${name}`, schema, Reflect.get(values, name));
    else if (required) found.push(`${place} ${name} is required, and missing`);
  }
  const contentType: unknown = Reflect.get(input, "contentType");
  if (contentType === undefined && operation.body?.required === true) found.push("The body is required, and missing.");
  const content = operation.body?.contents.find(({ mediaType }) => mediaType === contentType);
  if (content?.schema !== undefined && content.kind !== "binary") look("the body", content.schema, Reflect.get(input, "body"));
  return found;
}

/** Decoded values as JSON has them. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Blob) return "bytes";
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}
