import type { OperationDescriptor, PaginationDescriptor } from "../operation.js";
import { PaginationError } from "./errors.js";
import type { CallParts } from "./options.js";
import type { Follow, SentParts } from "./request.js";

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

/**
 * What the page after this one is asked with: by its cursor, its link, or an offset, whichever it holds first; `undefined` at the
 * end. Throws a PaginationError where there is more and no way to it.
 */
export function nextRequest(
  operation: OperationDescriptor,
  pagination: PaginationDescriptor,
  walk: Walk,
): PageRequest | undefined {
  const { data, response } = walk.answer;
  const more = valueAt(data, pagination.more);
  if (more === false) return undefined;
  const cursor = valueAt(data, pagination.cursor?.value);
  if (pagination.cursor !== undefined && (typeof cursor === "number" || isText(cursor))) {
    const anew = withValue(walk.first, pagination.offset?.parameter, undefined);
    const parts = withValue(anew, pagination.cursor.parameter, cursor);
    return { parts, mark: cursorMark(cursor) };
  }
  const link = valueAt(data, pagination.next);
  if (isText(link)) {
    return {
      parts: { ...walk.first, follow: following(link, operation, response) },
      mark: `the address ${link}`,
    };
  }
  if (more !== true && [cursor, link].some((value) => value === null || value === "")) return undefined;
  const next = byOffset(pagination, walk, more === true);
  if (next === undefined && more === true) {
    throw new PaginationError(
      `${nameOf(operation)} says that there is another page, and not how to ask for it.`,
    );
  }
  return next;
}

/** The mark of the cursor that the caller starts from, if there is one. */
export function startMark({ cursor }: PaginationDescriptor, first: CallParts): string | undefined {
  const value = valueAt(first, cursor?.parameter);
  return value === undefined || value === null ? undefined : cursorMark(value);
}

/** The items of a page; none where the answer holds no array. */
export function itemsIn(data: unknown, { items }: PaginationDescriptor): readonly unknown[] {
  const found = valueAt(data, items);
  return Array.isArray(found) ? found : [];
}

interface Walk {
  /** What the caller asked for. */
  readonly first: CallParts;
  readonly current: PageRequest;
  readonly answer: PageAnswer;
}

// An offset counts from the start of all, so it says nothing to a walk that has gone by a cursor or a link.
function byOffset(
  pagination: PaginationDescriptor,
  { first, current, answer }: Walk,
  more: boolean,
): PageRequest | undefined {
  const { offset } = pagination;
  if (offset === undefined || current.mark !== undefined) return undefined;
  const count = itemsIn(answer.data, pagination).length;
  const start = Number(valueAt(current.parts, offset.parameter) ?? 0);
  const total = valueAt(answer.data, pagination.total);
  const ended = count === 0 || (typeof total === "number" && start + count >= total);
  if (ended && !more) return undefined;
  const limit = Number(valueAt(first, offset.limit) ?? offset.defaultLimit ?? 0);
  const step = count > 0 ? count : limit;
  return step > 0
    ? { parts: withValue(current.parts, offset.parameter, start + step), mark: undefined }
    : undefined;
}

function following(link: string, operation: OperationDescriptor, response: Response): Follow {
  return (address, credentials) => {
    const base = response.url === "" ? address : response.url;
    const url = URL.canParse(link, base) ? new URL(link, base) : undefined;
    const home = new URL(address);
    // Servers behind a proxy do not always know that they are spoken to in secret.
    if (url?.protocol === "http:" && home.protocol === "https:") url.protocol = "https:";
    if (url?.origin !== home.origin) {
      throw new PaginationError(
        `${nameOf(operation)} names ${JSON.stringify(link)} as the next page, which is not at ${home.origin}; it is not asked, since the request carries what is for that server alone.`,
      );
    }
    for (const name of credentials) if (url.searchParams.has(name)) url.searchParams.delete(name);
    return { address: `${url.origin}${url.pathname}`, query: url.search.slice(1) };
  };
}

function withValue(parts: CallParts, keys: readonly string[] | undefined, value: unknown): CallParts {
  // The first key is one of the parts.
  return keys === undefined ? parts : (put(parts, keys, value) as CallParts);
}

function put(holder: unknown, [key, ...keys]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const members = typeof holder === "object" && holder !== null ? holder : {};
  return { ...members, [key]: put(valueAt(members, [key]), keys, value) };
}

function valueAt(holder: unknown, keys: readonly string[] | undefined): unknown {
  if (keys === undefined) return undefined;
  let value = holder;
  for (const key of keys) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}

function cursorMark(cursor: unknown): string {
  return `the cursor ${JSON.stringify(cursor)}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function nameOf({ method, path }: OperationDescriptor): string {
  return `${method} ${path}`;
}
