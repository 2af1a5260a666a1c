import type { ContentDescriptor, OperationDescriptor, ResponseDescriptor } from "../operation.js";
import type { EncodedBody } from "../wire/encode-body.js";
import type { OutgoingCall, Renew } from "./attempts.js";
import type { addKeys, authenticate } from "./auth.js";
import type { Answered, ApiError, DecodedHeaders } from "./errors.js";
import type { ItemStream } from "./item-stream.js";
import type { CallParts } from "./options.js";
import type { PreparedRequest, SentRequest } from "./request.js";
import type { ShownRequest } from "./redact.js";
import type { Exchange } from "./response.js";
import type { restOf } from "./rest.js";
import type { operationUrl } from "./server-url.js";
import type { sharedValues } from "./shared.js";
import type { Judge } from "./judge.js";
import type { Watch } from "./watch.js";

/** Values of one location, by name. */
export type Values = { readonly [name: string]: unknown };

/** A body that was read: the value, and what validators judge it by where that is another. */
export interface DecodedBody {
  readonly body: unknown;
  readonly judged?: unknown;
}

/** Sends what is one hop, and gives its answer. */
export type Fetcher = (hop: SentRequest) => Promise<Response>;

/** Sends a request, and whatever redirects make of it. */
export type Follower = (call: OutgoingCall, request: PreparedRequest, fetch: Fetcher) => Promise<Response>;

/**
 * How an operation travels where it departs from the plain way: texts, numbers and lists of them in paths and queries, and JSON. Each
 * departure is an import, which whoever sends the operation hands on: `send(caller, operation, parts, options, wire.query)`. So a
 * program carries those alone that its operations need.
 */
export interface Wire {
  /** Fills the path template. */
  readonly path?: (operation: OperationDescriptor, values: Values) => string;
  /** All but the URL and the headers of every request. Whatever is encoded there brings it along. */
  readonly rest?: typeof restOf;
  /** The query, without `?`. */
  readonly query?: (operation: OperationDescriptor, values: Values | undefined) => string;
  /** The declared headers, cookies apart. */
  readonly headers?: (
    operation: OperationDescriptor,
    values: Values | undefined,
  ) => readonly (readonly [name: string, value: string])[];
  /** The value of the header `Cookie`, if there is one. */
  readonly cookies?: (operation: OperationDescriptor, values: Values | undefined) => string | undefined;
  /** The body, if there is one. */
  readonly body?: (operation: OperationDescriptor, parts: CallParts) => EncodedBody | undefined;
  /** What `fetch` is told besides of a body that may be a stream. */
  readonly stream?: (body: BodyInit | null | undefined, signal: AbortSignal) => RequestInit;
  /** Puts cookies among the headers: those of parameters, and those that are credentials. */
  readonly sendCookies?: (
    headers: Headers,
    cookies: readonly (string | undefined)[],
    credentials: readonly (readonly [name: string, value: string])[],
    address: string,
  ) => void;
  /** The header of an idempotency key, and what makes one where the document declares that header. */
  readonly idempotency?: (operation: OperationDescriptor) => {
    readonly name: string;
    readonly make: (() => string) | undefined;
  };
  /** Whether a second request of a method does no more than the first. Absent: only of GET. */
  readonly isIdempotent?: (method: string) => boolean;
  /** The response that the document declares for a status. Absent: that of its code. */
  readonly declared?: (operation: OperationDescriptor, status: number) => ResponseDescriptor | undefined;
  /** Whether an answer has no body, whatever its headers say. Absent: each has one. */
  readonly empty?: (operation: OperationDescriptor, declared: ResponseDescriptor, status: number) => boolean;
  /** The answer of what is declared without a body, or not at all, where it is taken as it comes. Absent: it is not as declared. */
  readonly takes?: (
    exchange: Exchange,
    body: unknown,
    declared: ResponseDescriptor | undefined,
  ) => Answered | undefined;
  /** The error of a call that is awaited, for an answer below 400 that is no success. Absent: each is one. */
  readonly failure?: (answer: Answered) => (() => ApiError) | undefined;
  /** The content that a `Content-Type` selects. */
  readonly select?: (
    contents: readonly ContentDescriptor[],
    contentType: string | null,
  ) => ContentDescriptor | undefined;
  /** Reads a whole body. Throws a DecodeError of `wire/errors.ts`. */
  readonly decode?: (
    content: ContentDescriptor,
    bytes: ArrayBuffer,
    headers: Headers,
  ) => Promise<DecodedBody>;
  /**
   * Follows redirects, or takes them for answers. Absent: a redirect is a RedirectError, and nothing is told to whom it names. An
   * operation that declares redirects has it of its own.
   */
  readonly redirects?: Follower;
  /** Whether an answer is a stream that goes on after its head. Absent: none is. */
  readonly streams?: (answer: Answered) => boolean;
  /** The items of a body that is a sequence; `undefined` when it is none. */
  readonly items?: (content: ContentDescriptor, exchange: Exchange) => ItemStream | undefined;
  /** Decodes the declared headers of an answer. */
  readonly answerHeaders?: (declared: ResponseDescriptor | undefined, response: Response) => DecodedHeaders;
}

/** What a core does beyond sending, trying again, and reading: each an import that whoever makes the core hands in. */
export interface Features extends Wire {
  /** Adds credentials. Absent: there are none. */
  readonly authenticate?: typeof authenticate;
  /** Adds credentials to a query. Absent: there are none in queries. */
  readonly addKeys?: typeof addKeys;
  /** Asks for other credentials after a 401. Absent: that is the answer. */
  readonly renew?: Renew;
  /** The values of path parameters, where some are options. Absent: those of the call. */
  readonly pathValues?: typeof sharedValues;
  /** Lets operations go to servers of their own. Absent: each goes to that of the client. */
  readonly serverOf?: typeof operationUrl;
  /** Shows what was sent, without what is secret in it. Absent: the method and the address alone. */
  readonly show?: (call: OutgoingCall, request: SentRequest) => ShownRequest;
  /** Warns of what is sent, and of what an answer says of its operation. */
  readonly warn?: Watch;
  /** Asks the hooks of a client and of a call. */
  readonly watch?: Watch;
  /** Checks bodies. */
  readonly judge?: Judge;
}
