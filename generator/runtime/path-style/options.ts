/** What a path-style client is told: the options of openapi-fetch 0.17, under their names there. */
import type { BodyOf } from "../client/arguments.js";

/** A media type, of any kind. */
export type MediaType = `${string}/${string}`;

/** Headers by name: `null` takes one away that would be sent otherwise, a list is several values. */
export type HeadersOptions =
  | NonNullable<RequestInit["headers"]>
  | Record<string, string | number | boolean | (string | number | boolean)[] | null | undefined>;

/** The query of a URL from the query parameters, with or without `?`. */
export type QuerySerializer<Operation> = (
  query: Operation extends { parameters: { query?: infer Query } }
    ? NonNullable<Query>
    : Record<string, unknown>,
) => string;

/** The styles of queries (OpenAPI 3.1, §4.8.12.2). */
export interface QuerySerializerOptions {
  /** Of lists. Default: `form`, exploded. */
  array?: { style: "form" | "spaceDelimited" | "pipeDelimited"; explode: boolean };
  /** Of objects. Default: `deepObject`. */
  object?: { style: "form" | "deepObject"; explode: boolean };
  /** Whether values are sent as they are. Default: false, they are percent-encoded. */
  allowReserved?: boolean;
}

/** A body as `fetch` takes it, from the body of a call and the headers that it is going to be sent with. */
export type BodySerializer<Operation> = {
  // A method, so that a serializer may ask for less than all of the body's types.
  serialize(body: unknown extends Operation ? unknown : BodyOf<Operation>, headers: Headers): unknown;
}["serialize"];

/** A URL from one with placeholders, and the path parameters. */
export type PathSerializer = (pathname: string, pathParams: { readonly [name: string]: unknown }) => string;

/** How the body of a success is read; `stream` leaves it unread. */
export type ParseAs = "json" | "text" | "blob" | "arrayBuffer" | "stream";

/** The options of a client; whatever `fetch` takes beside them is sent with each request. */
export interface ClientOptions extends Omit<RequestInit, "headers"> {
  /** The URL up to the paths. Default: the first server of the document, where there is one. */
  baseUrl?: string;
  /** Default: `globalThis.fetch`, looked up at each call. */
  fetch?: (input: Request) => Promise<Response>;
  /** Default: `globalThis.Request`. */
  Request?: typeof Request;
  querySerializer?: QuerySerializer<unknown> | QuerySerializerOptions;
  bodySerializer?: BodySerializer<unknown>;
  pathSerializer?: PathSerializer;
  /** Sent with each request. */
  headers?: HeadersOptions;
  /** The second argument of `fetch`: what a Request cannot hold, such as the dispatcher of undici. */
  requestInitExt?: Record<string, unknown>;
}

/** What a middleware is told of the options of a call. */
export interface MergedOptions<Operation = unknown> {
  baseUrl: string;
  parseAs: ParseAs;
  querySerializer: QuerySerializer<Operation>;
  bodySerializer: BodySerializer<Operation>;
  pathSerializer: PathSerializer;
  fetch: typeof globalThis.fetch;
}

/** Parameters as a middleware sees them. */
export interface MiddlewareRequestParams {
  query?: Record<string, unknown>;
  header?: Record<string, unknown>;
  path?: Record<string, unknown>;
  cookie?: Record<string, unknown>;
}

/** What a middleware is called with. */
export interface MiddlewareCallbackParams {
  /** The request, as the middleware before has left it. */
  request: Request;
  /** The path as it stands in the document. */
  readonly schemaPath: string;
  readonly params: MiddlewareRequestParams;
  /** The same for everything that is called for one request. */
  readonly id: string;
  readonly options: MergedOptions;
}

type Returned<T> = void | undefined | T | Promise<void | undefined | T>;

interface Callbacks {
  /** Called in order; returns another request, or the response, which then is not asked for. */
  onRequest: (options: MiddlewareCallbackParams) => Returned<Request | Response>;
  /** Called in reverse; returns another response. */
  onResponse: (options: MiddlewareCallbackParams & { response: Response }) => Returned<Response>;
  /** Called in reverse when `fetch` throws; returns another error, or a response in its place. */
  onError: (options: MiddlewareCallbackParams & { error: unknown }) => Returned<Response | Error>;
}

/** One of the callbacks, or several. */
export type Middleware = {
  [Name in keyof Callbacks]: Pick<Callbacks, Name> & Partial<Omit<Callbacks, Name>>;
}[keyof Callbacks];
