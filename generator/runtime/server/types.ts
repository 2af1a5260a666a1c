import type { Reply } from "./reply.js";
import type { BaseRouterOptions, Router } from "./router.js";
import type { SecurityHandler, SecuritySchemeDescriptor } from "./security.js";
import type { statusNames } from "./status.js";

export type { BaseRouterOptions, Reply, Router, SecurityHandler, SecuritySchemeDescriptor };

/** The option that makes the context of a request; it may be left out when there is none. */
export type ContextOption<Context> = undefined extends Context
  ? { readonly context?: (request: Request) => Context | Promise<Context> }
  : { readonly context: (request: Request) => Context | Promise<Context> };

/** What the types of one operation hold: a member of the generated `operations`. */
export interface OperationTypes {
  readonly parameters: object;
  readonly requestBody?: unknown;
  readonly responses: object;
}

/** A handler of one operation: it gets a request that meets the contract, and can answer nothing that breaks it. */
export type OperationHandler<Operation extends OperationTypes, Context, Principal> = (
  input: HandlerInput<Operation, Context, Principal>,
) => ReplyOf<Operation> | Promise<ReplyOf<Operation>>;

/** What a handler gets: the request decoded and checked, with its defaults filled in. */
export type HandlerInput<Operation extends OperationTypes, Context, Principal> = BodyOf<Operation> & {
  readonly path: ValuesOf<Operation, "path">;
  readonly query: ValuesOf<Operation, "query">;
  readonly header: ValuesOf<Operation, "header">;
  readonly cookie: ValuesOf<Operation, "cookie">;
  /** What the option `context` made for this request. */
  readonly context: Context;
  /** Who asks, as the security handler told; where several schemes are needed, the first. */
  readonly principal: Principal;
  /** By the names of the schemes. */
  readonly principals: { readonly [scheme: string]: unknown };
  /** The request as it came, its body already read. */
  readonly request: Request;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** Makes the replies of the operation: `reply.ok(body)`. */
  readonly reply: ReplyMaker<Operation>;
};

/** The replies that an operation declares. */
export type ReplyOf<Operation extends OperationTypes> = {
  [Key in keyof Operation["responses"]]: ReplyOfResponse<
    StatusOf<Key, keyof Operation["responses"]>,
    Operation["responses"][Key]
  >;
}[keyof Operation["responses"]];

/** Makes replies by the name of the status, or by its number: `reply.notFound(body)`, `reply(418, body)`. */
export type ReplyMaker<Operation extends OperationTypes> = NamedReplies<Operation["responses"]> &
  NumberedReplies<Operation["responses"]>;

type NamedReplies<Responses> = {
  readonly [
    Key in keyof Responses as Key extends keyof typeof statusNames ? (typeof statusNames)[Key] : never
  ]: (...rest: ReplyArguments<Responses[Key]>) => ReplyOfResponse<StatusOf<Key, never>, Responses[Key]>;
};

type NumberedReplies<Responses> = <Status extends StatusesOf<Responses>>(
  status: Status,
  ...rest: ReplyArguments<ResponseOf<Responses, Status>>
) => ReplyOfResponse<Status, ResponseOf<Responses, Status>>;

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
interface NoBody {
  readonly contentType?: undefined;
  readonly body?: undefined;
}

type ContentOf<Holder> = Holder extends { readonly content: infer Content }
  ? Content
  : Holder extends { readonly content?: infer Content }
    ? NonNullable<Content>
    : never;
type HeadersOf<Response> = Response extends { readonly headers: infer Headers } ? Headers : object;

type ReplyOfResponse<Status, Response> = [ContentOf<Response>] extends [never]
  ? { readonly status: Status; readonly contentType?: undefined; readonly body?: undefined } & HeadersMember<
      HeadersOf<Response>
    >
  : ReplyOfContent<Status, ContentOf<Response>, HeadersOf<Response>>;
type ReplyOfContent<Status, Content, Headers> = {
  [MediaType in keyof Content]: {
    readonly status: Status;
    readonly body: ReplyBody<Content[MediaType]>;
  } & ContentTypeMember<Content, MediaType> &
    HeadersMember<Headers>;
}[keyof Content];

/** The media type has to be said where there are several to choose from. */
type ContentTypeMember<Content, MediaType> =
  IsUnion<keyof Content> extends true
    ? { readonly contentType: WireMediaType<MediaType> }
    : { readonly contentType?: WireMediaType<MediaType> | undefined };
type HeadersMember<Headers> = {} extends Headers
  ? { readonly headers?: Headers | undefined }
  : { readonly headers: Headers };

/** What `image/*` stands for. */
type WireMediaType<MediaType> = MediaType extends `${infer Type}/*`
  ? Type extends "*"
    ? `${string}/${string}`
    : `${Type}/${string}`
  : MediaType;

/** Bytes may be given in any form, and sequences as they come or as lists. */
type ReplyBody<Body> =
  | Body
  | (Body extends Blob ? ArrayBuffer | Uint8Array | ReadableStream<Uint8Array> : never)
  | (Body extends AsyncIterable<infer Item> ? Iterable<Item> : never);

type ReplyArguments<Response> = [ContentOf<Response>] extends [never]
  ? {} extends HeadersOf<Response>
    ? [body?: undefined, init?: HeadersMember<HeadersOf<Response>>]
    : [body: undefined, init: HeadersMember<HeadersOf<Response>>]
  : ReplyArgumentsOfContent<ContentOf<Response>, HeadersOf<Response>>;
type ReplyArgumentsOfContent<Content, Headers> = {
  [MediaType in keyof Content]: {} extends ContentTypeMember<Content, MediaType> & HeadersMember<Headers>
    ? [
        body: ReplyBody<Content[MediaType]>,
        init?: ContentTypeMember<Content, MediaType> & HeadersMember<Headers>,
      ]
    : [
        body: ReplyBody<Content[MediaType]>,
        init: ContentTypeMember<Content, MediaType> & HeadersMember<Headers>,
      ];
}[keyof Content];

type IsUnion<Type, Whole = Type> = Type extends Type ? ([Whole] extends [Type] ? false : true) : never;

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type StatusesOfClass<Class extends number> =
  `${Class}${Digit}${Digit}` extends `${infer Status extends number}` ? Status : never;
type ClassOfRange = {
  readonly "2XX": StatusesOfClass<2>;
  readonly "3XX": StatusesOfClass<3>;
  readonly "4XX": StatusesOfClass<4>;
  readonly "5XX": StatusesOfClass<5>;
};
type AnyStatus = ClassOfRange[keyof ClassOfRange];

/** The statuses that a key of the responses stands for: those of a range or of `default` that no other key names. */
type StatusOf<Key, Keys> = Key extends number
  ? Key
  : Key extends keyof ClassOfRange
    ? Exclude<ClassOfRange[Key], Keys>
    : Key extends "default"
      ? Exclude<AnyStatus, Extract<Keys, number> | ClassOfRange[Extract<Keys, keyof ClassOfRange>]>
      : never;
type StatusesOf<Responses> = { [Key in keyof Responses]: StatusOf<Key, keyof Responses> }[keyof Responses];
type ResponseOf<Responses, Status> = Status extends keyof Responses
  ? Responses[Status]
  : {
      [Key in keyof Responses]: Status extends StatusOf<Key, keyof Responses> ? Responses[Key] : never;
    }[keyof Responses];
