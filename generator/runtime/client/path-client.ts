import type { OperationDescriptor } from "../operation.js";
import type { BodyOf, LocationMember, MemberOf, Merged, ParametersIn } from "./arguments.js";
import type { Send } from "./caller.js";
import { ApiError } from "./errors.js";
import type { CallOptions, CallParts } from "./options.js";
import type { Bodies } from "./types.js";
import type { At, FixedMethod, MethodKey, PathsWith } from "../path-style/paths.js";

/**
 * The path style, as in openapi-fetch: an operation is called by its method and path, and a failure is returned as `error`,
 * not thrown. What the document does not declare is returned too when its status is 400 or above. Thrown are only
 * ConnectionError, TimeoutError, AbortError, EncodeError, and a success that is not as declared.
 */
export class PathClient<Paths, Shared extends string = never> {
  readonly #send: Send;
  readonly #operations: { readonly [name: string]: OperationDescriptor };
  #byPath: ReadonlyMap<string, OperationDescriptor> | undefined;

  constructor(send: Send, operations: { readonly [name: string]: OperationDescriptor }) {
    this.#send = send;
    this.#operations = operations;
  }

  /** Calls the GET operation of a path. */
  readonly GET: PathMethod<Paths, "get", Shared> = this.#method("GET");

  /** Calls the PUT operation of a path. */
  readonly PUT: PathMethod<Paths, "put", Shared> = this.#method("PUT");

  /** Calls the POST operation of a path. */
  readonly POST: PathMethod<Paths, "post", Shared> = this.#method("POST");

  /** Calls the DELETE operation of a path. */
  readonly DELETE: PathMethod<Paths, "delete", Shared> = this.#method("DELETE");

  /** Calls the OPTIONS operation of a path. */
  readonly OPTIONS: PathMethod<Paths, "options", Shared> = this.#method("OPTIONS");

  /** Calls the HEAD operation of a path. */
  readonly HEAD: PathMethod<Paths, "head", Shared> = this.#method("HEAD");

  /** Calls the PATCH operation of a path. */
  readonly PATCH: PathMethod<Paths, "patch", Shared> = this.#method("PATCH");

  /** Calls the TRACE operation of a path. Most implementations of `fetch` refuse the method. */
  readonly TRACE: PathMethod<Paths, "trace", Shared> = this.#method("TRACE");

  /** Calls the QUERY operation of a path: safe as GET is, with a body (OpenAPI 3.2). */
  readonly QUERY: PathMethod<Paths, "query", Shared> = this.#method("QUERY");

  /**
   * Calls the operation of any method and path. Methods that OpenAPI has a field for may be written in any of the two ways,
   * `get` or `GET`; those of `additionalOperations` (OpenAPI 3.2) as the document has them: `request("COPY", "/files/{id}")`.
   */
  request<
    Method extends FixedMethod | (string & {}),
    Path extends PathsWith<Paths, MethodKey<Method>>["path"],
  >(
    method: Method,
    path: Path,
    ...init: Init<Paths, Path, MethodKey<Method>, Shared>
  ): Answer<Paths, Path, MethodKey<Method>> {
    // As in `#method`.
    const answer: unknown = this.#ask(
      fixed.test(method) ? method.toUpperCase() : method,
      String(path),
      init[0],
    );
    return answer as never;
  }

  // Every call has been held to its types before; here it is only handed on. `never` may be taken for the type of any method.
  #method(name: string): never {
    const call: unknown = (path: string, init?: LooseInit) => this.#ask(name, path, init);
    return call as never;
  }

  async #ask(method: string, path: string, init: LooseInit = {}): Promise<Asked> {
    const { params, body, contentType, ...options } = init;
    try {
      const operation = this.#find(method, path);
      return await this.#send<Sent>(operation, { ...params, body, contentType }, options).withResponse();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status < 400) throw error;
      return { error: error.body, response: error.response };
    }
  }

  #find(method: string, path: string): OperationDescriptor {
    this.#byPath ??= this.#indexed();
    const operation = this.#byPath.get(`${method} ${path}`);
    if (operation === undefined)
      throw new globalThis.Error(`The document has no operation ${method} ${path}.`);
    return operation;
  }

  #indexed(): ReadonlyMap<string, OperationDescriptor> {
    const byPath = new Map<string, OperationDescriptor>();
    for (const operation of Object.values(this.#operations))
      byPath.set(`${operation.method} ${operation.path}`, operation);
    return byPath;
  }
}

const fixed = /^(?:get|put|post|delete|options|head|patch|trace|query)$/i;

/** Calls an operation of one method by its path. One type for all methods, which the compiler reads once. */
export type PathMethod<Paths, Method extends string, Shared extends string> = <
  Path extends PathsWith<Paths, Method>["path"],
>(
  path: Path,
  ...init: Init<Paths, Path, Method, Shared>
) => Answer<Paths, Path, Method>;

/** What a path-style call gives: `data` of a success, or `error` of a failure. */
export type Answer<Paths, Path, Method extends string> = Promise<
  Success<Bodies<At<Paths, Path, Method>>["success"]> | Failure<Bodies<At<Paths, Path, Method>>["error"]>
>;

interface Success<Data> {
  readonly data: Data;
  readonly error?: never;
  /** The raw response; its body has been read. */
  readonly response: Response;
}

interface Failure<Body> {
  readonly data?: never;
  readonly error: Body;
  /** The raw response; its body has been read. */
  readonly response: Response;
}

/** The last argument of a path-style call: optional when nothing in it is required. */
export type Init<Paths, Path, Method extends string, Shared extends string> = Last<
  InitAt<Paths, Path, Method, Shared>
>;

type Last<One> = {} extends One ? [init?: One] : [init: One];

// By the names of an operation, which an editor shows in place of all that the operation is.
type InitAt<Paths, Path, Method extends string, Shared extends string> = InitOf<
  At<Paths, Path, Method>,
  Shared
>;

type InitOf<Operation, Shared extends string> = CallOptions &
  MemberOf<"params", ParamsOf<Operation, Shared>> &
  BodyChoice<Operation>;

type ParamsOf<Operation, Shared extends string> = Merged<
  MemberOf<"path", Relaxed<ParametersIn<Operation, "path">, Shared>> &
    LocationMember<Operation, "query"> &
    LocationMember<Operation, "header"> &
    LocationMember<Operation, "cookie">
>;

// A parameter that the client was given once may be left out, or given anew.
type Relaxed<Parameters, Shared extends string> = {
  [Name in keyof Parameters as Name extends Shared ? never : Name]: Parameters[Name];
} & { [Name in keyof Parameters as Name extends Shared ? Name : never]?: Parameters[Name] };

type BodyChoice<Operation> = Operation extends { requestBody: { content: infer C } }
  ? {
      [MediaType in keyof C]: { readonly body: C[MediaType]; readonly contentType?: MediaType | undefined };
    }[keyof C]
  : [BodyOf<Operation>] extends [never]
    ? { readonly body?: never }
    : { readonly body?: BodyOf<Operation> | undefined; readonly contentType?: string | undefined };

/** What is used of a call here, whose types do not matter. */
interface Sent {
  withResponse(): Promise<Asked>;
}

interface Asked {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

interface LooseInit extends CallOptions {
  readonly params?: CallParts | undefined;
  readonly body?: unknown;
  readonly contentType?: string | undefined;
}
