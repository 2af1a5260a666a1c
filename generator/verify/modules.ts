/** What the generated modules promise, as far as the law relies on it. */

/** A request by location. */
export interface RequestFixture {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** `operations.ts`: descriptors by the operation's name. */
export type OperationsModule = Readonly<
  Record<string, { readonly body?: { readonly required?: true; readonly contents: readonly object[] } }>
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

interface InvalidRequest {
  readonly name: string;
  readonly in: string;
  readonly pointer: string;
  readonly request: RequestFixture;
}

/** `fixtures.ts`: for each operation by its name. */
export type FixturesModule = Readonly<
  Record<
    string,
    {
      readonly request: Factory<RequestFixture> & { readonly invalid: readonly InvalidRequest[] };
      readonly responses: Readonly<Record<string, Factory<ReplyFixture>>>;
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
    readonly data?: unknown;
    readonly error?: unknown;
  }>;
  asResponse(): Promise<Response>;
}

type Router = (request: Request) => Promise<Response>;

/** `server.ts`. */
export interface ServerModule {
  createRouter(handlers: object, options: { readonly security: object; readonly onError: (error: unknown) => void }): Router;
}

/** `runtime/server/node.ts`. */
export interface NodeModule {
  serve(router: Router, options: { readonly port: number }): Promise<{ readonly url: string; close(): Promise<void> }>;
}
