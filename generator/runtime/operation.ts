/**
 * What both sides know of an operation at run time. The generated `operations.ts` holds one such object for each operation;
 * the client encodes by it and the server decodes by it, so they cannot disagree. Its lists are no readonly arrays: the compiler holds
 * literals to plain ones with half the work, and there are thousands.
 */

export type Style =
  "matrix" | "label" | "simple" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject" | "cookie";

/** How one parameter or header travels. What is left out has the default of its location (OpenAPI 3.1, §4.8.12). */
export interface ParameterDescriptor {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie" | "querystring";
  readonly required?: true;
  /** Default: `simple` in path and header, `form` in query and cookie. */
  readonly style?: Style;
  /** Default: true for `form` (and `cookie`), false for the others. */
  readonly explode?: boolean;
  readonly allowReserved?: true;
  readonly allowEmptyValue?: true;
  /** Set for a `content` parameter: the value is a document of this media type. */
  readonly mediaType?: string;
  /** Between the value and its wire form. Default: they are the same. */
  readonly codec?: Codec;
}

/** Between a value as a program has it and its wire form, which JSON can write and validators judge: a Date and its text. */
export interface Codec<Value = unknown> {
  /** Throws a FormatError for what has no such value. */
  decode(wire: unknown): Value;
  /** Throws a FormatError for what has no wire form. What has it already is handed on. */
  encode(value: unknown): unknown;
}

/** JSON that keeps what JSON.parse would round; see `runtime/formats/exact.ts`. */
export interface JsonCodec {
  parse(text: string): unknown;
  stringify(value: unknown): string | undefined;
  /** As JSON.parse would have it. */
  rounded(value: unknown): unknown;
  /** The same after decoding. */
  settled(value: unknown): unknown;
}

/** The codec that a body takes. `text` also takes XML through as it is. */
export type BodyKind =
  "json" | "urlencoded" | "multipart" | "text" | "binary" | "json-lines" | "event-stream";

/** How one member of a form travels (OpenAPI 3.1, §4.8.15). */
export interface PartDescriptor {
  readonly contentType?: string;
  readonly style?: Style;
  readonly explode?: boolean;
  readonly allowReserved?: true;
  /** Of a multipart document: the value of the member is `{ value, headers }`. */
  readonly headers?: HeaderDescriptor[];
}

export interface ContentDescriptor {
  /** As in the document: `application/json`, `image/*`. */
  readonly mediaType: string;
  readonly kind: BodyKind;
  /** For urlencoded and multipart: the members that depart from the defaults. */
  readonly parts?: { readonly [property: string]: PartDescriptor };
  /** Of `event-stream`: an item is the data of an event, and not the event. */
  readonly items?: "data";
  /** Of an answer whose text has no types: what it is decoded to. A server reads a request by its validators. */
  readonly shape?: Shape;
  /** Between a body, or each item of a sequence, and its wire form. Default: they are the same. */
  readonly codec?: Codec;
  /** How JSON is read and written. Default: by JSON.parse and JSON.stringify. */
  readonly json?: JsonCodec;
}

export interface ResponseDescriptor {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  /** Absent: no body. */
  readonly contents?: ContentDescriptor[];
  /** Declared headers. */
  readonly headers?: HeaderDescriptor[];
}

/** How one response header travels: always style `simple`, or a document of a media type. */
export interface HeaderDescriptor {
  readonly name: string;
  readonly required?: true;
  readonly explode?: true;
  readonly mediaType?: string;
  /** What the text is decoded to. Default: `string`. */
  readonly shape?: Shape;
  readonly codec?: Codec;
}

export interface OperationDescriptor {
  /** The operationId. */
  readonly id: string;
  /** In capitals, as on the wire. */
  readonly method: string;
  /** The path template, as in the document. */
  readonly path: string;
  /** Where that has a query or a fragment: what of it travels. The query, without `?`, is the same for every request. */
  readonly route?: { readonly path: string; readonly query?: string };
  /** Where other operations have the same method and URL: what a request of this one has, and of the others has not. */
  readonly tells?: TellDescriptor[];
  readonly parameters?: ParameterDescriptor[];
  readonly body?: { readonly required?: true; readonly contents: ContentDescriptor[] };
  readonly responses: ResponseDescriptor[];
  /** Servers of its own, by the keys that a client chooses one by: the first is the default (OpenAPI 3.1, §4.8.10). */
  readonly servers?: { readonly [key: string]: ServerDescriptor };
  /** Alternatives (OR), each a scheme-to-scopes object whose members must all be met (AND). Absent: none is needed. */
  readonly security?: readonly { readonly [scheme: string]: readonly string[] }[];
  /** How the pages follow one another. Absent: there are none. */
  readonly pagination?: PaginationDescriptor;
}

/** A parameter that always has one text. The name of a header is in lower case. */
export interface TellDescriptor {
  readonly in: "query" | "header";
  readonly name: string;
  readonly value: string;
}

/** A server of the document: its URL, with the defaults of the variables in it. */
export type ServerDescriptor =
  string | { readonly url: string; readonly variables: { readonly [name: string]: string } };

/** Where an answer and a request hold what pages are asked for with: the keys that lead there. */
export interface PaginationDescriptor {
  /** From the body of a success to the array of items; `[]` is the body itself. */
  readonly items: readonly string[];
  readonly more?: readonly string[];
  readonly total?: readonly string[];
  /** `parameter` starts with the part of the request: `["query", "after"]`. */
  readonly cursor?: { readonly parameter: readonly string[]; readonly value: readonly string[] };
  readonly next?: readonly string[];
  readonly offset?: {
    readonly parameter: readonly string[];
    readonly limit?: readonly string[];
    /** What the server takes when no limit is sent. */
    readonly defaultLimit?: number;
  };
}

/**
 * What text is decoded to, worked out from the schema when generating. Wire text has no types: `7` is a string or a number by
 * the schema alone. Unions try their members in order `null`, `boolean`, `int64`, `integer`, `number`, `string`; an `int64` that
 * a number cannot hold is a bigint.
 */
export type Shape =
  | "string"
  | "int64"
  | "number"
  | "integer"
  | "boolean"
  | "null"
  | "any"
  | { readonly union: readonly Shape[] }
  | { readonly array: Shape; readonly prefix?: readonly Shape[] }
  | { readonly object: { readonly [property: string]: Shape }; readonly rest?: Shape };

/** A request before it is encoded, or after it is decoded: values by location. */
export interface RequestParts {
  readonly path?: { readonly [name: string]: unknown };
  readonly query?: { readonly [name: string]: unknown };
  readonly header?: { readonly [name: string]: unknown };
  readonly cookie?: { readonly [name: string]: unknown };
  readonly body?: unknown;
  /** Which of the body's media types to send. Default: the first of the operation. */
  readonly contentType?: string;
}
