/**
 * What the generated client does against the generated server, wherever `fetch` is: every operation with every answer that it declares,
 * in each style, and what goes wrong. Nothing here is of one platform.
 */
import { createClient, errors, type Client, type ClientOptions } from "../../generated/src/index.ts";
import * as operations from "../../generated/src/operations.ts";
import { createClient as createPathsClient } from "../../generated/src/paths-client.ts";
import { createValidation } from "../../generated/src/validation.ts";
import { ways } from "../../test/live/operations.ts";
import { answeringRouter, operationNames, repliesOf, type OperationName } from "./router.ts";

/** What came of it. */
export interface Smoke {
  /** How many calls were made. */
  readonly calls: number;
  /** What was not as it must be, in words. */
  readonly problems: readonly string[];
}

/** Calls the server at a URL, over HTTP. */
export function smokeOverHttp(server: string): Promise<Smoke> {
  return smoke({ server });
}

/** Calls a server that runs here too: the router handed to the client as its `fetch`. */
export function smokeInProcess(): Promise<Smoke> {
  const router = answeringRouter();
  return smoke({ server: "http://in.process", fetch: (url, init) => router(new Request(url, init)) });
}

type Options = Pick<ClientOptions, "server" | "fetch">;

async function smoke(options: Options): Promise<Smoke> {
  const problems: string[] = [];
  let calls = 0;
  const attempt = async (name: string, work: () => Promise<void>): Promise<void> => {
    calls += 1;
    try {
      await work();
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
    }
  };
  const answering = (answer: string, more: Partial<ClientOptions> = {}): Client =>
    createClient({
      projectId: "12345",
      apiKey: "phx_key",
      maxRetries: 0,
      onDeprecation: null,
      validation: createValidation(),
      headers: { "X-Answer": answer },
      ...options,
      ...more,
    });
  for (const operation of operationNames) {
    for (const [answer, make] of Object.entries(repliesOf(operation))) {
      const { status: wantedStatus, body: wantedBody } = make();
      const wanted = { status: wantedStatus, body: wantedBody };
      await attempt(`${operation} ${answer} by resource`, async () => {
        const { status, data, error } = await ways[operation].resource(answering(answer)).result();
        same({ status, body: status < 400 ? data : error }, wanted);
      });
      await attempt(`${operation} ${answer} by path`, async () => {
        const { response, data, error } = await ways[operation].path(answering(answer));
        same({ status: response.status, body: response.ok ? data : error }, wanted);
      });
      await attempt(`${operation} ${answer} by the path style alone`, async () => {
        const { response, data, error } = await byPath(operation, answer, options);
        same({ status: response.status, body: response.ok ? data : error }, wanted);
      });
    }
  }
  const ask = (client: Client, signal?: AbortSignal): Promise<unknown> => client.query.retrieve("q", {}, { signal }).then();
  await attempt("an error by its status", () => throwing(ask(answering("404")), errors.NotFoundError));
  // The key is looked for in the environment, which Deno shows to nobody without a permission.
  await attempt("no key", () => throwing(ask(answering("200", { apiKey: undefined })), errors.AuthenticationError));
  await attempt("a body that breaks off", () => throwing(ask(answering("broken")), errors.ConnectionError));
  await attempt("a timeout", () => throwing(ask(answering("never", { timeout: 50 })), errors.TimeoutError));
  await attempt("an abort", async () => {
    const controller = new AbortController();
    const call = ask(answering("never"), controller.signal);
    controller.abort();
    await throwing(call, errors.AbortError);
  });
  await attempt("a retry", async () => {
    const retries: number[] = [];
    const hooks = { onRetry: ({ attempt: count }: { readonly attempt: number }) => void retries.push(count) };
    await ask(answering(`busy ${crypto.randomUUID()}`, { maxRetries: 2, hooks }));
    same(retries, [1]);
  });
  return { calls, problems };
}

interface Answer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

function byPath(name: OperationName, answer: string, { server = "", fetch }: Options): Promise<Answer> {
  const client = createPathsClient({
    baseUrl: server,
    headers: { "X-Answer": answer, Authorization: "Bearer phx_key" },
    ...(fetch === undefined ? {} : { fetch: async (request: Request) => fetch(request.url, await initOf(request)) }),
  });
  // Each operation has types of its own; here any of them is called.
  const request = client.request as unknown as (method: string, path: string, options: object) => Promise<Answer>;
  const { body, ...params } = ways[name].request as { readonly body?: unknown };
  return request(operations[name].method.toLowerCase(), operations[name].path, { params, body });
}

async function initOf({ method, headers, body }: Request): Promise<RequestInit> {
  return { method, headers, ...(body === null ? {} : { body: await new Response(body).text() }) };
}

async function throwing(call: Promise<unknown>, kind: Function): Promise<void> {
  const error: unknown = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof kind)) throw new Error(`${String(error)} instead of ${kind.name}`);
}

function same(got: unknown, wanted: unknown): void {
  const texts = [got, wanted].map((value) => JSON.stringify(sorted(value)));
  if (texts[0] !== texts[1]) throw new Error(`${texts[0]?.slice(0, 200)} instead of ${texts[1]?.slice(0, 200)}`);
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
