import type { OperationDescriptor } from "../operation.js";
import { nameOf, PaginationError } from "./errors.js";
import { ownValue } from "./plain.js";
import type { Follow, SentParts } from "./request.js";
import type { Listed, Way } from "./walk.js";

/** By the cursor that a page holds. */
export const byCursor: Way = (list, { data, asked }, seen) => {
  const { parameter, value } = { ...list.operation.pagination?.cursor };
  const cursor = valueAt(data, value);
  seen.add(valueAt(asked, parameter));
  // A number or a text.
  return /^[ns]/.test(typeof cursor) && cursor !== ""
    ? withValue(list.parts, parameter ?? [], unseen(cursor, list, seen))
    : undefined;
};

/** By the address that a page holds. */
export const byLink: Way = (list, { data, response }, seen) => {
  const { operation, parts } = list;
  const link = valueAt(data, operation.pagination?.next);
  if (!isText(link)) return undefined;
  seen.add(unseen(link, list, seen));
  return { ...parts, follow: following(link, operation, response) };
};

/** By the number of items so far. It counts from the start of all, so it says nothing to a walk that has gone by a cursor or a link. */
export const byOffset: Way = ({ operation, parts }, { data, asked }, seen, more = false) => {
  const { offset, cursor, next, total } = { ...operation.pagination };
  const said = [valueAt(data, cursor?.value), valueAt(data, next)];
  if (!more && said.some((value) => value === null || value === "")) return undefined;
  if (offset === undefined || [...seen].some((mark) => mark !== undefined && mark !== null)) return undefined;
  const count = itemsIn(data, operation).length;
  const start = Number(valueAt(asked, offset.parameter) ?? 0);
  const all = valueAt(data, total);
  const ended = count === 0 || (typeof all === "number" && start + count >= all);
  if (ended && !more) return undefined;
  const limit = Number(valueAt(parts, offset.limit) ?? offset.defaultLimit ?? 0);
  const step = count > 0 ? count : limit;
  return step > 0 ? withValue(asked, offset.parameter, start + step) : undefined;
};

/**
 * By the first of several ways that there is. A page may say by a member of its own whether another follows: then there is none, or a
 * PaginationError where no way leads to it.
 */
export function firstOf(...ways: readonly Way[]): Way {
  return (list, page, seen) => {
    const { operation } = list;
    const more = valueAt(page.data, operation.pagination?.more);
    if (more === false) return undefined;
    for (const way of ways) {
      const parts = way(list, page, seen, more === true);
      // A cursor or a link knows where it is.
      const { offset } = { ...operation.pagination };
      if (parts !== undefined)
        return offset === undefined || way === byOffset
          ? parts
          : withValue(parts, offset.parameter, undefined);
    }
    if (more !== true) return undefined;
    throw new PaginationError(
      `${nameOf(operation)} says that there is another page, and not how to ask for it.`,
    );
  };
}

/** The items of a page; none where the answer holds no array. */
export function itemsIn(data: unknown, { pagination }: OperationDescriptor): readonly unknown[] {
  const found = valueAt(data, pagination?.items);
  return Array.isArray(found) ? found : [];
}

/** A cursor or an address. Throws a PaginationError for one that the walk has come by. */
function unseen(mark: unknown, { operation }: Listed, seen: ReadonlySet<unknown>): unknown {
  if (!seen.has(mark)) return mark;
  throw new PaginationError(`${nameOf(operation)} names ${JSON.stringify(mark)} a second time.`);
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

// The first key is one of the parts.
function withValue(parts: SentParts, keys: readonly string[], value: unknown): SentParts {
  return put(parts, keys, value) as SentParts;
}

function put(holder: unknown, [key, ...keys]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const members: object = Object(holder);
  return { ...members, [key]: put(ownValue(holder, key), keys, value) };
}

function valueAt(holder: unknown, keys: readonly string[] | undefined): unknown {
  return keys?.reduce(ownValue, holder);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
