import type { OperationDescriptor } from "../operation.js";
import type { StandardIssue } from "../standard-schema.js";
import type { ShownRequest } from "./redact.js";

/** An answer and what was asked: the parts that every ApiError is made of. */
export interface Answered<Body = unknown> {
  readonly operation: OperationDescriptor;
  /** The method and path, for messages. */
  readonly name: string;
  /** What was sent and how often, for errors. */
  readonly sent: () => SentSoFar;
  readonly response: Response;
  readonly body: Body;
  /** The media type of the body as the document declares it. */
  readonly contentType?: string | undefined;
  /** The declared headers, decoded. */
  readonly headers: DecodedHeaders;
  /** Whether the document declares it: the status, the media type, and a body that could be read. */
  readonly declared: boolean;
  /** To be told when the answer is taken for a failure. */
  readonly failed?: ((error: unknown) => void) | undefined;
}

/** How far a call has come when it fails. */
export interface SentSoFar {
  /** What was sent last, without what is secret in it; absent when nothing was. */
  readonly request?: ShownRequest | undefined;
  /** How many requests were begun. */
  readonly attempts?: number | undefined;
}

/** Declared headers by their names in the document. */
export interface DecodedHeaders {
  readonly [name: string]: unknown;
}

/**
 * The server answered, and not with a success. Told apart by `status`; `declared` says whether `body` is what the document declares for
 * it. What is secret in the request is in no member of it.
 */
export class ApiError<
  Status extends number = number,
  Body = unknown,
  Decoded = DecodedHeaders,
> extends Error {
  declare readonly status: Status;
  /**
   * Whether the document declares this answer: its status, its media type, and a body that could be read. If not, `body` is the JSON
   * value if it was JSON, else the text.
   */
  declare readonly declared: boolean;
  declare readonly body: Body;
  /** The media type of the body as the document declares it; `undefined` when there is no body. */
  declare readonly contentType: string | undefined;
  /** The operationId. */
  declare readonly operationId: string;
  /** The path template, as in the document. */
  declare readonly path: string;
  /** What was sent; credentials, cookies and keys are hidden. */
  declare readonly request: ShownRequest;
  /** How many requests it took. */
  declare readonly attempts: number;
  // Private, so that a logged error is not a page long, and does not show cookies that were set.
  readonly #answered: Answered<Body>;

  override get name(): string {
    return "ApiError";
  }

  constructor(answered: Answered<Body>, message: string = describe(answered), options?: ErrorOptions) {
    super(message, options);
    const { operation, response, declared, body, contentType, sent } = answered;
    const { status } = response;
    const { id: operationId, path } = operation;
    Object.assign(this, { status, declared, body, contentType, operationId, path, ...sent() });
    this.#answered = answered;
  }

  /** The headers that the document declares for the status, decoded; one that is absent or cannot be decoded is left out. */
  get headers(): Decoded {
    // What the types say of an operation is what its descriptor says: both are made from one document.
    return this.#answered.headers as Decoded;
  }

  /** The raw response; its body has been read. */
  get response(): Response {
    return this.#answered.response;
  }

  /** What `JSON.stringify` shows. */
  toJSON(): object {
    return { ...this, name: this.name, message: this.message };
  }
}

/**
 * The server answered with a status below 400 what the document does not declare: a status, or a media type for it. `body` is the
 * JSON value if it was JSON, else the text. A status of 400 or above has the error of that status, whose `declared` is false.
 */
export class UnexpectedResponseError extends ApiError<number, unknown> {
  override get name(): string {
    return "UnexpectedResponseError";
  }
}

/** The body is not what its media type promises, such as JSON that was cut off. `cause` says why, `body` is its text. */
export class DecodeError extends UnexpectedResponseError {
  override get name(): string {
    return "DecodeError";
  }
}

/** The body does not meet its schema, and the client was told to check it: the option `validation`. `body` is the body. */
export class ValidationError extends UnexpectedResponseError {
  /** What is wrong, and where. */
  readonly issues: readonly StandardIssue[];

