import { afterEach } from "vitest";
import { createClient, type Client, type ClientOptions } from "../../generated/src/index.ts";
import * as operations from "../../generated/src/operations.ts";
import type { OperationDescriptor } from "../../generated/src/runtime/operation.ts";
import { serve } from "../../generated/src/runtime/server/node.ts";
import { createRouter, type Handlers, problemDetails, type RouterOptions } from "../../generated/src/server.ts";

export type OperationName = keyof typeof operations;
export const operationNames = Object.keys(operations) as readonly OperationName[];

/** A request as a handler got it. */
export interface Arrival {
  readonly name: OperationName;
  readonly path: unknown;
  readonly query: unknown;
  readonly header: unknown;
  readonly body: unknown;
  readonly request: Request;
}

/** What the generated router gives it. */
type Received = Omit<Arrival, "name" | "header"> & { readonly headers: unknown };

export interface Reply {
  readonly status: number;
  readonly contentType?: string | undefined;
  readonly headers?: object | undefined;
  readonly body?: unknown;
}

/** What a verifier was asked. */
export interface Question {
  readonly scheme: string;
  readonly secret: string;
  readonly scopes: readonly string[];
  readonly operation: OperationDescriptor;
}

export interface World {
  readonly url: string;
  readonly client: Client;
  readonly arrivals: readonly Arrival[];
  readonly questions: readonly Question[];
  readonly errors: readonly unknown[];
  /** What the handlers answer from now on. */
  answer(reply: Reply | ((arrival: Arrival) => Reply | Promise<Reply>)): void;
}

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** The emitted client and the emitted server, with HTTP between them, for the time of one test. */
export async function startWorld(client: Partial<ClientOptions> = {}, router: Partial<RouterOptions> = {}): Promise<World> {
  const arrivals: Arrival[] = [];
  const questions: Question[] = [];
  const errors: unknown[] = [];
  let next: (arrival: Arrival) => Reply | Promise<Reply> = () => ({ status: 418 });
  const handle =
    (name: OperationName) =>
    ({ path, query, headers: header, body, request }: Received): Reply | Promise<Reply> => {
      const arrival: Arrival = { name, path, query, header, body, request };
      arrivals.push(arrival);
      return next(arrival);
    };
  // The tests answer what they like, on purpose also what the types forbid.
  const handlers = Object.fromEntries(operationNames.map((name) => [name, handle(name)])) as unknown as Handlers;
  const routed = createRouter(handlers, {
    security: {
      PersonalAPIKeyAuth({ token, scopes, operation }) {
        questions.push({ scheme: "PersonalAPIKeyAuth", secret: token, scopes, operation });
        return { token };
      },
      SharingAccessToken({ apiKey, scopes, operation }) {
        questions.push({ scheme: "SharingAccessToken", secret: apiKey, scopes, operation });
        return { apiKey };
      },
    },
    onError: (error) => void errors.push(error),
    onInvalid: problemDetails,
    ...router,
  });
  const { url, close } = await serve(routed, { port: 0 });
  open.push(close);
  return {
    url,
    client: createClient({ projectId: "12345", server: url, apiKey: "phx_key", maxRetries: 0, onDeprecation: null, ...client }),
    arrivals,
    questions,
    errors,
    answer: (reply) => void (next = typeof reply === "function" ? reply : () => reply),
  };
}
