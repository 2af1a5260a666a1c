import { EncodeError } from "../wire/errors.js";
import {
  AbortError,
  ApiError,
  ConnectionError,
  DecodeError,
  PaginationError,
  TimeoutError,
  UnexpectedResponseError,
} from "./errors.js";
import type { BodyAt, ErrorKey, Responses, StatusOf } from "./types.js";

/** What any call can throw, beside the errors of a status. */
export interface CommonErrors {
  readonly ApiError: typeof ApiError;
  readonly UnexpectedResponseError: typeof UnexpectedResponseError;
  readonly DecodeError: typeof DecodeError;
  readonly ConnectionError: typeof ConnectionError;
  readonly TimeoutError: typeof TimeoutError;
  readonly AbortError: typeof AbortError;
  readonly EncodeError: typeof EncodeError;
  readonly PaginationError: typeof PaginationError;
}

export const commonErrors: CommonErrors = {
  ApiError,
  UnexpectedResponseError,
  DecodeError,
  ConnectionError,
  TimeoutError,
  AbortError,
  EncodeError,
  PaginationError,
};

/** A class to compare with by `instanceof`, which tells the type of the body too. */
export type ErrorClass<Instance> = abstract new (...parts: never) => Instance;

/** The declared failures of an operation, told apart by `status`. */
export type OperationErrorOf<Operation> = {
  [Key in keyof Responses<Operation>]: ErrorAt<Responses<Operation>, Key>;
}[keyof Responses<Operation>];

/** Whether an error is an answer that the document declares for an operation. */
export function isErrorOf(error: unknown, operationId: string): error is ApiError {
  if (!(error instanceof ApiError) || error instanceof UnexpectedResponseError) return false;
  return error.operationId === operationId;
}

type ErrorAt<R, Key extends keyof R> = [ErrorKey<Key>] extends [never]
  ? never
  : ErrorWith<StatusOf<Key, keyof R>, BodyAt<R, Key>>;

// `infer` holds the status to a number without a proof, which would walk over all status codes.
type ErrorWith<Status, Body> = [Status] extends [infer Code extends number] ? ApiError<Code, Body> : never;
