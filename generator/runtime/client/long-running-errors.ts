import type { OperationDescriptor } from "../operation.js";

/** What the server last said of an operation in the background. */
export interface LastWord<Body = unknown> {
  /** The operation that was started. */
  readonly operation: OperationDescriptor;
  readonly status: number;
  readonly body: Body;
}

/** An operation in the background failed. */
export class LongRunningError<Body = unknown> extends globalThis.Error {
  /** The status code of the answer that said so. */
  readonly status: number;
  /** Its body. */
  readonly body: Body;
  /** The operationId of the operation that was started. */
  readonly operationId: string;

  override get name(): string {
    return "LongRunningError";
  }

  constructor({ operation, status, body }: LastWord<Body>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.body = body;
    this.operationId = operation.id;
  }
}

/** The server does not know an operation in the background any more: it kept the result for a while only. */
export class LongRunningExpiredError<Body = unknown> extends globalThis.Error {
  /** 404 or 410. */
  readonly status: number;
  /** The body of that answer. */
  readonly body: Body;
  /** The operationId of the operation that was started. */
  readonly operationId: string;

  override get name(): string {
    return "LongRunningExpiredError";
  }

  constructor({ operation, status, body }: LastWord<Body>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.body = body;
    this.operationId = operation.id;
  }
}
