import type { ExtraHeaders } from "./reply.js";
import type { statusNames } from "./status.js";
import type { OperationTypes } from "./types.js";

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
  ]: MakeReply<
    ReplyOfResponse<StatusOf<Key, never>, Responses[Key]>,
    ContentOf<Responses[Key]>,
    HeadersOf<Responses[Key]>
  >;
};

type NumberedReplies<Responses> = <Status extends StatusesOf<Responses>>(
  status: Status,
  ...rest: ReplyArguments<ResponseOf<Responses, Status>>
) => ReplyOfResponse<Status, ResponseOf<Responses, Status>>;

/** One signature for each response, so that the compiler complains of the argument that is wrong and not of all of them. */
type MakeReply<Reply, Content, Headers> = [Content] extends [never]
  ? (...rest: BodylessArguments<Headers>) => Reply
  : IsUnion<Content[keyof Content]> extends false
    ? (...rest: BodyArguments<Content[keyof Content], AnyType<Content>, Headers>) => Reply
    : IsUnion<keyof Content> extends false
      ? (...rest: BodyArguments<Content[keyof Content], AnyType<Content>, Headers>) => Reply
      : <ContentType extends WireMediaType<keyof Content>>(
          body: ReplyBody<BodyOfType<Content, ContentType>>,
          init: { readonly contentType: ContentType } & HeadersMember<Headers>,
        ) => Reply;

type BodylessArguments<Headers> =
  {} extends HeadersMember<Headers>
    ? [body?: undefined, init?: HeadersMember<Headers>]
    : [body: undefined, init: HeadersMember<Headers>];
type BodyArguments<Body, Type, Headers> =
  {} extends HeadersMember<Headers>
    ? [body: ReplyBody<Body>, init?: Type & HeadersMember<Headers>]
    : [body: ReplyBody<Body>, init: Type & HeadersMember<Headers>];
type AnyType<Content> = { readonly contentType?: WireMediaType<keyof Content> | undefined };
type BodyOfType<Content, ContentType> = {
  [MediaType in keyof Content]: ContentType extends WireMediaType<MediaType> ? Content[MediaType] : never;
}[keyof Content];

type ContentOf<Holder> = Holder extends { readonly content: infer Content }
  ? Content
  : Holder extends { readonly content?: infer Content }
    ? NonNullable<Content>
    : never;
/** The headers that are declared, without the index signature that stands for all others. */
type HeadersOf<Response> = Response extends { readonly headers: infer Headers }
  ? { readonly [Name in keyof Headers as string extends Name ? never : Name]: Headers[Name] }
  : {};

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

/**
 * The media type has to be said where there are several to choose from, whose bodies differ. Where they do not, the caller's `Accept`
 * chooses.
 */
type ContentTypeMember<Content, MediaType> =
  IsUnion<keyof Content> extends true
    ? IsUnion<Content[keyof Content]> extends true
      ? { readonly contentType: WireMediaType<MediaType> }
      : { readonly contentType?: WireMediaType<MediaType> | undefined }
    : { readonly contentType?: WireMediaType<MediaType> | undefined };
type HeadersMember<Headers> = ([keyof Headers] extends [never]
  ? { readonly headers?: Nothing | undefined }
  : {} extends Headers
    ? { readonly headers?: Headers | undefined }
    : { readonly headers: Headers }) & {
  /** Headers that the document does not declare, as they travel: `{ "Cache-Control": "no-store" }`. */
  readonly extraHeaders?: ExtraHeaders | undefined;
};
type Nothing = { readonly [name: string]: never };

/** What `image/*` stands for. */
type WireMediaType<MediaType> = MediaType extends `${infer Type}/*`
  ? Type extends "*"
    ? `${string}/${string}`
    : `${Type}/${string}`
  : MediaType;

/** Bytes may be given in any form, and sequences as they come or as lists. */
type ReplyBody<Body> =
  | Body
  | (Body extends Blob
      ? ArrayBuffer | Uint8Array | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>
      : never)
  | (Body extends AsyncIterable<infer Item> ? Iterable<Item> : never);

// Of each response by itself: the status of none leads to all of them, and then the status alone is complained of.
type ReplyArguments<Response> = Response extends unknown
  ? [ContentOf<Response>] extends [never]
    ? BodylessArguments<HeadersOf<Response>>
    : IsUnion<keyof ContentOf<Response>> extends false
      ? BodyArguments<
          ContentOf<Response>[keyof ContentOf<Response>],
          AnyType<ContentOf<Response>>,
          HeadersOf<Response>
        >
      : ReplyArgumentsOfContent<ContentOf<Response>, HeadersOf<Response>>
  : never;
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
