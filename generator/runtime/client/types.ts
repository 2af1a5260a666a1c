/**
 * From an operation of the generated `operations` interface to what its call gives. All of it is lazy: an operation that nobody
 * calls costs the compiler nothing.
 */

import type { StatusCodes } from "./status-codes.js";

type Class = keyof StatusCodes;

/** The hundred status codes of a class: `Codes<4>` is 400 to 499. */
export type Codes<C extends Class> = StatusCodes[C];

/** A response with a status that is no error: what `.result()` gives for it. */
export interface Success<Status, Data, ContentType, Headers = {}> {
  readonly status: Status;
  readonly data: Data;
  readonly error?: never;
  /** The media type of the body, as the document declares it. */
  readonly contentType: ContentType;
  /**
   * The headers that the document declares for the status, decoded. One that is absent, hidden by the browser or cannot be decoded is
   * left out; all of them, as they came, are in `response.headers`.
   */
  readonly headers: Headers;
  /** The raw response; its body has been read. */
  readonly response: Response;
}

/** A response with a status of 400 or above: what `.result()` gives for it. */
export interface Failure<Status, Body, ContentType, Headers = {}> {
  readonly status: Status;
  readonly error: Body;
  readonly data?: never;
  /** The media type of the body, as the document declares it. */
  readonly contentType: ContentType;
  /**
   * The headers that the document declares for the status, decoded. One that is absent, hidden by the browser or cannot be decoded is
   * left out; all of them, as they came, are in `response.headers`.
   */
  readonly headers: Headers;
  /** The raw response; its body has been read. */
  readonly response: Response;
}

/** The answers of an operation. Members of an interface, so that an editor shows them and not the way to them. */
export interface Answers<Operation> {
  /** What `.result()` gives: a union told apart by `status`, and by `contentType` where there are several. */
  result:
    | { [Key in keyof Responses<Operation>]: ResultAt<Responses<Operation>, Key> }[keyof Responses<Operation>]
    | Unforeseen<Responses<Operation>>;
}

/** The bodies of an operation. Members of an interface, so that an editor shows the body and not the way to it. */
export interface Bodies<Operation> {
  /** What an awaited call gives: the bodies of the 2xx responses; `undefined` for one without a body. */
  success:
    | BodyAt<Responses<Operation>, SuccessKey<keyof Responses<Operation>>>
    | UnforeseenBody<Responses<Operation>>;
  /** The bodies of the responses of 400 and above. */
  error: BodyAt<Responses<Operation>, ErrorKey<keyof Responses<Operation>>>;
}

/** The keys of the responses of 400 and above; `default` is one of them. */
export type ErrorKey<Key> = Key extends number | string
  ? `${Key}` extends `4${string}` | `5${string}` | "default"
    ? Key
    : never
  : never;

/** The status codes that a key of `responses` stands for, beside the other keys. */
export type StatusOf<Key, Keys> = Key extends number
  ? Key
  : Key extends `${infer C extends Class}XX`
    ? Exclude<Codes<C>, Keys>
    : Key extends "default"
      ? Exclude<HasSuccess<Keys> extends true ? Codes<4 | 5> : Codes<2 | 3 | 4 | 5>, Keys | RangeCodes<Keys>>
      : never;

/** The body of the responses under a key; `undefined` when there is none. */
export type BodyAt<R, Key extends keyof R> = Key extends keyof R ? ContentAt<R[Key]>["body"] : never;

export type Responses<Operation> = Operation extends { readonly responses: infer R } ? R : {};

/** The headers that a response declares. None is sure: a server may leave one out, and a browser hides those of other origins. */
export type HeadersOf<Response> = Response extends { readonly headers: infer H }
  ? { readonly [Name in keyof H as string extends Name ? never : Name]?: H[Name] | undefined }
  : {};

type ResultAt<R, Key extends keyof R> = ResultOf<
  StatusOf<Key, keyof R>,
  ContentAt<R[Key]>,
  HeadersOf<R[Key]>
>;

type ResultOf<Status, Content, Headers> = Content extends { contentType: infer ContentType; body: infer Body }
  ? | SuccessOf<Extract<Status, Codes<1 | 2 | 3>>, Body, ContentType, Headers>
    | FailureOf<Extract<Status, Codes<4 | 5>>, Body, ContentType, Headers>
  : never;

type SuccessOf<Status, Body, ContentType, Headers> = [Status] extends [never]
  ? never
  : Success<Status, Body, ContentType, Headers>;
type FailureOf<Status, Body, ContentType, Headers> = [Status] extends [never]
  ? never
  : Failure<Status, Body, ContentType, Headers>;

type ContentAt<R> = R extends { readonly content: infer C extends object }
  ? { [MediaType in keyof C]: { contentType: MediaType; body: C[MediaType] } }[keyof C]
  : { contentType: undefined; body: undefined };

// `default` stands for a success only where no 2xx is declared: documents write it for "any error".
export type SuccessKey<Key> = HasSuccess<Key> extends true ? TwoHundreds<Key> : Extract<Key, "default">;
type TwoHundreds<Key> = Key extends number | string ? (`${Key}` extends `2${string}` ? Key : never) : never;
type HasSuccess<Keys> = [TwoHundreds<Keys>] extends [never] ? false : true;
type RangeCodes<Keys> = Keys extends `${infer C extends Class}XX` ? Codes<C> : never;

// A document that says nothing of success: whatever a 2xx brings is taken as it comes.
type Unforeseen<R> = [SuccessKey<keyof R>] extends [never]
  ? Success<Codes<2>, unknown, string | undefined>
  : never;
type UnforeseenBody<R> = [SuccessKey<keyof R>] extends [never] ? unknown : never;
