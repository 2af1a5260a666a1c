import type { OperationDescriptor, RequestParts } from "../operation.js";
import type { OperationValidators } from "../validation/operation-validators.js";
import type { Answer } from "./answer.js";
import { createFailing, type Failing } from "./answer-failure.js";
import type { ErrorShape } from "./error-shapes.js";
import type { Failure, FailureReply } from "./failure.js";
import { inTime } from "./handler-time.js";
import type { Incoming } from "./incoming.js";
import { lazily } from "./lazily.js";
import { isHeaderTooLarge, limitsOf } from "./limits.js";
import { createNegotiation } from "./negotiation.js";
import { createRequestReader } from "./read-request.js";
import type { ReadRequest, ReadSettings, RequestReader } from "./read-request.js";
import { type Refusal, refusalFor, refusalOf, unacceptable } from "./refusals.js";
import { handlerInput } from "./handler-input.js";
import { NotImplemented } from "./not-implemented.js";
import type { Reply } from "./reply.js";
import type { RequestOptions } from "./request-options.js";
import { createResponseCheck, type ReplyCheck, type ResponseCheckOptions } from "./response-check.js";
import type { SchemaNames } from "./schema-place.js";
import { admit, type Guard, type Principals, type SecuritySchemeDescriptor } from "./security.js";
import { settling, type Soon, soon } from "./soon.js";
import { isStreamed } from "./streamed-handler.js";
import { verified, type Verify, type VerifyOptions } from "./verify.js";
import { writeReply } from "./write-reply.js";

/** What can be chosen for every router, whatever its operations. */
export interface BaseRouterOptions<Name extends string = string, ErrorBody = unknown>
  extends RequestOptions<Name>, ResponseCheckOptions {
  /** What stands before the paths of the document, such as `/v1`. Default: nothing. */
  readonly basePath?: string;
  /**
   * Answers a refused request. Default, and when it returns `undefined`: the body that the document declares for the status, where its
   * shape is known, and else problem details (RFC 9457).
   */
  readonly onInvalid?: (
    failure: Failure,
    request: Request,
  ) => FailureReply<ErrorBody> | undefined | Promise<FailureReply<ErrorBody> | undefined>;
  /**
   * Is told what a handler, a hook or `context` threw, and the ReplyError of a reply that breaks the contract. It may answer. Default:
   * 500, written as for `onInvalid`, which says nothing of the error.
   */
  readonly onError?: (
    error: unknown,
    request: Request,
    operation: OperationDescriptor | undefined,
  ) => FailureReply<ErrorBody> | undefined | void | Promise<FailureReply<ErrorBody> | undefined | void>;
}

/** What the context of a request can be made from. */
export interface ContextInput {
  /** As it came, its body already read. With `node:http` it is made when it is looked at. */
  readonly request: Request;
  readonly operation: OperationDescriptor;
}

/** Operations and all that serves them. The generated `createRouter` gives it in types. */
export interface RouterParts extends SchemaNames {
  readonly operations: { readonly [name: string]: OperationDescriptor };
  readonly validators: { readonly [name: string]: OperationValidators };
  readonly securitySchemes: { readonly [scheme: string]: SecuritySchemeDescriptor };
  /** How the API writes its errors, where that is known. */
  readonly errorShapes?: readonly ErrorShape[];
  /** By the names of the operations. */
  readonly handlers: object;
  readonly options:
    | (BaseRouterOptions &
        VerifyOptions & {
          readonly security?: object;
          readonly context?: (input: ContextInput) => unknown;
        })
    | undefined;
}

/** An operation and who answers it. */
export interface Route {
  readonly operation: OperationDescriptor;
  /** Made at its first request: of a thousand operations most are not asked for while a server starts. */
  means(): Means;
}

/** What an operation is answered with. */
interface Means {
  readonly validators: OperationValidators;
  readonly handler: Handler;
  readonly settings: ReadSettings;
  /** Whether a caller takes what the operation gives, by his `Accept`. */
  readonly accepts: (accept: string | null) => boolean;
  readonly read: RequestReader;
  readonly check: ReplyCheck;
}

/** The way from a request, whose operation is known, to its response. */
export interface Responder extends Failing {
  /** Throws an Error when the operation has no handler. */
  route(name: string): Route;
  respond(incoming: Incoming, route: Route, texts: { readonly [name: string]: string }): Soon<Answer>;
}

type Handler = (input: object) => unknown;

