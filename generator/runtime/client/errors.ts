import type { OperationDescriptor } from "../operation.js";

/** An answer and what was asked: the parts that every ApiError is made of. */
export interface Answered<Body = unknown> {
  readonly operation: OperationDescriptor;
  /** The URL, without what is secret in it. */
  readonly url: string;
  readonly response: Response;
  readonly body: Body;
  /** The media type of the body as the document declares it. */
  readonly contentType?: string | undefined;
}

/**
 * The server answered, and not with a success. For a status that the document declares, `body` is what it declares for it;
 * for all others see UnexpectedResponseError. Told apart by `status`.
 */
export class ApiError<Status extends number = number, Body = unknown> extends globalThis.Error {
  readonly status: Status;
  readonly headers: Headers;
  readonly body: Body;
  /** The media type of the body as the document declares it; `undefined` when there is no body. */
  readonly contentType: string | undefined;
  /** The operationId. */
  readonly operationId: string;
  readonly method: string;
  /** The path template, as in the document. */
  readonly path: string;
  /** The URL that was asked; keys that travel in the query are hidden. */
  readonly url: string;
  // Private, so that a logged error is not a page long.
  readonly #response: Response;

  static {
    this.prototype.name = "ApiError";
  }

  constructor(answered: Answered<Body>, message: string = describe(answered), options?: ErrorOptions) {
    super(message, options);
    // Who makes one has looked at the status.
    this.status = answered.response.status as Status;
    this.headers = answered.response.headers;
    this.body = answered.body;
    this.contentType = answered.contentType;
    this.operationId = answered.operation.id;
    this.method = answered.operation.method;
    this.path = answered.operation.path;
    this.url = answered.url;
    this.#response = answered.response;
  }

  /** The raw response; its body has been read. */
  get response(): Response {
    return this.#response;
  }
}

/**
 * The server answered what the document does not declare: a status, or a media type for it. `status` may be any, 2xx
 * included; `body` is the JSON value if it was JSON, else the text.
 */
export class UnexpectedResponseError extends ApiError<number, unknown> {
  static {
    this.prototype.name = "UnexpectedResponseError";
  }
}

/** The body is not what its media type promises, such as JSON that was cut off. `cause` says why, `body` is its text. */
export class DecodeError extends UnexpectedResponseError {
  static {
    this.prototype.name = "DecodeError";
  }
}

/** No answer came, or it broke off: the name was not found, the connection refused or reset. `cause` is what `fetch` threw. */
export class ConnectionError extends globalThis.Error {
  static {
    this.prototype.name = "ConnectionError";
  }
}

/** The next page cannot be asked for: its address is of another origin, or the server gave the same cursor twice, or none. */
export class PaginationError extends globalThis.Error {
  static {
    this.prototype.name = "PaginationError";
  }
}

/** The time for the whole call, the body included, was over. */
export class TimeoutError extends globalThis.Error {
  static {
    this.prototype.name = "TimeoutError";
  }
}

/** The caller's signal was aborted; `cause` is its reason. */
export class AbortError extends globalThis.Error {
  static {
    this.prototype.name = "AbortError";
  }
}

/** `GET /things/{id} answered 404: There is no such thing.` */
function describe({ operation, response, body }: Answered): string {
  const detail = detailOf(body);
  return `${operation.method} ${operation.path} answered ${response.status}${detail === undefined ? "" : `: ${detail}`}`;
}

// RFC 9457 has `detail` and `title`; the others are what APIs use in practice.
const detailMembers = ["detail", "message", "title", "error_description", "error", "errors"];

function detailOf(body: unknown): string | undefined {
  if (typeof body === "string") return shortened(body);
  if (Array.isArray(body)) return detailOf(body[0]);
  if (typeof body !== "object" || body === null) return undefined;
  const members = new Map<string, unknown>(Object.entries(body));
  for (const name of detailMembers) {
    const detail = detailOf(members.get(name));
    if (detail !== undefined) return detail;
  }
  return undefined;
}

function shortened(text: string): string | undefined {
  const line = text.trim().replace(/\s+/g, " ");
  if (line === "") return undefined;
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
