import type { OperationDescriptor } from "../operation.js";
import type { CallParts } from "./options.js";
import type { SentParts } from "./request.js";

/** A list, and what the caller asked for. */
export interface Listed {
  readonly operation: OperationDescriptor;
  readonly parts: CallParts;
}

/** A page that has come, and what it was asked for with. */
export interface PageAnswer {
  readonly data: unknown;
  readonly response: Response;
  readonly asked: SentParts;
}

/**
 * What the page after one is asked for with, if this is the way to it. `seen` are the cursors and addresses that the walk has come by,
 * `more` whether the page says that another follows.
 */
export type Way = (
  list: Listed,
  page: PageAnswer,
  seen: Set<unknown>,
  more?: boolean,
) => SentParts | undefined;