/** Makes the responder of some operations. Throws an Error when the verifier of a security scheme is missing. */
export function createResponder(parts: RouterParts): Responder {
  const { options = {} } = parts;
  const guards = guardsOf(parts);
  const keys = Object.values(guards).flatMap(({ scheme }) =>
    scheme.kind === "apiKey" && scheme.in === "query" ? [scheme.name] : [],
  );
  const settingsOf = (name: string): ReadSettings => ({
    limits: limitsOf(options.limits, name),
    unknownQuery: options.unknownQuery ?? "ignore",
    readOnly: options.readOnly ?? "drop",
    bodyDefaults: options.bodyDefaults ?? true,
    streamed: isStreamed(Reflect.get(parts.handlers, name)),
    foreign: keys,
  });
  const failing = createFailing(parts);
  const { fail } = failing;
  return {
    ...failing,
    route(name) {
      const operation = parts.operations[name];
      const handler = member(parts.handlers, name);
      if (operation === undefined || handler === undefined)
        throw new Error(`The handler ${name} (${operation?.method} ${operation?.path}) is missing.`);
      const check = createResponseCheck(options, globalThis.console, parts.schemaKeys);
      let made: Means | undefined;
      return { operation, means: () => (made ??= meansOf(name, operation, handler, check)) };
    },
    respond(incoming, { operation, means: made }, texts) {
      const means = made();
      if (isHeaderTooLarge(incoming, means.settings.limits))
        return fail({ status: 431, detail: "The header has more bytes than are read.", operation }, incoming);
      return soon(admit(operation, guards, incoming), (admission) => {
        if (!admission.admitted) {
          const { status, detail, challenge } = admission;
          const headers = challenge === undefined ? {} : { "WWW-Authenticate": challenge };
          return fail({ status, detail, operation, headers }, incoming);
        }
        if (!means.accepts(incoming.header("accept"))) return fail(unacceptable(operation), incoming);
        return soon(reading(operation, means, incoming, texts, options.verify), (read) => {
          if (read === undefined)
            return fail(
              { status: 401, detail: "The request does not prove who sends it.", operation },
              incoming,
            );
          if (read.kind !== "read") return fail(refusalOf(operation, read), incoming);
          return handled(incoming, operation, means, read.parts, admission.security);
        });
      });
    },
  };

  function meansOf(name: string, operation: OperationDescriptor, handler: Handler, check: ReplyCheck): Means {
    const validators = parts.validators[name] ?? {};
    const settings = settingsOf(name);
    return {
      validators,
      handler: inTime(handler, settings.limits.handlerTime),
      settings,
      accepts: createNegotiation(operation),
      read: createRequestReader(operation, validators, settings),
      check,
    };
  }

  function handled(
    incoming: Incoming,
    operation: OperationDescriptor,
    { validators, settings, check, handler }: Means,
    parts: RequestParts,
    security: Principals | undefined,
  ): Soon<Answer> {
    const refused = (error: unknown): Promise<Answer> => {
      if (error instanceof NotImplemented)
        return fail({ status: 501, detail: error.message, operation }, incoming);
      // A handler that reads its body itself is the first to meet what is wrong with it.
      if (!settings.streamed) throw error;
      return fail(refusalOf(operation, refusalFor(error)), incoming);
    };
    const onBreakOff = (error: unknown): void => void failing.crash(error, incoming, operation);
    // The types of the generated code see to it that a handler returns a Reply; what it holds is checked now.
    const written = (reply: unknown): Answer =>
      writeReply({ operation, validators, incoming, check, onBreakOff }, reply as Reply);
    const asked = (context: unknown): Soon<Answer> => {
      let reply: unknown;
      try {
        reply = settling(handler(handlerInput(operation, incoming, parts, security, context)));
      } catch (error) {
        return refused(error);
      }
      return reply instanceof Promise ? reply.then(written, refused) : written(reply);
    };
    return options.context === undefined
      ? asked(undefined)
      : soon(settling(options.context(lazily({ operation }, incoming, "request"))), asked);
  }
}

/** What a request holds, or why it is refused; `undefined` when it was sent by nobody who may. */
function reading(
  operation: OperationDescriptor,
  { read, settings }: Means,
  incoming: Incoming,
  texts: { readonly [name: string]: string },
  verify: Verify | undefined,
): Soon<ReadRequest | Refusal | undefined> {
  try {
    const found =
      verify === undefined
        ? read(incoming, texts)
        : verified(incoming, operation, settings.limits, verify).then((from) => from && read(from, texts));
    return found instanceof Promise ? found.catch(refusalFor) : found;
  } catch (error) {
    return refusalFor(error);
  }
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
      const verify = member(options.security ?? {}, key);
      if (verify === undefined) throw new Error(`The verifier ${key} is missing, and operations need it.`);
      return [key, { scheme, verify }];
    }),
  );
}

// Handlers may stand on a prototype, as those of a class do, and may use `this`.
function member(holder: object, name: string): Handler | undefined {
  if (!(name in holder) || name in Object.prototype) return undefined;
  const value: unknown = Reflect.get(holder, name);
  return typeof value === "function"
    ? (input: object): unknown => Reflect.apply(value, holder, [input])
    : undefined;
}
