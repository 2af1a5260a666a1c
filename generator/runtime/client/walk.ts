import type { OperationDescriptor, PaginationDescriptor } from "../operation.js";
import type { CallParts } from "./options.js";
import type { SentParts } from "./request.js";

/** What a page is asked with. */
export interface PageRequest {
  readonly parts: SentParts;
  /** The cursor or the address that led here; absent while the walk goes by offset, and at its start. */
  readonly mark: string | undefined;
}

/** A page that has come. */
export interface PageAnswer {
  readonly data: unknown;
  readonly response: Response;
}

/** A walk from page to page. */
export interface Walk {
  readonly operation: OperationDescriptor;
  readonly pagination: PaginationDescriptor;
  /** What the caller asked for. */
  readonly first: CallParts;
  readonly current: PageRequest;
  readonly answer: PageAnswer;
}

/** What the next page is asked with, if this is the way to it; `more`: the page says that there is one. */
export type Way = (walk: Walk, more: boolean) => PageRequest | undefined;
