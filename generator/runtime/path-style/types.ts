/**
 * From `paths` to what a path-style client takes and gives: the inference of openapi-fetch 0.17, and `status`. All of it is lazy, so
 * that a path which nobody calls costs the compiler little.
 */
import type { BodyOf } from "../client/arguments.js";
import type { ErrorKey, Responses, StatusOf, SuccessKey } from "../client/types.js";
import type {
  BodySerializer,
  ClientOptions,
  HeadersOptions,
  MediaType,
  Middleware,
  MiddlewareRequestParams,
  ParseAs,
  PathSerializer,
  QuerySerializer,
  QuerySerializerOptions,
} from "./options.js";
import type { Readable, Writable } from "./markers.js";
import type { At, FixedMethod, MethodKey, PathsWith } from "./paths.js";

/**
 * A client of the paths of a document. `Media` are the media types of answers that it asks for; `Marked` says whether `paths` have the
 * markers of openapi-typescript.
 */
export interface Client<
  Paths extends {},
  Media extends MediaType = MediaType,
  Marked extends boolean = true,
> {
  /** Calls the GET operation of a path. */
  GET: ClientMethod<Paths, "get", Media, Marked>;
  /** Calls the PUT operation of a path. */
  PUT: ClientMethod<Paths, "put", Media, Marked>;
  /** Calls the POST operation of a path. */
  POST: ClientMethod<Paths, "post", Media, Marked>;
  /** Calls the DELETE operation of a path. */
  DELETE: ClientMethod<Paths, "delete", Media, Marked>;
  /** Calls the OPTIONS operation of a path. */
  OPTIONS: ClientMethod<Paths, "options", Media, Marked>;
  /** Calls the HEAD operation of a path. */
  HEAD: ClientMethod<Paths, "head", Media, Marked>;
  /** Calls the PATCH operation of a path. */
  PATCH: ClientMethod<Paths, "patch", Media, Marked>;
  /** Calls the TRACE operation of a path. Most implementations of `fetch` refuse the method. */
  TRACE: ClientMethod<Paths, "trace", Media, Marked>;
  /** Calls the QUERY operation of a path: safe as GET is, with a body (OpenAPI 3.2). */
  QUERY: ClientMethod<Paths, "query", Media, Marked>;
  /** Calls the operation of any method, `get` or `GET`; those of `additionalOperations` as the document has them. */
  request: ClientRequestMethod<Paths, Media, Marked>;
  /** Adds middlewares, after those that are there. Throws an Error for one without a callback. */
  use(...middleware: Middleware[]): void;
  /** Takes middlewares away. */
  eject(...middleware: Middleware[]): void;
}

/** Calls an operation of one method by its path. */
export type ClientMethod<Paths, Method extends string, Media extends MediaType, Marked extends boolean> = <
  Path extends PathsWith<Paths, Method>["path"],
  Options extends MaybeOptionalInit<At<Paths, Path, Method>, Marked>,
>(
  path: Path,
  ...init: InitParam<Options>
) => Promise<Answers<At<Paths, Path, Method>, Options, Media, Marked>["any"]>;

/** Calls an operation of any method by its path. */
export type ClientRequestMethod<Paths, Media extends MediaType, Marked extends boolean> = <
  Method extends FixedMethod | Lowercase<FixedMethod> | (string & {}),
  Path extends PathsWith<Paths, MethodKey<Method>>["path"],
  Options extends MaybeOptionalInit<At<Paths, Path, MethodKey<Method>>, Marked>,
>(
  method: Method,
  path: Path,
  ...init: InitParam<Options>
) => Promise<Answers<At<Paths, Path, MethodKey<Method>>, Options, Media, Marked>["any"]>;

/** What `fetch` is told of a call, and how the call differs from others. */
export interface CallOptions<Operation> extends Omit<RequestInit, "body" | "headers" | "method"> {
  /** In place of the client's. */
  baseUrl?: string;
  querySerializer?: QuerySerializer<Operation> | QuerySerializerOptions;
  bodySerializer?: BodySerializer<Operation>;
  pathSerializer?: PathSerializer;
  /** How the body of a success is read. Default: as the document says; JSON where it says nothing. */
  parseAs?: ParseAs;
  fetch?: ClientOptions["fetch"];
  Request?: ClientOptions["Request"];
  headers?: HeadersOptions;
  /** Called after the client's. */
  middleware?: Middleware[];
}

