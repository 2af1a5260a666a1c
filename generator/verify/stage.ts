/** The generated modules at work: the generated router on loopback, and the generated client in front of it. */
import type { ApiModel, Operation, SecurityScheme } from "../model/api-model.ts";
import type {
  ApiCall,
  CoreModule,
  FixturesModule,
  NodeModule,
  OperationsModule,
  RequestFixture,
  ServerModule,
} from "./modules.ts";
import type { RunnableModules } from "./transpile.ts";

/** A request by location, as it is sent and as a handler receives it. */
export type Arrival = RequestFixture;

/** What a handler returns. */
export interface Reply {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** The fixtures of one operation, laid out for proving. */
export interface OperationFixture {
  /** One for each media type of the body. */
  readonly requests: readonly Arrival[];
  /** One for each status and media type. */
  readonly replies: readonly Reply[];
  readonly invalid: readonly {
    readonly name: string;
    readonly in: string;
    readonly pointer: string;
    readonly request: Arrival;
  }[];
}

/** Client and server, facing each other. */
export interface Stage {
  fixtureOf(operation: Operation): OperationFixture | undefined;
  /** Sends a request to a handler that returns the reply. */
  exchange(operation: Operation, request: Arrival, reply: Reply): Promise<Exchange>;
  /** Sends a request that must not reach its handler. */
  refusal(operation: Operation, request: Arrival): Promise<Refusal>;
  close(): Promise<void>;
}

export interface Exchange {
  /** What the handler received; absent when it was not called. */
  readonly arrived?: Arrival;
  readonly returned: { readonly status: number; readonly contentType?: string; readonly body: unknown; readonly text: string };
  /** What the server said of a reply it would not send. */
  readonly problem?: string;
}

export interface Refusal {
  readonly status: number;
  readonly reachedHandler: boolean;
  /** The places that the answer names. */
  readonly places: readonly { readonly in: string; readonly pointer: string }[];
}

/** Starts the generated server with a handler for every operation, and makes a client for it. */
export async function startStage(model: ApiModel, modules: RunnableModules): Promise<Stage> {
  // What is imported was generated a moment ago; modules.ts says in types what the emitters promise.
  const operations = (await modules.import("operations")) as OperationsModule;
  const fixtures = (await modules.import("fixtures")) as FixturesModule;
  const { createRouter } = (await modules.import("server")) as unknown as ServerModule;
  const { serve } = (await modules.import("runtime/server/node")) as unknown as NodeModule;
  const { createCore } = (await modules.import("runtime/client/core")) as unknown as CoreModule;

  const scene: { reply?: Reply; arrived?: Arrival; problem?: string } = {};
  const handlers = Object.fromEntries(
    model.operations.map((operation) => [
      operation.name,
      async (input: Arrival) => {
        scene.arrived = input;
        return scene.reply ?? { status: 500 };
      },
    ]),
  );
  const router = createRouter(handlers, {
    security: Object.fromEntries(model.securitySchemes.map(({ key }) => [key, async () => ({ scheme: key })])),
    onError: (error) => {
      scene.problem = error instanceof Error ? error.message : String(error);
    },
  });
  const server = await serve(router, { port: 0 });
  const call = createCore({
    baseUrl: server.url,
    auth: Object.fromEntries(model.securitySchemes.map((scheme) => [scheme.key, credential(scheme)])),
    securitySchemes: Object.fromEntries(model.securitySchemes.map((scheme) => [scheme.key, schemeDescriptor(scheme)])),
    // Fixtures have every header that is declared.
    onDeprecation: null,
  });
  const descriptorOf = (operation: Operation): OperationsModule[string] => {
    const descriptor = operations[operation.name];
    if (descriptor === undefined) throw new Error(`operations.ts lacks ${operation.name}.`);
    return descriptor;
  };
  const send = (descriptor: OperationsModule[string], request: Arrival): ApiCall => {
    delete scene.arrived;
    delete scene.problem;
    return call(descriptor, request, { timeout: 30_000 });
  };
  return {
    fixtureOf: (operation) => layOut(fixtures[operation.name]),
    async exchange(operation, request, reply) {
      scene.reply = reply;
      const result = await send(descriptorOf(operation), request)
        .result()
        .catch((error: unknown) => unexpected(error));
      return {
        ...(scene.arrived === undefined ? {} : { arrived: scene.arrived }),
        ...(scene.problem === undefined ? {} : { problem: scene.problem }),
        returned: {
          status: result.status,
          ...(result.contentType === undefined ? {} : { contentType: result.contentType }),
          body: result.status < 400 ? result.data : result.error,
          text: JSON.stringify(result.error ?? result.data) ?? "",
        },
      };
    },
    async refusal(operation, request) {
      scene.reply = { status: 500 };
      const response = await send(withoutRequired(descriptorOf(operation)), request).asResponse();
      const answer = (await response.json().catch(() => ({}))) as { errors?: { in: string; pointer: string }[] };
      return { status: response.status, reachedHandler: scene.arrived !== undefined, places: answer.errors ?? [] };
    },
    close: () => server.close(),
  };
}

/** The client refuses to leave out a body that is required; here it must, so that the server can. */
function withoutRequired(descriptor: OperationsModule[string]): OperationsModule[string] {
  return descriptor.body === undefined ? descriptor : { ...descriptor, body: { contents: descriptor.body.contents } };
}

/** An answer that the document does not declare is thrown; here it is an outcome like any other. */
function unexpected(error: unknown): { status: number; contentType?: string; data?: unknown; error?: unknown } {
  if (error instanceof Error && "status" in error && typeof error.status === "number") {
    return { status: error.status, error: "body" in error ? error.body : undefined };
  }
  throw error;
}

function layOut(fixture: FixturesModule[string] | undefined): OperationFixture | undefined {
  if (fixture === undefined) return undefined;
  const { request, responses } = fixture;
  const requests = Object.values(request.byMediaType ?? {}).map((make) => make());
  const replies = Object.values(responses).flatMap((response) => {
    const media = Object.values(response.byMediaType ?? {});
    return media.length === 0 ? [response()] : media.map((make) => make());
  });
  return { requests: requests.length === 0 ? [request()] : requests, replies, invalid: request.invalid };
}

function credential(scheme: SecurityScheme): string | { readonly username: string; readonly password: string } {
  return scheme.kind === "basic" ? { username: "ada", password: "open sesame" } : "token";
}

function schemeDescriptor(scheme: SecurityScheme): object {
  switch (scheme.kind) {
    case "apiKey":
      return { kind: "apiKey", in: scheme.in, name: scheme.name };
    case "http":
      return { kind: "http", name: scheme.name };
    case "basic":
      return { kind: "basic" };
    case "mutualTLS":
      return { kind: "none" };
    case "bearer":
    case "oauth2":
    case "openIdConnect":
      return { kind: "bearer" };
  }
}
