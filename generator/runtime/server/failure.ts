import type { OperationDescriptor } from "../operation.js";
import type { WireProblem } from "../wire/errors.js";

/** A request that is answered without its handler, or in its stead. */
export interface Failure {
  readonly status: 400 | 401 | 403 | 404 | 405 | 415 | 500;
  readonly title: string;
  readonly detail: string;
  /** Every place that is wrong; empty but for 400. */
  readonly errors: readonly WireProblem[];
  /** Headers that the status asks for: `Allow`, `WWW-Authenticate`, `Accept`. */
  readonly headers: { readonly [name: string]: string };
  /** Absent when the request leads to none. */
  readonly operation?: OperationDescriptor;
}

/** An answer in an envelope of one's own. */
export interface FailureReply {
  /** Default: that of the failure. */
  readonly status?: number;
  /** Beside those of the failure. */
  readonly headers?: { readonly [name: string]: string };
  /** Default: `application/json`. */
  readonly contentType?: string;
  /** Sent as JSON; a string of another content type as it is. */
  readonly body?: unknown;
}

/** Thrown by a security handler for a principal who is known and may not do this: 403 instead of 401. */
export class Forbidden extends Error {
  override readonly name: string = "Forbidden";

  constructor(message: string = "The credentials do not allow this.") {
    super(message);
  }
}

/** What `onError` is told when a handler returns a reply that the operation does not declare. The client is told 500 and no more. */
export class ReplyError extends Error {
  override readonly name: string = "ReplyError";
  readonly operation: OperationDescriptor;
  readonly problems: readonly WireProblem[];

  constructor(operation: OperationDescriptor, status: number, problems: readonly WireProblem[]) {
    const places = problems.map(
      (problem) =>
        `${problem.in}${problem.name === undefined ? "" : ` ${problem.name}`}${problem.pointer} ${problem.message}`,
    );
    super(
      `${operation.method} ${operation.path} cannot be answered with this ${status}: ${places.join("; ")}.`,
    );
    this.operation = operation;
    this.problems = problems;
  }
}

/** The answer to a failure: problem details (RFC 9457), or the envelope of the API. */
export function failureResponse(failure: Failure, reply: FailureReply | undefined): Response {
  const { status, title, detail, errors } = failure;
  if (reply === undefined) {
    const problem = {
      type: "about:blank",
      title,
      status,
      detail,
      ...(errors.length === 0 ? {} : { errors }),
    };
    return new Response(JSON.stringify(problem), {
      status,
      headers: { ...failure.headers, "Content-Type": "application/problem+json" },
    });
  }
  const contentType = reply.contentType ?? "application/json";
  const headers = new Headers({ ...failure.headers, ...reply.headers });
  const body =
    reply.body === undefined
      ? null
      : typeof reply.body === "string" && !contentType.includes("json")
        ? reply.body
        : JSON.stringify(reply.body);
  if (body !== null) headers.set("Content-Type", contentType);
  return new Response(body, { status: reply.status ?? status, headers });
}
