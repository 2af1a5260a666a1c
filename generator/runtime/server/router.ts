import type { OperationDescriptor } from "../operation.js";
import type { OperationValidators } from "../validation/operation-validators.js";
import { type Failure, type FailureReply, failureResponse } from "./failure.js";
import { readRequest } from "./read-request.js";
import { type Reply, reply } from "./reply.js";
import { admit, type Guard, type SecuritySchemeDescriptor } from "./security.js";
import { createTrie, type Match, type Trie } from "./trie.js";
import { writeReply } from "./write-reply.js";

/** A server by the Fetch standard. It never rejects. */
export type Router = (request: Request) => Promise<Response>;

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

/** The operations of a document and all that serves them. The generated `createRouter` gives it in types. */
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

interface Route {
  readonly operation: OperationDescriptor;
  readonly validators: OperationValidators;
  readonly handler: (input: object) => unknown;
}

/**
 * Makes the router of some operations. Throws an Error when a handler is missing, or the handler of a security scheme that an
 * operation needs.
 */
export function createOperationRouter(parts: RouterParts): Router {
  const { options = {} } = parts;
  const trie = createTrie<Route>();
  const guards = guardsOf(parts);
  const keys = Object.values(guards).flatMap(({ scheme }) =>
    scheme.kind === "apiKey" && scheme.in === "query" ? [scheme.name] : [],
  );
  for (const [name, operation] of Object.entries(parts.operations)) {
    const handler = member(parts.handlers, name);
    if (handler === undefined)
      throw new Error(`The handler ${name} (${operation.method} ${operation.path}) is missing.`);
    const route = operation.route ?? { path: operation.path };
    trie.add(
      route.path,
      operation.method,
      { operation, validators: parts.validators[name] ?? {}, handler },
      route.query,
    );
  }
  const fail = async (failure: Failure, request: Request): Promise<Response> =>
    failureResponse(failure, await options.onInvalid?.(failure, request));
  const crash = async (
    error: unknown,
    request: Request,
    operation: OperationDescriptor | undefined,
  ): Promise<Response> => {
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
  };

  const respond = async (
    request: Request,
    { operation, validators, handler }: Route,
    texts: Match<Route>["texts"],
  ): Promise<Response> => {
    const admission = await admit(operation, guards, request);
    if (!admission.admitted) {
      return fail(
        failureOf(admission.status, admission.detail, {
          operation,
          headers: { "WWW-Authenticate": admission.challenge },
        }),
        request,
      );
    }
    const read = await readRequest(operation, validators, request, texts, keys);
    if (read.kind === "unsupported") return fail(unsupported(operation, read.contentType), request);
    if (read.kind === "invalid") {
      const detail = `The request has ${read.problems.length === 1 ? "a problem" : `${read.problems.length} problems`}.`;
      return fail(failureOf(400, detail, { operation, errors: read.problems }), request);
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
  };

  return async (request) => {
    let operation: OperationDescriptor | undefined;
    try {
      const matches = findMatches(trie, new URL(request.url), options.basePath);
      if (matches.length === 0) return await fail(failureOf(404, "No operation has this path."), request);
      for (const method of request.method === "HEAD" ? ["HEAD", "GET"] : [request.method]) {
        for (const match of matches) {
          const route = match.values.get(method);
          if (route === undefined) continue;
          operation = route.operation;
          const response = await respond(request, route, match.texts);
          return request.method === "HEAD" ? await headOf(response) : response;
        }
      }
      const allow = allowedMethods(matches);
      if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow: allow } });
      return await fail(failureOf(405, `This path takes ${allow}.`, { headers: { Allow: allow } }), request);
    } catch (error) {
      return crash(error, request, operation);
    }
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

function pathBelow(pathname: string, basePath: string = ""): string | undefined {
  const base = basePath.replace(/\/+$/, "");
  if (base === "") return pathname;
  return pathname === base || pathname.startsWith(`${base}/`)
    ? pathname.slice(base.length) || "/"
    : undefined;
}

// A slash at the end may be too much or too little, as long as no operation claims the path as it stands.
function findMatches(
  trie: Trie<Route>,
  { pathname, search }: URL,
  basePath: string | undefined,
): Match<Route>[] {
  const path = pathBelow(pathname, basePath);
  if (path === undefined) return [];
  const exact = trie.find(path, search);
  if (exact.length > 0 || path === "/") return exact;
  return trie.find(path.endsWith("/") ? path.slice(0, -1) : `${path}/`, search);
}

// RFC 9110, §9.3.2: the head of what GET would send.
async function headOf(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}

function allowedMethods(matches: readonly Match<Route>[]): string {
  const methods = new Set(matches.flatMap(({ values }) => [...values.keys()]));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods.add("OPTIONS")].join(", ");
}

function unsupported(operation: OperationDescriptor, contentType: string | null): Failure {
  const accepted = (operation.body?.contents ?? []).map((content) => content.mediaType).join(", ");
  const given =
    contentType === null ? "The body has no media type" : `The media type ${contentType} is not read here`;
  // RFC 9110, §15.5.16: in a 415, Accept names what would have been read.
  return failureOf(415, `${given}; ${accepted} is.`, { operation, headers: { Accept: accepted } });
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