/** The options of a call. */
export type FetchOptions<Operation, Marked = false> = CallOptions<Operation> &
  ParamsOption<Operation> &
  RequestBodyOption<Operation, Marked>;

/** The parameters by location; required when one of them is. */
export type ParamsOption<Operation> = Operation extends { parameters: infer Parameters }
  ? {} extends Parameters
    ? { params?: Parameters }
    : { params: Parameters }
  : { params?: { query?: Record<string, unknown> } };

/** The body of any of the media types; required when it is in the document. */
export type RequestBodyOption<Operation, Marked = false> = unknown extends Operation
  ? { body?: unknown }
  : [BodyOf<Operation>] extends [never]
    ? { body?: never }
    : Operation extends { requestBody: object }
      ? { body: Written<BodyOf<Operation>, Marked> }
      : { body?: Written<BodyOf<Operation>, Marked> };

type Written<Body, Marked> = Marked extends true ? Writable<Body> : Body;
type Read<Body, Marked> = Marked extends true ? Readable<Body> : Body;

/** The options of a call, or nothing where none is required. */
export type MaybeOptionalInit<Operation, Marked = false> =
  {} extends FetchOptions<Operation, Marked>
    ? FetchOptions<Operation, Marked> | undefined
    : FetchOptions<Operation, Marked>;

/** The argument. Other members are let through once all is inferred: an extended `fetch` may know them. */
export type InitParam<Options> =
  {} extends NonNullable<Options>
    ? [init?: Options & { [name: string]: unknown }]
    : [init: Options & { [name: string]: unknown }];

/** What a call resolves to: `data` of a success or `error` of a failure, told apart by `status` too. */
export type FetchResponse<Operation, Options, Media extends MediaType = MediaType, Marked = false> = Answers<
  Operation,
  Options,
  Media,
  Marked
>["any"];

/** The answers of an operation. A member of an interface, so that an editor shows them and not the way to them. */
export interface Answers<Operation, Options, Media extends MediaType, Marked> {
  any:
    SuccessOf<Responses<Operation>, Options, Media, Marked> | FailureOf<Responses<Operation>, Media, Marked>;
}

type SuccessOf<R, Options, Media, Marked> = [SuccessKey<keyof R>] extends [never]
  ? Success<number, unknown>
  : {
      [Key in SuccessKey<keyof R>]: Success<
        StatusOf<Key, keyof R>,
        ParsedAs<Read<ContentOf<R[Key], Media>, Marked>, Options>
      >;
    }[SuccessKey<keyof R>];

type FailureOf<R, Media, Marked> = [ErrorKey<keyof R>] extends [never]
  ? Failure<number, never>
  : {
      [Key in ErrorKey<keyof R>]: Failure<StatusOf<Key, keyof R>, Read<ContentOf<R[Key], Media>, Marked>>;
    }[ErrorKey<keyof R>];

interface Success<Status, Data> {
  status: Status;
  data: Data;
  error?: never;
  response: Response;
}

interface Failure<Status, Body> {
  status: Status;
  data?: never;
  error: Body;
  response: Response;
}

type ContentOf<R, Media> = R extends { content: infer Content extends object }
  ? [keyof Content & Media] extends [never]
    ? Content[keyof Content]
    : Content[keyof Content & Media]
  : undefined;

type ParsedAs<Data, Options> = Options extends { parseAs: infer As extends ParseAs }
  ? Parsed<Data>[As]
  : Data;

interface Parsed<Data> {
  json: Data;
  text: string;
  blob: Blob;
  arrayBuffer: ArrayBuffer;
  stream: Response["body"];
}

/** The data of a success, by the type of a client, a method and a path. */
export type MethodResponse<
  Made,
  Method extends Lowercase<FixedMethod>,
  Path extends ClientPathsWithMethod<Made, Method>,
  Options = {},
> =
  Made extends Client<infer Paths, infer Media, infer Marked>
    ? NonNullable<FetchResponse<At<Paths, Path, Method>, Options, Media, Marked>["data"]>
    : never;

/** The paths of a client that have an operation of a method. */
export type ClientPathsWithMethod<Made, Method extends Lowercase<FixedMethod>> =
  Made extends Client<infer Paths, infer _Media, infer _Marked> ? PathsWith<Paths, Method>["path"] : never;

/** The options of any call, once its types are held to. */
export interface AnyOptions extends CallOptions<unknown> {
  params?: MiddlewareRequestParams;
  body?: unknown;
}

/** What any call resolves to. */
export type AnyResponse = Success<number, unknown> | Failure<number, unknown>;
