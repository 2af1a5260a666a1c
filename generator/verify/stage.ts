/** The generated modules at work: the generated router on loopback, and the generated client in front of it. */
import type { ApiModel, Operation } from "../model/api-model.ts";
import type { HookFamily } from "../model/hook-families.ts";
import { securityDescriptor } from "../model/security-descriptor.ts";
import type {
  ApiCall,
  CoreModule,
  FixturesModule,
  HandlerInput,
  HooksModule,
  NodeModule,
  OperationsModule,
  RequestFixture,
  SenderModule,
  ServerModule,
  Router,
  RouterModule,
} from "./modules.ts";
import { credentialsOf } from "./client-config.ts";
import { jsonOf } from "./equal.ts";
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
  readonly returned: {
    readonly status: number;
    readonly contentType?: string;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: unknown;
    readonly text: string;
  };
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
  const descriptors = (await modules.import("operations")) as OperationsModule;
  const fixtures = (await modules.import("fixtures")) as FixturesModule;
  const { createRouter } = (await modules.import("server")) as unknown as ServerModule;
  const { createCore } = (await modules.import("runtime/client/core")) as unknown as CoreModule;
  const validators = await modules.import("operation-validators");
  const { createOperationRouter } = (await modules.import("runtime/server/router")) as unknown as RouterModule;
  const securitySchemes = Object.fromEntries(model.securitySchemes.map((scheme) => [scheme.key, securityDescriptor(scheme)]));
  return setStage({
    model,
    modules,
    fixtures,
    router: createRouter,
    alone: ({ name }, handlers, options) => {
      const operations = { [name]: ownOf(descriptors, name) };
      return createOperationRouter({ operations, validators, securitySchemes, handlers, options });
    },
    sender: (url) => {
      const call = createCore({
        baseUrl: url,
        auth: credentialsOf(model),
        securitySchemes,
        // Fixtures have every header that is declared.
        onDeprecation: null,
      });
      return (operation, request, relaxed) => {
        const descriptor = ownOf(descriptors, operation.name);
        return call(relaxed ? withoutRequired(descriptor) : descriptor, request, { timeout });
      };
    },
  });
}

/** Starts the generated receiver of webhooks or callbacks with a handler for each, and makes their sender. */
export async function startHookStage({ kind, model, hooks }: HookFamily, modules: RunnableModules): Promise<Stage> {
  const descriptors = (await modules.import(`${kind}-operations`)) as OperationsModule;
  const fixtures = (await modules.import(`${kind}-fixtures`)) as FixturesModule;
  const door = (await modules.import(`${kind}s`)) as unknown as HooksModule;
  const { createSender } = (await modules.import("runtime/hooks/sender")) as unknown as SenderModule;
  const createRouter = kind === "webhook" ? door.createWebhookRouter : door.createCallbackRouter;
  const createHookSender = kind === "webhook" ? door.createWebhookSender : door.createCallbackSender;
  if (createRouter === undefined || createHookSender === undefined) throw new Error(`${kind}s.ts lacks its doors.`);
  const paths = Object.fromEntries(hooks.map(({ name }, index) => [name, `/${kind}s/${index}`]));
  const used = new Set(hooks.flatMap(({ security }) => security.flat().map(({ scheme }) => scheme)));
  const securitySchemes = Object.fromEntries(
    model.securitySchemes.filter(({ key }) => used.has(key)).map((scheme) => [scheme.key, securityDescriptor(scheme)]),
  );
  return setStage({
    model,
    modules,
    fixtures,
    router: (handlers, options) => createRouter(handlers, { ...options, paths }),
    sender: (url) => {
      const config = { auth: credentialsOf(model), timeout };
      const send = createHookSender(config);
      const all = Object.entries(descriptors).map(([name, descriptor]) => [name, withoutRequired(descriptor)]);
      const lax = createSender(Object.fromEntries(all) as OperationsModule, { ...config, securitySchemes });
      return ({ name }, request, relaxed) => ownOf(relaxed ? lax : send, name)(`${url}${paths[name] ?? ""}`, request);
    },
  });
}

const timeout = 30_000;

