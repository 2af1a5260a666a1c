import type { OperationDescriptor, PaginationDescriptor } from "../operation.js";
import { PaginationError } from "./errors.js";
import type { CallParts } from "./options.js";
import type { Follow } from "./request.js";
import type { PageRequest, Walk } from "./walk.js";
import type { Wire } from "./wire.js";

/**
 * What the page after this one is asked with: by its cursor, its link, or an offset, whichever it holds first; `undefined` at the
 * end. Throws a PaginationError where there is more and no way to it.
 */
export function nextRequest(wire: Wire, walk: Walk): PageRequest | undefined {
  const { pagination, operation, answer } = walk;
  const more = valueAt(answer.data, pagination.more);
  if (more === false) return undefined;
  const next =
    wire.byCursor?.(walk, more === true) ??
    wire.byLink?.(walk, more === true) ??
    wire.byOffset?.(walk, more === true);
  if (next === undefined && more === true)
    throw new PaginationError(
      `${nameOf(operation)} says that there is another page, and not how to ask for it.`,
    );
  return next;
}

/** By the cursor that a page holds. */
export const byCursor: Wire = {
  byCursor({ pagination: { cursor, offset }, answer, first }) {
    const value = valueAt(answer.data, cursor?.value);
    if (typeof value !== "number" && !isText(value)) return undefined;
    const anew = withValue(first, offset?.parameter, undefined);
    return { parts: withValue(anew, cursor?.parameter, value), mark: cursorMark(value) };
  },
};

/** By the address that a page holds. */
export const byLink: Wire = {
  byLink({ pagination, operation, answer, first }) {
    const link = valueAt(answer.data, pagination.next);
    if (!isText(link)) return undefined;
    const follow = following(link, operation, answer.response);
    return { parts: { ...first, follow }, mark: `the address ${link}` };
  },
};

/** By the number of items so far. It counts from the start of all, so it says nothing to a walk that has gone by a cursor or a link. */
export const byOffset: Wire = {
  byOffset({ pagination, first, current, answer }, more) {
    const { offset, cursor, next, total } = pagination;
    const { data } = answer;
    const said = [valueAt(data, cursor?.value), valueAt(data, next)];
    if (!more && said.some((value) => value === null || value === "")) return undefined;
    if (offset === undefined || current.mark !== undefined) return undefined;
    const count = itemsIn(data, pagination).length;
    const start = Number(valueAt(current.parts, offset.parameter) ?? 0);
    const all = valueAt(data, total);
    const ended = count === 0 || (typeof all === "number" && start + count >= all);
    if (ended && !more) return undefined;
    const limit = Number(valueAt(first, offset.limit) ?? offset.defaultLimit ?? 0);
    const step = count > 0 ? count : limit;
    return step > 0
      ? { parts: withValue(current.parts, offset.parameter, start + step), mark: undefined }
      : undefined;
  },
};

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
    for (const [name] of credentials) if (url.searchParams.has(name)) url.searchParams.delete(name);
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
