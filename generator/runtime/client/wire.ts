import type { ContentDescriptor, OperationDescriptor } from "../operation.js";
import type { EncodedBody } from "../wire/encode-body.js";
import type { ItemStream, StreamedExchange, StreamErrors } from "./item-stream.js";
import type { CallParts, ReadHeaders } from "./options.js";

/** Values of one location, by name. */
export type Values = { readonly [name: string]: unknown };

/** A body that was read: the value, and what validators judge it by. */
export interface DecodedBody {
  readonly body: unknown;
  readonly judged: unknown;
}

/**
 * How an operation travels where it departs from the plain way: texts, numbers and lists of them in paths and queries, and JSON. Each
 * departure is an import, which whoever sends the operation hands on: `send(caller, operation, parts, options, wire.query)`. So a
 * program carries those alone that its operations need.
 */
export interface Wire {
  /** Fills the path template. */
  readonly path?: (operation: OperationDescriptor, values: Values) => string;
  /** The query, without `?`. */
  readonly query?: (operation: OperationDescriptor, values: Values | undefined) => string;
  /** The declared headers, cookies apart. */
  readonly headers?: (
    operation: OperationDescriptor,
    values: Values | undefined,
  ) => readonly (readonly [name: string, value: string])[];
  /** The value of the header `Cookie`, if there is one. */
  readonly cookies?: (operation: OperationDescriptor, values: Values | undefined) => string | undefined;
  /** The body, if the operation takes one of this kind. */
  readonly body?: (operation: OperationDescriptor, parts: CallParts) => EncodedBody;
  /** The content that a `Content-Type` selects. */
  readonly select?: (
    contents: readonly ContentDescriptor[],
    contentType: string | null,
  ) => ContentDescriptor | undefined;
  /** Reads a whole body. Throws a DecodeError of `wire/errors.ts`. */
  readonly decode?: (content: ContentDescriptor, bearer: Response) => Promise<DecodedBody>;
  /** The items of a body that is a sequence; `undefined` when it is none. */
  readonly items?: (
    content: ContentDescriptor,
    exchange: StreamedExchange,
    errors: StreamErrors,
  ) => ItemStream | undefined;
  /** Decodes the declared headers of an answer. */
  readonly answerHeaders?: ReadHeaders;
}
