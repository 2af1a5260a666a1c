/** What generated handlers for MSW are made of: https://mswjs.io, which is not imported here. */
import type { OperationDescriptor } from "../operation.js";
import { dispatchOf, type Dispatch } from "../server/dispatch.js";
import { responseOf } from "../server/answer.js";
import type { ErrorShape } from "../server/error-shapes.js";
import { incomingOf } from "../server/incoming.js";
import type { Reply } from "../server/reply.js";
import { createOperationRouter } from "../server/router.js";
import type { OperationValidators } from "../validation/operation-validators.js";
import { completed, type ReplyFixtures } from "./complete.js";
import { createFinder, type Find, type Found } from "./find.js";
import type { MockOptions, OneMockOptions } from "./types.js";

export type { MockInput, MockOptions, MockReply, OneMockOptions, Override } from "./types.js";

/** An operation with all that answers it. */
export interface Subject {
  readonly operation: OperationDescriptor;
  readonly validators: OperationValidators;
  /** Absent where no value could be made that the document allows. */
  readonly fixtures?: { readonly responses: object };
}

/** What MSW's `HttpHandler` is made of. */
export interface Mock {
  /** What people read of it: `GET /pets/{id}`. */
  readonly header: string;
  /** GET is asked for with HEAD too. */
  readonly method: RegExp;
  readonly predicate: (asked: { readonly request: Request }) => boolean;
  readonly resolver: (asked: { readonly request: Request }) => Promise<Response | undefined>;
  readonly options: { readonly once?: boolean };
}

/** The operations of a document, and where they are served. */
export interface Api {
  readonly errorShapes: readonly ErrorShape[];
  /** Which of them a request is for. */
  find(request: Request, options: MockOptions): Found | undefined;
}

/** Everything that the mocks of a document share. */
// @__NO_SIDE_EFFECTS__
export function createApi(
  operations: { readonly [name: string]: OperationDescriptor },
  servers: readonly string[],
  errorShapes: readonly ErrorShape[] = [],
): Api {
  const finders = new Map<string | undefined, Find>();
  return {
    errorShapes,
    find(request, { baseUrl }) {
      const bases = typeof baseUrl === "string" ? [baseUrl] : baseUrl;
      const key = bases?.join(" ");
      const find = finders.get(key) ?? createFinder(operations, servers, bases);
      finders.set(key, find);
      return find(request);
    },
  };
}

/**
 * Mocks one operation. A request for it is read and checked as the generated server does it, and refused as that refuses; then it is
 * answered by what is told, which must meet the document as a handler's reply must. A reply that does not is thrown as a ReplyError,
 * which MSW shows and answers with 500.
 */
export function mock(api: Api, subject: Subject, override: unknown, options: OneMockOptions = {}): Mock {
  const { operation } = subject;
  // Made when the first request comes: most of the handlers of a big document are never asked.
  let dispatch: Dispatch | undefined;
  return {
    header: `${operation.method} ${operation.path}`,
    method:
      operation.method === "GET"
        ? /^(?:GET|HEAD)$/
        : new RegExp(`^${operation.method.replace(/\W/g, "\\$&")}$`),
    predicate: ({ request }) => api.find(request, options)?.operation === operation,
    async resolver({ request }) {
      const found = api.find(request, options);
      if (found === undefined) return undefined;
      // The request itself is for the handlers that follow.
      const incoming = incomingOf(request.clone(), { pathname: found.path });
      dispatch ??= mockedDispatch(api, subject, override);
      try {
        const answer = await dispatch(incoming, { errors: "throw" });
        return answer === undefined ? undefined : responseOf(answer, request.method);
      } catch (error) {
        if (error instanceof Settled) return error.response;
        throw error;
      }
    },
    options: options.once === undefined ? {} : { once: options.once },
  };
}

/** Ends an exchange with a Response that no document has a say in, or leaves the request to others. */
class Settled extends Error {
  readonly response: Response | undefined;

  constructor(response: Response | undefined) {
    super("The exchange is settled.");
    this.response = response;
  }
}

function mockedDispatch({ errorShapes }: Api, subject: Subject, override: unknown): Dispatch {
  // Who asks is nobody's business here: there is nobody to verify it.
  const { security: _security, ...operation } = subject.operation;
  const router = createOperationRouter({
    operations: { it: operation },
    validators: { it: subject.validators },
    securitySchemes: {},
    errorShapes,
    handlers: {
      async it(input: HandlerInput): Promise<Reply> {
        const made: unknown = typeof override === "function" ? await override(input) : (override ?? {});
        if (made === undefined) throw new Settled(undefined);
        if (isResponse(made)) throw new Settled(made.clone());
        // The types of the generated code see to it that all else is a reply of this operation.
        return completed(
          operation,
          subject.fixtures?.responses as ReplyFixtures | undefined,
          made as Partial<Reply>,
          input.accepts,
        );
      },
    },
    // Whoever runs these is testing, whatever the environment is called; and what is thrown is shown by MSW.
    options: { brokenReplies: "refuse", onBreach: () => undefined },
  });
  return dispatchOf(router);
}

interface HandlerInput {
  readonly accepts: (first: string, ...others: string[]) => string;
}

// Not by its class: test environments such as jsdom have one of their own.
function isResponse(value: unknown): value is Response {
  return Object.prototype.toString.call(value) === "[object Response]";
}
