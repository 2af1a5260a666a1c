import { EncodeError } from "../wire/errors.js";
import {
  AbortError,
  ApiError,
  ConnectionError,
  DecodeError,
  PaginationError,
  RedirectError,
  TimeoutError,
  UnexpectedResponseError,
  ValidationError,
} from "./errors.js";
import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  GoneError,
  InternalServerError,
  NotFoundError,
  PaymentRequiredError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from "./status-errors.js";
import type { BodyAt, ErrorKey, HeadersOf, Responses, StatusOf } from "./types.js";

/** What any call can throw. The class of a status is that of every answer of the status, whether it is declared or not. */
export interface CommonErrors {
  readonly ApiError: typeof ApiError;
  readonly BadRequestError: ErrorClass<BadRequestError>;
  readonly AuthenticationError: ErrorClass<AuthenticationError>;
  readonly PaymentRequiredError: ErrorClass<PaymentRequiredError>;
  readonly PermissionDeniedError: ErrorClass<PermissionDeniedError>;
  readonly NotFoundError: ErrorClass<NotFoundError>;
  readonly ConflictError: ErrorClass<ConflictError>;
  readonly GoneError: ErrorClass<GoneError>;
  readonly UnprocessableEntityError: ErrorClass<UnprocessableEntityError>;
  readonly RateLimitError: ErrorClass<RateLimitError>;
  readonly InternalServerError: ErrorClass<InternalServerError>;
  readonly UnexpectedResponseError: typeof UnexpectedResponseError;
  readonly DecodeError: typeof DecodeError;
  readonly ValidationError: typeof ValidationError;
  readonly ConnectionError: typeof ConnectionError;
  readonly TimeoutError: typeof TimeoutError;
  readonly AbortError: typeof AbortError;
  readonly EncodeError: typeof EncodeError;
  readonly PaginationError: typeof PaginationError;
  readonly RedirectError: typeof RedirectError;
}

export const commonErrors: CommonErrors = {
  ApiError,
  BadRequestError,
  AuthenticationError,
  PaymentRequiredError,
  PermissionDeniedError,
  NotFoundError,
  ConflictError,
  GoneError,
  UnprocessableEntityError,
  RateLimitError,
  InternalServerError,
  UnexpectedResponseError,
  DecodeError,
  ValidationError,
  ConnectionError,
  TimeoutError,
  AbortError,
  EncodeError,
  PaginationError,
  RedirectError,
};

/** A class to compare with by `instanceof`. */
export type ErrorClass<Instance> = abstract new (...parts: never) => Instance;

/** The class of a status, whose errors have one of the declared bodies when they are `declared`. */
export type StatusErrorClass<Instance, Body> = ErrorClass<
  (Instance & Declared<Body>) | (Instance & Undeclared)
>;

/** An error that the document declares. */
export interface Declared<Body> {
  readonly declared: true;
  readonly body: Body;
}

/** An error that it does not declare, such as that of a proxy in between. */
export interface Undeclared {
  readonly declared: false;
  readonly body: unknown;
}

/** The declared failures of an operation, told apart by `status`. */
export type OperationErrorOf<Operation> = {
  [Key in keyof Responses<Operation>]: ErrorAt<Responses<Operation>, Key>;
}[keyof Responses<Operation>];

/** Whether an error is an answer that the document declares for an operation. */
export function isErrorOf(error: unknown, operationId: string): error is ApiError {
  return (
    error instanceof ApiError && error.declared && error.status >= 400 && error.operationId === operationId
  );
}

type ErrorAt<R, Key extends keyof R> = [ErrorKey<Key>] extends [never]
  ? never
  : ErrorWith<StatusOf<Key, keyof R>, BodyAt<R, Key>, HeadersOf<R[Key]>>;

// `infer` holds the status to a number without a proof, which would walk over all status codes.
type ErrorWith<Status, Body, Headers> = [Status] extends [infer Code extends number]
  ? ApiError<Code, Body, Headers>
  : never;
