/** What the generated modules promise, as far as the law relies on it. */
import type { RequestListener } from "node:http";

/** A request by location. */
export interface RequestFixture {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** What a handler gets of it, by the names there. */
export type HandlerInput = Omit<RequestFixture, "header" | "cookie"> & {
  readonly headers: NonNullable<RequestFixture["header"]>;
  readonly cookies: NonNullable<RequestFixture["cookie"]>;
};

/** `operations.ts`: descriptors by the operation's name. */
export type OperationsModule = Readonly<
  Record<
    string,
    {
      readonly parameters?: readonly {
        readonly name: string;
        readonly in: string;
        readonly codec?: { encode(value: unknown): unknown; decode(wire: unknown): unknown };
      }[];
      readonly body?: { readonly required?: true; readonly contents: readonly object[] };
    }
  >
>;

interface Factory<T> {
  (): T;
  readonly byMediaType?: Readonly<Record<string, () => T>>;
}

interface ReplyFixture {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** A request that is special in one place: at the edge of what is valid, or beyond it. */
export interface RequestOfNote {
  readonly name: string;
  readonly in: string;
  /** The parameter; absent for the body. */
  readonly parameter?: string;
  readonly pointer: string;
  readonly request: RequestFixture;
}

/** A reply at the edge of what is valid. */
export interface ReplyOfNote {
  readonly name: string;
  /** JSON Pointer into the reply: `/body/0/name`. */
  readonly pointer: string;
  readonly value: ReplyFixture;
}

/** `fixtures.ts`: for each operation by its name. */
export type FixturesModule = Readonly<
  Record<
    string,
    {
      readonly request: Factory<RequestFixture> & {
        /** Valid, and at the edge of it in one place: the smallest, the longest, the empty. */
        readonly edges: readonly RequestOfNote[];
        readonly invalid: readonly RequestOfNote[];
      };
      readonly responses: Readonly<Record<string, Factory<ReplyFixture> & { readonly edges: readonly ReplyOfNote[] }>>;
    }
  >
>;

/** `runtime/client/core.ts`. */
export interface CoreModule {
  createCore(config: object): Send;
}

export type Send = (operation: object, parts: RequestFixture, options?: { readonly timeout?: number }) => ApiCall;

export interface ApiCall {
  result(): Promise<{
    readonly status: number;
    readonly contentType?: string;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly data?: unknown;
    readonly error?: unknown;
  }>;
  asResponse(): Promise<Response>;
}

export type Router = (request: Request) => Promise<Response>;

/** `server.ts`. */
export interface ServerModule {
  createRouter(handlers: object, options: ServerOptions): Router;
}

/** A place that a server names when it refuses a request. */
export interface NamedPlace {
  readonly in: string;
  readonly name?: string;
  readonly pointer: string;
}

/** What a router is told. */
export interface ServerOptions {
  readonly security: object;
  readonly onError: (error: unknown) => void;
  readonly onInvalid: (failure: { readonly status: number; readonly errors: readonly NamedPlace[] }) => undefined;
  readonly brokenReplies: "refuse";
  readonly onBreach: () => void;
  readonly bodyDefaults: boolean;
  readonly limits: object;
}

type CreateHookRouter = (
  handlers: object,
  options: Parameters<ServerModule["createRouter"]>[1] & { readonly paths: object },
) => Router;
type HookSender = Readonly<Record<string, (to: string, parts: RequestFixture) => ApiCall>>;
type CreateHookSender = (options: object) => HookSender;

/** `webhooks.ts`, or `callbacks.ts`. */
export interface HooksModule {
  readonly createWebhookRouter?: CreateHookRouter;
  readonly createCallbackRouter?: CreateHookRouter;
  readonly createWebhookSender?: CreateHookSender;
  readonly createCallbackSender?: CreateHookSender;
}

/** `runtime/hooks/sender.ts`. */
export interface SenderModule {
  createSender(operations: OperationsModule, config: object): HookSender;
}

/** `runtime/server/router.ts`. */
export interface RouterModule {
  createOperationRouter(parts: {
    readonly operations: OperationsModule;
    readonly validators: object;
    readonly securitySchemes: object;
    readonly handlers: object;
    readonly options: Parameters<ServerModule["createRouter"]>[1];
  }): Router;
}

/** `runtime/server/node.ts`. */
export interface NodeModule {
  toNodeHandler(router: Router): RequestListener;
}
