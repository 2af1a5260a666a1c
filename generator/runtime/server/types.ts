import type { DocumentOptions } from "./document-types.js";
import type { ReplyMaker, ReplyOf } from "./reply-types.js";
import type { Router } from "./dispatch.js";
import type { BaseRouterOptions, ContextInput } from "./respond.js";
import type { StreamedPart } from "./stream-parts.js";
import type { SecuritySchemeDescriptor, Verifier } from "./security.js";

export type { ContextInput, ReplyMaker, ReplyOf, Router, SecuritySchemeDescriptor, Verifier };

/** The option that makes the context of a request; it may be left out when there is none. */
export type ContextOption<Context> = undefined extends Context
  ? { readonly context?: (input: ContextInput) => Context | Promise<Context> }
  : { readonly context: (input: ContextInput) => Context | Promise<Context> };

/** How a router of operations is made, whatever they are. */
export interface ServerOptions<Name extends string = string, ErrorBody = unknown>
  extends BaseRouterOptions<Name, ErrorBody>, DocumentOptions {}

/** How a router is made whose operations need somebody to say who asks. */
export type SecuredOptions<Name extends string, Context, Security, ErrorBody = unknown> = ServerOptions<
  Name,
  ErrorBody
> &
  ContextOption<Context> & {
    /** A verifier for each scheme. */
    readonly security: Security;
  };

/** Who asks, by what the verifiers return: `Handlers<Context, PrincipalsOf<typeof security>>`, where `security` is `{ … } satisfies Security`. */
export type PrincipalsOf<Verifiers> = {
  readonly [Scheme in keyof Verifiers]: Verifiers[Scheme] extends (...question: never[]) => infer Told
    ? NonNullable<Awaited<Told>>
    : never;
};

/** What the types of one operation hold: a member of the generated `operations`. */
export interface OperationTypes {
  readonly parameters: object;
  readonly requestBody?: unknown;
  readonly responses: object;
}

/** A handler of one operation: it gets a request that meets the contract, and can answer nothing that breaks it. */
export type OperationHandler<Operation extends OperationTypes, Context, Security, Principals = unknown> = (
  input: HandlerInput<Operation, Context, Security, Principals>,
) => ReplyOf<Operation> | Promise<ReplyOf<Operation>>;

/** What a handler gets: the request decoded and checked, with its defaults filled in. */
export type HandlerInput<
  Operation extends OperationTypes,
  Context,
  Security,
  Principals = unknown,
> = BodyOf<Operation> & {
  readonly path: ValuesOf<Operation, "path">;
  readonly query: ValuesOf<Operation, "query">;
  readonly headers: ValuesOf<Operation, "header">;
  readonly cookies: ValuesOf<Operation, "cookie">;
  /** What the option `context` made for this request. */
  readonly context: Context;
  /**
   * Who asks, as the verifiers told: the principals by the names of the schemes, of the alternative that was met. Where there are
   * several, they are told apart by the scheme that is there: `"key" in security`. `undefined` where nobody had to say who asks.
   */
  readonly security: Security;
  /** The request as it came, its body already read. */
  readonly request: Request;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** Makes the replies of the operation: `reply.ok(body)`. */
  readonly reply: ReplyMaker<Operation>;
  /** Which of these media types the caller likes best (RFC 9110, §12.5.1); the first, when it takes none of them. */
  readonly accepts: <MediaType extends string>(first: MediaType, ...others: MediaType[]) => MediaType;
  readonly [principals]?: Principals;
};

/**
 * No value has it. It says whose principals `security` is made of: the compiler cannot find them in a part of them, and has to where
 * handlers come from several objects, or are a class.
 */
declare const principals: unique symbol;

type ValuesOf<
  Operation extends OperationTypes,
  Location extends string,
> = Location extends keyof Operation["parameters"]
  ? [NonNullable<Operation["parameters"][Location]>] extends [never]
    ? Nothing
    : Readonly<NonNullable<Operation["parameters"][Location]>>
  : Nothing;
type Nothing = { readonly [name: string]: never };

type BodyOf<Operation extends OperationTypes> = [NonNullable<Operation["requestBody"]>] extends [never]
  ? NoBody
  : | BodyOfContent<ContentOf<NonNullable<Operation["requestBody"]>>>
    | (Operation extends { readonly requestBody: object } ? never : NoBody);
type BodyOfContent<Content> = {
  [MediaType in keyof Content]: {
    /** The media type as the document has it. */
    readonly contentType: MediaType;
    readonly body: Received<Content[MediaType]>;
  };
}[keyof Content];

/** What arrives of what may be sent in several forms: bytes as a Blob, a sequence as the list of its items. */
type Received<Body> = Body extends ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>
  ? never
  : Body extends AsyncIterable<infer Item>
    ? Item[]
    : Body extends string | readonly unknown[]
      ? Body
      : Body extends Iterable<unknown>
        ? never
        : Body;

/** A handler that reads a multipart or binary body itself, while it arrives. */
export type StreamedHandler<Operation extends OperationTypes, Context, Security, Principals = unknown> = (
  input: Omit<HandlerInput<Operation, Context, Security, Principals>, "body" | "contentType"> &
    StreamedBody<ContentOf<NonNullable<Operation["requestBody"]>>>,
) => ReplyOf<Operation> | Promise<ReplyOf<Operation>>;

/** The parts of a form as they arrive, and bytes as a stream; other bodies as they are. */
type StreamedBody<Content> = {
  [MediaType in keyof Content]: {
    readonly contentType: MediaType;
    readonly body: MediaType extends `multipart/${string}`
      ? AsyncIterable<StreamedPart<Received<Content[MediaType]>>>
      : Received<Content[MediaType]> extends Blob
        ? ReadableStream<Uint8Array>
        : Received<Content[MediaType]>;
  };
}[keyof Content];

interface NoBody {
  readonly contentType?: undefined;
  readonly body?: undefined;
}

type ContentOf<Holder> = Holder extends { readonly content: infer Content }
  ? Content
  : Holder extends { readonly content?: infer Content }
    ? NonNullable<Content>
    : never;