  override get name(): string {
    return "ValidationError";
  }

  constructor(answered: Answered, issues: readonly StandardIssue[]) {
    super(answered, broken(answered, issues));
    this.issues = issues;
  }
}

/** A call that came to no answer: what a ConnectionError, a TimeoutError, an AbortError and a RedirectError have. */
class UnansweredError extends Error {
  /** What was sent last; credentials, cookies and keys are hidden. `undefined` when nothing was. */
  declare readonly request: ShownRequest | undefined;
  /** How many requests were begun; `undefined` when the error is of no single call. */
  declare readonly attempts: number | undefined;

  constructor(message: string, options: ErrorOptions & SentSoFar = {}) {
    super(message, options);
    this.request = options.request;
    this.attempts = options.attempts;
  }
}

/** No answer came, or it broke off: the name was not found, the connection refused or reset. `cause` is what `fetch` threw. */
export class ConnectionError extends UnansweredError {
  override get name(): string {
    return "ConnectionError";
  }
}

/**
 * The server redirects, and there is no safe way on: too often, to no address of http or https, from https to http, with a body that
 * cannot be sent twice, or in a browser, which does not show where to. Not tried again.
 */
export class RedirectError extends UnansweredError {
  override get name(): string {
    return "RedirectError";
  }
}

/** The next page cannot be asked for: its address is of another origin, or the server gave the same cursor twice, or none. */
export class PaginationError extends Error {
  override get name(): string {
    return "PaginationError";
  }
}

/** The time for the whole call, the body included, was over. */
export class TimeoutError extends UnansweredError {
  override get name(): string {
    return "TimeoutError";
  }
}

/** The caller's signal was aborted; `cause` is its reason. */
export class AbortError extends UnansweredError {
  override get name(): string {
    return "AbortError";
  }
}

/** `GET /things/{id} answered 404: There is no such thing.`; `what` stands before the server's own words. */
export function describe(answered: Answered, what: string = ""): string {
  const detail = detailOf(answered.body);
  return `${saying(answered)}${what}${detail && `: ${detail}`}`;
}

/** `GET /things/{id}` */
export function nameOf({ method, path }: Pick<OperationDescriptor, "method" | "path">): string {
  return `${method} ${path}`;
}

/** `GET /things/{id} answered 404` */
export function saying({ name, response }: Pick<Answered, "name" | "response">): string {
  return `${name} answered ${response.status}`;
}

/** Why something failed. Node hides it behind "fetch failed"; a refused connection to two addresses is an AggregateError without words. */
export function reasonOf(error: unknown): unknown {
  const { cause = error }: { readonly cause?: unknown } = Object(error);
  const { message, code }: { readonly message?: unknown; readonly code?: unknown } = Object(cause);
  return message || code || cause;
}

function broken(answered: Answered, issues: readonly StandardIssue[]): string {
  const shown = issues.slice(0, 3).map(({ path = [], message }) => {
    const keys = path.map((key) => `/${String(typeof key === "object" ? key.key : key)}`).join("");
    return `${keys || "it"} ${message}`;
  });
  const more = issues.length > 3 ? `; and ${issues.length - 3} more` : "";
  return `${saying(answered)} with a body that does not meet its schema: ${shown.join("; ")}${more}`;
}

// RFC 9457 has `detail` and `title`; the others are what APIs use in practice. Of a list, the first.
const detailMembers = ["0", "detail", "message", "title", "error_description", "error", "errors"];

/** The server's own words in a body; `""` when there are none. */
function detailOf(body: unknown): string {
  if (typeof body === "string") {
    const line = body.replace(/\s+/g, " ").trim();
    // A page of HTML says nothing in a line.
    return line.startsWith("<") ? "" : line.replace(/^(.{299})..+/, "$1…");
  }
  const members: { readonly [name: string]: unknown } = Object(body);
  for (const name of detailMembers) {
    const member = members[name];
    const detail = member ? detailOf(member) : "";
    if (detail) return detail;
  }
  return "";
}
