import type { OperationDescriptor } from "../operation.js";
import type { BodyOf, LocationMember, MemberOf, Merged, ParametersIn } from "./arguments.js";
import type { Send } from "./core.js";
import { ApiError } from "./errors.js";
import type { CallOptions, CallParts } from "./options.js";
import type { Bodies } from "./types.js";

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
  GET<Path extends PathsWith<Paths, "get">["path"]>(
    path: Path,
    ...init: Init<At<Paths, Path, "get">, Shared>
  ): Answer<At<Paths, Path, "get">> {
    return this.#ask("GET", path, init);
  }

  /** Calls the PUT operation of a path. */
  PUT<Path extends PathsWith<Paths, "put">["path"]>(
    path: Path,
    ...init: Init<At<Paths, Path, "put">, Shared>
  ): Answer<At<Paths, Path, "put">> {
    return this.#ask("PUT", path, init);
  }

  /** Calls the POST operation of a path. */
  POST<Path extends PathsWith<Paths, "post">["path"]>(
    path: Path,
    ...init: Init<At<Paths, Path, "post">, Shared>
  ): Answer<At<Paths, Path, "post">> {
    return this.#ask("POST", path, init);
  }

  /** Calls the DELETE operation of a path. */
  DELETE<Path extends PathsWith<Paths, "delete">["path"]>(
    path: Path,
    ...init: Init<At<Paths, Path, "delete">, Shared>
  ): Answer<At<Paths, Path, "delete">> {
    return this.#ask("DELETE", path, init);
  }

  /** Calls the OPTIONS operation of a path. */
  OPTIONS<Path extends PathsWith<Paths, "options">["path"]>(
    path: Path,
    ...init: Init<At<Paths, Path, "options">, Shared>
  ): Answer<At<Paths, Path, "options">> {
    return this.#ask("OPTIONS", path, init);
  }

  /** Calls the HEAD operation of a path. */
  HEAD<Path extends PathsWith<Paths, "head">["path"]>(
    path: Path,
    ...init: Init<At<Paths, Path, "head">, Shared>
  ): Answer<At<Paths, Path, "head">> {
    return this.#ask("HEAD", path, init);
  }

  /** Calls the PATCH operation of a path. */
  PATCH<Path extends PathsWith<Paths, "patch">["path"]>(
    path: Path,
    ...init: Init<At<Paths, Path, "patch">, Shared>
  ): Answer<At<Paths, Path, "patch">> {
    return this.#ask("PATCH", path, init);
  }

  /** Calls the TRACE operation of a path. Most implementations of `fetch` refuse the method. */
  TRACE<Path extends PathsWith<Paths, "trace">["path"]>(
    path: Path,
    ...init: Init<At<Paths, Path, "trace">, Shared>
  ): Answer<At<Paths, Path, "trace">> {
    return this.#ask("TRACE", path, init);
  }

  /** Calls the QUERY operation of a path: safe as GET is, with a body (OpenAPI 3.2). */
  QUERY<Path extends PathsWith<Paths, "query">["path"]>(
    path: Path,
    ...init: Init<At<Paths, Path, "query">, Shared>
  ): Answer<At<Paths, Path, "query">> {
    return this.#ask("QUERY", path, init);
  }

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
    ...init: Init<At<Paths, Path, MethodKey<Method>>, Shared>
  ): Answer<At<Paths, Path, MethodKey<Method>>> {
    return this.#ask(fixed.test(method) ? method.toUpperCase() : method, path, init);
  }

  async #ask<Operation>(method: string, path: PropertyKey, init: readonly unknown[]): Answer<Operation> {
    // The public methods have checked it; here it is only handed on.
    const { params, body, contentType, ...options } = (init[0] ?? {}) as LooseInit;
    try {
      return await this.#send<{ readonly asked: Operation }, "asked">(
        this.#find(method, String(path)),
        { ...params, body, contentType },
        options,
      ).withResponse();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status < 400) throw error;
      // The body of a declared status is what the types say of it; of another, the types say nothing.
      return { error: error.body as Bodies<Operation>["error"], response: error.response };
    }
  }

  #find(method: string, path: string): OperationDescriptor {
    this.#byPath ??= new Map(
      Object.values(this.#operations).map((operation) => [
        `${operation.method} ${operation.path}`,
        operation,
      ]),
    );
    const operation = this.#byPath.get(`${method} ${path}`);
    if (operation === undefined)
      throw new globalThis.Error(`The document has no operation ${method} ${path}.`);
    return operation;
  }
}

const fixed = /^(?:get|put|post|delete|options|head|patch|trace|query)$/i;

/** The methods that OpenAPI has a field for. */
export type FixedMethod =
  "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE" | "QUERY";

/** The key of a method in `paths`. */
export type MethodKey<Method extends string> =
  Uppercase<Method> extends FixedMethod ? Lowercase<Method> : Method;

/** The paths that have an operation of a method; a member of an interface, so that a message lists them. */
export interface PathsWith<Paths, Method extends string> {
  path: { [Path in keyof Paths]: Paths[Path] extends { [M in Method]: object } ? Path : never }[keyof Paths];
}

/** The operation of a method and a path. */
export type At<Paths, Path extends keyof Paths, Method extends string> = Paths[Path] extends {
  [M in Method]: infer Operation;
}
  ? Operation
  : never;

/** What a path-style call gives: `data` of a success, or `error` of a failure. */
export type Answer<Operation> = Promise<
  | { readonly data: Bodies<Operation>["success"]; readonly error?: never; readonly response: Response }
  | { readonly data?: never; readonly error: Bodies<Operation>["error"]; readonly response: Response }
>;

/** The last argument of a path-style call: optional when nothing in it is required. */
export type Init<Operation, Shared extends string> =
  {} extends InitOf<Operation, Shared>
    ? [init?: InitOf<Operation, Shared>]
    : [init: InitOf<Operation, Shared>];

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

interface LooseInit extends CallOptions {
  readonly params?: CallParts | undefined;
  readonly body?: unknown;
  readonly contentType?: string | undefined;
}
