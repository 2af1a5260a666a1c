import type { OperationDescriptor } from "../operation.js";
import type { OperationValidators } from "../validation/operation-validators.js";
import { type Failure, type FailureReply, failureResponse } from "./failure.js";
import { readRequest } from "./read-request.js";
import { type Reply, reply } from "./reply.js";
import { admit, type Guard, type SecuritySchemeDescriptor } from "./security.js";
import { writeReply } from "./write-reply.js";

/** What can be chosen for every router, whatever its operations. */
export interface BaseRouterOptions {
  /** What stands before the paths of the document, such as `/v1`. Default: nothing. */
  readonly basePath?: string;
  /** Whether replies are checked against their schemas. Default: true. */
  readonly validateReplies?: boolean;
  /** Answers a refused request in the API's own envelope. Default, and when it returns `undefined`: problem details (RFC 9457). */
  readonly onInvalid?: (
    failure: Failure,
    request: Request,
  ) => FailureReply | undefined | Promise<FailureReply | undefined>;
  /**
   * Is told what a handler, a hook or `context` threw, and the ReplyError of a reply that breaks the contract. It may answer in the
   * API's own envelope. Default: 500 with problem details that say nothing of the error.
   */
  readonly onError?: (
    error: unknown,
    request: Request,
    operation: OperationDescriptor | undefined,
  ) => FailureReply | undefined | void | Promise<FailureReply | undefined | void>;
}

/** Operations and all that serves them. The generated `createRouter` gives it in types. */
export interface RouterParts {
  readonly operations: { readonly [name: string]: OperationDescriptor };
  readonly validators: { readonly [name: string]: OperationValidators };
  readonly securitySchemes: { readonly [scheme: string]: SecuritySchemeDescriptor };
  /** By the names of the operations. */
  readonly handlers: object;
  readonly options:
    | (BaseRouterOptions & {
        readonly security?: object;
        readonly context?: (request: Request) => unknown;
      })
    | undefined;
}

/** An operation and who answers it. */
export interface Route {
  readonly operation: OperationDescriptor;
  readonly validators: OperationValidators;
  readonly handler: (input: object) => unknown;
}

/** The way from a request, whose operation is known, to its response. */
export interface Responder {
  /** Throws an Error when the operation has no handler. */
  route(name: string): Route;
  respond(request: Request, route: Route, texts: { readonly [name: string]: string }): Promise<Response>;
  /** Refuses a request. */
  fail(
    status: Failure["status"],
    detail: string,
    request: Request,
    rest?: Partial<Failure>,
  ): Promise<Response>;
  /** Answers a request that something was thrown over. It never rejects. */
  crash(error: unknown, request: Request, operation: OperationDescriptor | undefined): Promise<Response>;
}

/** Makes the responder of some operations. Throws an Error when the handler of a security scheme is missing. */
export function createResponder(parts: RouterParts): Responder {
  const { options = {} } = parts;
  const guards = guardsOf(parts);
  const keys = Object.values(guards).flatMap(({ scheme }) =>
    scheme.kind === "apiKey" && scheme.in === "query" ? [scheme.name] : [],
  );
  const fail: Responder["fail"] = async (status, detail, request, rest) => {
    const failure = failureOf(status, detail, rest);
    return failureResponse(failure, await options.onInvalid?.(failure, request));
  };
  return {
    fail,
    route(name) {
      const operation = parts.operations[name];
      const handler = member(parts.handlers, name);
      if (operation === undefined || handler === undefined)
        throw new Error(`The handler ${name} (${operation?.method} ${operation?.path}) is missing.`);
      return { operation, validators: parts.validators[name] ?? {}, handler };
    },
    async crash(error, request, operation) {
      const failure = failureOf(
        500,
        "The server failed to answer.",
        operation === undefined ? {} : { operation },
      );
      try {
        return failureResponse(failure, (await options.onError?.(error, request, operation)) ?? undefined);
      } catch {
        return failureResponse(failure, undefined);
      }
    },
    async respond(request, { operation, validators, handler }, texts) {
      const admission = await admit(operation, guards, request);
      if (!admission.admitted) {
        const headers = { "WWW-Authenticate": admission.challenge };
        return fail(admission.status, admission.detail, request, { operation, headers });
      }
      const read = await readRequest(operation, validators, request, texts, keys);
      if (read.kind === "unsupported")
        return fail(415, unsupported(operation, read.contentType), request, {
          operation,
          // RFC 9110, §15.5.16: in a 415, Accept names what would have been read.
          headers: { Accept: acceptedTypes(operation) },
        });
      if (read.kind === "invalid") {
        const detail = `The request has ${read.problems.length === 1 ? "a problem" : `${read.problems.length} problems`}.`;
        return fail(400, detail, request, { operation, errors: read.problems });
      }
      const { principals } = admission;
      const context: unknown = await options.context?.(request);
      const input = {
        ...read.parts,
        context,
        principal: Object.values(principals)[0],
        principals,
        request,
        signal: request.signal,
        operation,
        reply,
      };
      // The types of the generated code see to it that a handler returns a Reply; what it holds is checked now.
      return writeReply(
        operation,
        validators,
        (await handler(input)) as Reply,
        options.validateReplies ?? true,
      );
    },
  };
}

function guardsOf({ operations, securitySchemes, options = {} }: RouterParts): {
  readonly [scheme: string]: Guard;
} {
  const needed = new Set(
    Object.values(operations).flatMap((operation) =>
      (operation.security ?? []).flatMap((alternative) => Object.keys(alternative)),
    ),
  );
  return Object.fromEntries(
    [...needed].map((key): [string, Guard] => {
      const scheme = Object.hasOwn(securitySchemes, key) ? securitySchemes[key] : undefined;
      if (scheme === undefined) throw new Error(`The security scheme ${key} is not declared.`);
      const handler = member(options.security ?? {}, key);
      if (handler === undefined)
        throw new Error(`The security handler ${key} is missing, and operations need it.`);
      return [key, { scheme, handler }];
    }),
  );
}

// Handlers may stand on a prototype, as those of a class do, and may use `this`.
function member(holder: object, name: string): ((input: object) => unknown) | undefined {
  if (!(name in holder) || name in Object.prototype) return undefined;
  const value: unknown = Reflect.get(holder, name);
  return typeof value === "function"
    ? (input: object): unknown => Reflect.apply(value, holder, [input])
    : undefined;
}

function unsupported(operation: OperationDescriptor, contentType: string | null): string {
  const given =
    contentType === null ? "The body has no media type" : `The media type ${contentType} is not read here`;
  return `${given}; ${acceptedTypes(operation)} is.`;
}

function acceptedTypes(operation: OperationDescriptor): string {
  return (operation.body?.contents ?? []).map((content) => content.mediaType).join(", ");
}

const titles: { readonly [S in Failure["status"]]: string } = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  415: "Unsupported Media Type",
  500: "Internal Server Error",
};

function failureOf(status: Failure["status"], detail: string, rest: Partial<Failure> = {}): Failure {
  return { status, title: titles[status], detail, errors: [], headers: {}, ...rest };
}
