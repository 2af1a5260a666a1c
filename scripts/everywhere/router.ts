/**
 * The generated server of our contract, told by each request what to answer: `X-Answer` is a status as the document has it, or one of
 * `never`, `broken` (a body that breaks off) and `busy …` (503 once for each text, then the answer of the fixture).
 */
import * as fixtures from "../../generated/src/fixtures.ts";
import * as operations from "../../generated/src/operations.ts";
import type { Answer } from "../../generated/src/runtime/server/answer.ts";
import { dispatchOf, routerOf } from "../../generated/src/runtime/server/dispatch.ts";
import { createRouter, type Handlers, type Router, type RouterOptions } from "../../generated/src/server.ts";

export type OperationName = keyof typeof operations;

/** The operations of the contract, in its order. */
export const operationNames = Object.keys(operations) as readonly OperationName[];

export interface Reply {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: unknown;
}

/** What an operation answers, by the statuses that it declares. */
export function repliesOf(name: OperationName): { readonly [status: string]: () => Reply } {
  return fixtures[name].responses;
}

/** A server by the Fetch standard, of nothing but what all platforms have. */
export function answeringRouter(options: Partial<RouterOptions> = {}): Router {
  const served = new Set<string>();
  const handle =
    (name: OperationName) =>
    ({ request }: { readonly request: Request }): Reply => {
      const answer = request.headers.get("X-Answer") ?? "";
      const make = repliesOf(name)[answer] ?? Object.values(repliesOf(name))[0];
      if (make === undefined) throw new Error(`${name} declares no answer.`);
      return make();
    };
  const handlers = Object.fromEntries(operationNames.map((name) => [name, handle(name)])) as unknown as Handlers;
  const dispatch = dispatchOf(
    createRouter(handlers, {
      security: { PersonalAPIKeyAuth: ({ token }) => ({ token }), SharingAccessToken: ({ apiKey }) => ({ apiKey }) },
      ...options,
    }),
  );
  return routerOf((incoming, how) => {
    const answer = incoming.header("X-Answer") ?? "";
    if (answer === "never") return whenGone(incoming.signal);
    if (answer === "broken") return { status: 200, fields: ["Content-Type", "application/json"], body: broken() };
    if (!answer.startsWith("busy") || served.has(answer)) return dispatch(incoming, how);
    served.add(answer);
    return { status: 503, fields: ["retry-after-ms", "1"], body: null };
  });
}

// Workers answer 500 as soon as they see that nothing is waited for.
function whenGone(signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ status: 504, fields: [], body: null }), 10_000);
    signal.addEventListener("abort", () => clearTimeout(timer));
  });
}

// The head and some bytes leave before it breaks.
function broken(): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"id":'));
      setTimeout(() => controller.error(new Error("broken on purpose")), 50);
    },
  });
}

/** Lets pages of every origin ask, with all headers that they name, and read those that are exposed. */
export function withCors(router: Router, exposed: readonly string[] = []): Router {
  return async (request) => {
    const asked = request.headers.get("Access-Control-Request-Headers");
    const preflight = request.method === "OPTIONS" && request.headers.has("Access-Control-Request-Method");
    const response = preflight ? new Response(null, { status: 204 }) : await router(request);
    const headers = new Headers(response.headers);
    headers.set("Access-Control-Allow-Origin", "*");
    if (exposed.length > 0) headers.set("Access-Control-Expose-Headers", exposed.join(", "));
    if (preflight) {
      headers.set("Access-Control-Allow-Methods", request.headers.get("Access-Control-Request-Method") ?? "");
      headers.set("Access-Control-Allow-Headers", asked ?? "");
      headers.set("Access-Control-Max-Age", "600");
    }
    return new Response(response.body, { status: response.status, headers });
  };
}
