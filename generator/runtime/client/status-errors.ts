import { ApiError, type Answered } from "./errors.js";
import type { Codes } from "./types.js";

/** 400: the request breaks the contract. */
export class BadRequestError<Body = unknown> extends ApiError<400, Body> {
  override get name(): string {
    return "BadRequestError";
  }
}

/** 401: who asks is not known. */
export class AuthenticationError<Body = unknown> extends ApiError<401, Body> {
  override get name(): string {
    return "AuthenticationError";
  }
}

/** 402: the plan does not include it. */
export class PaymentRequiredError<Body = unknown> extends ApiError<402, Body> {
  override get name(): string {
    return "PaymentRequiredError";
  }
}

/** 403: who asks may not. */
export class PermissionDeniedError<Body = unknown> extends ApiError<403, Body> {
  override get name(): string {
    return "PermissionDeniedError";
  }
}

/** 404: there is no such thing. */
export class NotFoundError<Body = unknown> extends ApiError<404, Body> {
  override get name(): string {
    return "NotFoundError";
  }
}

/** 409: the state of the thing forbids it. */
export class ConflictError<Body = unknown> extends ApiError<409, Body> {
  override get name(): string {
    return "ConflictError";
  }
}

/** 410: there is no such thing any more. */
export class GoneError<Body = unknown> extends ApiError<410, Body> {
  override get name(): string {
    return "GoneError";
  }
}

/** 422: the request is well formed, and what it says cannot be done. */
export class UnprocessableEntityError<Body = unknown> extends ApiError<422, Body> {
  override get name(): string {
    return "UnprocessableEntityError";
  }
}

/** 429: too often; the header `Retry-After` may say when to come back. */
export class RateLimitError<Body = unknown> extends ApiError<429, Body> {
  override get name(): string {
    return "RateLimitError";
  }
}

/** 5xx: the server failed. */
export class InternalServerError<Body = unknown> extends ApiError<Codes<5>, Body> {
  override get name(): string {
    return "InternalServerError";
  }
}

/**
 * The error of an answer: of the class that is named for its status, whatever is wrong with it, since whoever catches that means all
 * answers of the status, those of a proxy in between too. Below 400 of the class that is given.
 */
export function apiError(
  answered: Answered,
  message?: string,
  options?: ErrorOptions,
  Below400: AnswerError = ApiError,
): ApiError {
  const { status } = answered.response;
  const StatusError =
    classes[status] ?? (status >= 500 ? InternalServerError : status >= 400 ? ApiError : Below400);
  return new StatusError(answered, message, options);
}

type AnswerError = new (answered: Answered, message?: string, options?: ErrorOptions) => ApiError;

const classes: { readonly [status: number]: AnswerError } = {
  400: BadRequestError,
  401: AuthenticationError,
  402: PaymentRequiredError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  410: GoneError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};
