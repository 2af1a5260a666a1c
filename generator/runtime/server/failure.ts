import type { OperationDescriptor } from "../operation.js";
import type { WireProblem } from "../wire/errors.js";
import { type Answer, Fields } from "./answer.js";

/** What a server answers by itself. */
export type FailureStatus = keyof typeof failureTitles;

/** The reason phrases (RFC 9110, §15; RFC 6585, §5). */
export const failureTitles = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
  504: "Gateway Timeout",
} as const;

/** A request that is answered without its handler, or in its stead. */
export interface Failure {
  readonly status: FailureStatus;
  readonly title: string;
  readonly detail: string;
  /** Every place that is wrong; empty but for 400 and 422. */
  readonly errors: readonly WireProblem[];
  /** Headers that the status asks for: `Allow`, `WWW-Authenticate`, `Accept`. */
  readonly headers: { readonly [name: string]: string };
  /** Absent when the request leads to none. */
  readonly operation?: OperationDescriptor;
}

/** What RFC 9457 has for an error, with every place that is wrong. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly WireProblem[];
}

/** An answer to a failure. `ErrorBody` is what the document declares. */
export interface FailureReply<ErrorBody = unknown> {
  /** Default: that of the failure. */
  readonly status?: number;
  /** Beside those of the failure. */
  readonly headers?: { readonly [name: string]: string };
  /** Default: `application/json`. */
  readonly contentType?: string;
  /** Sent as JSON; a string of another content type as it is. */
  readonly body?: ErrorBody | ProblemDetails;
}

/** Thrown by a verifier for a principal who is known and may not do this: 403 instead of 401. */
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

/** Problem details (RFC 9457), whatever errors the document declares: an `onInvalid`. */
export function problemDetails({ title, status, detail, errors }: Failure): FailureReply<never> {
  const problem = { type: "about:blank", title, status, detail };
  return {
    contentType: "application/problem+json",
    body: errors.length === 0 ? problem : { ...problem, errors },
  };
}

/** The answer to a failure: problem details (RFC 9457), or the envelope of the API. */
export function answerOf(failure: Failure, reply: FailureReply = problemDetails(failure)): Answer {
  const contentType = reply.contentType ?? "application/json";
  const fields = new Fields();
  for (const [name, value] of Object.entries({ ...failure.headers, ...reply.headers }))
    fields.set(name, value);
  const body =
    reply.body === undefined
      ? null
      : typeof reply.body === "string" && !contentType.includes("json")
        ? reply.body
        : JSON.stringify(reply.body);
  if (body !== null) fields.set("Content-Type", contentType);
  return { status: reply.status ?? failure.status, fields: fields.list, body };
}