interface Setting {
  readonly model: ApiModel;
  readonly modules: RunnableModules;
  readonly fixtures: FixturesModule;
  readonly router: ServerModule["createRouter"];
  /** A router that has one operation alone. */
  readonly alone?: (operation: Operation, ...rest: Parameters<ServerModule["createRouter"]>) => Router;
  /** What sends to a server at a URL; `relaxed` leaves to the other side what is required. */
  readonly sender: (url: string) => (operation: Operation, request: Arrival, relaxed: boolean) => ApiCall;
}

async function setStage({ model, modules, fixtures, router: makeRouter, alone, sender }: Setting): Promise<Stage> {
  const { serve } = (await modules.import("runtime/server/node")) as unknown as NodeModule;
  const scene: { reply?: Reply; arrived?: Arrival; problem?: string; router?: Router } = {};
  const handlers = Object.fromEntries(
    model.operations.map((operation) => [
      operation.name,
      async ({ headers, cookies, ...input }: HandlerInput) => {
        scene.arrived = { ...input, header: headers, cookie: cookies };
        return scene.reply ?? { status: 500 };
      },
    ]),
  );
  const options: Parameters<typeof makeRouter>[1] = {
    security: Object.fromEntries(model.securitySchemes.map(({ key }) => [key, async () => ({ scheme: key })])),
    onError: (error) => {
      scene.problem = error instanceof Error ? error.message : String(error);
    },
    // Whatever NODE_ENV says; the problem is told above.
    ...{ brokenReplies: "refuse", onBreach: () => undefined },
    // Every place, whatever the errors of the document say.
    onInvalid: ({ status, errors }) => ({ contentType: "application/problem+json", body: { status, errors } }),
    // What arrives is what was sent, and as much as is sent.
    bodyDefaults: false,
    limits: { bodySize: Number.MAX_SAFE_INTEGER, fields: Infinity, files: Infinity, fieldSize: Infinity },
  };
  const router = makeRouter(handlers, options);
  const server = await serve((request) => (scene.router ?? router)(request), { port: 0 });
  const sendNow = sender(server.url);
  const send: typeof sendNow = (operation, request, relaxed) => {
    delete scene.arrived;
    delete scene.problem;
    // No request reaches it beside the operation that has the same route, which is reported.
    scene.router = operation.shadowedBy === undefined ? router : (alone?.(operation, handlers, options) ?? router);
    return sendNow(operation, request, relaxed);
  };
  return {
    fixtureOf: (operation) => layOut(fixtures[operation.name]),
    async exchange(operation, request, reply) {
      scene.reply = reply;
      const result = await send(operation, request, false)
        .result()
        .catch((error: unknown) => unexpected(error));
      return {
        ...(scene.arrived === undefined ? {} : { arrived: scene.arrived }),
        ...(scene.problem === undefined ? {} : { problem: scene.problem }),
        returned: {
          status: result.status,
          ...(result.contentType === undefined ? {} : { contentType: result.contentType }),
          headers: result.headers,
          body: result.status < 400 ? result.data : result.error,
          text: jsonOf(result.error ?? result.data),
        },
      };
    },
    async refusal(operation, request) {
      scene.reply = { status: 500 };
      const response = await send(operation, request, true).asResponse();
      const answer = (await response.json().catch(() => ({}))) as { errors?: { in: string; pointer: string }[] };
      return { status: response.status, reachedHandler: scene.arrived !== undefined, places: answer.errors ?? [] };
    },
    close: () => server.close(),
  };
}

function ownOf<Value>(table: { readonly [name: string]: Value }, name: string): Value {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw new Error(`What was generated lacks ${name}.`);
  return found;
}

/** The client refuses to leave out a body that is required; here it must, so that the server can. */
function withoutRequired(descriptor: OperationsModule[string]): OperationsModule[string] {
  return descriptor.body === undefined ? descriptor : { ...descriptor, body: { contents: descriptor.body.contents } };
}

/** An answer that the document does not declare is thrown; here it is an outcome like any other. */
function unexpected(error: unknown): Awaited<ReturnType<ApiCall["result"]>> {
  if (error instanceof Error && "status" in error && typeof error.status === "number") {
    return { status: error.status, headers: {}, error: "body" in error ? error.body : undefined };
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
