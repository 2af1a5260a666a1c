import type { Operation } from "../../model/api-model.ts";
import type { Values } from "../exchange.ts";

/** How a list is cut into pages: where a request asks for one. */
export interface Paging {
  /** The member of the query that asks for a size, and the size without it. */
  readonly limit: string | undefined;
  readonly size: number;
  /** The parameter that tells where a page starts, and as what. */
  readonly start: { readonly by: "offset" | "page" | "cursor"; readonly name: string } | undefined;
}

/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly from: number;
  /** How many items the whole list has. */
  readonly total: number;
  /** How many items a page may have. */
  readonly length: number;
  /** What the parameter has to be for the next page; absent on the last. */
  readonly next?: string | number;
  readonly previous?: string | number;
  /** The same for the first page and the last; absent where only an item tells where a page starts. */
  readonly first?: number;
  readonly last?: number;
}

const usualSize = 10;
const limits = ["limit", "per_page", "perPage", "page_size", "pageSize", "size", "page[size]", "$top", "top", "count", "first"];
const pages = ["page", "page_number", "pageNumber", "page[number]", "current_page", "currentPage"];
const offsets = ["offset", "skip", "$skip", "page[offset]"];
const cursors = ["cursor", "starting_after", "page_token", "pageToken", "next_token", "nextToken", "page[after]", "after"];

/** How the document pages a list: as it says or shows it, or by parameters whose names leave no doubt. `undefined` when it does not. */
export function pagingOf(operation: Operation): Paging | undefined {
  const { pagination, parameters } = operation;
  const named = (names: readonly string[]): string | undefined =>
    names.find((name) => parameters.some((one) => one.in === "query" && one.name === name));
  const inQuery = (place: readonly string[] | undefined): string | undefined => (place?.[0] === "query" ? place[1] : undefined);
  const limit = inQuery(pagination?.offset?.limit) ?? named(limits);
  const cursor = inQuery(pagination?.cursor?.parameter) ?? (pagination === undefined ? named(cursors) : undefined);
  const offset = inQuery(pagination?.offset?.parameter) ?? named(offsets);
  const page = named(pages);
  const start =
    cursor !== undefined
      ? ({ by: "cursor", name: cursor } as const)
      : offset !== undefined
        ? ({ by: "offset", name: offset } as const)
        : page !== undefined
          ? ({ by: "page", name: page } as const)
          : undefined;
  if (start === undefined && limit === undefined) return undefined;
  const written = parameters.find(({ name }) => name === limit)?.schema;
  const standard = typeof written === "object" && typeof written.default === "number" ? written.default : undefined;
  return { limit, size: pagination?.offset?.defaultLimit ?? standard ?? usualSize, start };
}

/** The page that a request asks for. A cursor is the id of the last item before the page. */
export function pageOf<Item extends { readonly id: string }>(
  { limit, size, start }: Paging,
  all: readonly Item[],
  query: Values,
): Page<Item> {
  const asked = limit === undefined ? undefined : numberOf(query[limit]);
  const length = asked === undefined || asked < 1 ? size : asked;
  const given = start === undefined ? undefined : query[start.name];
  const from = Math.max(0, startOf(start?.by, given, all, length));
  const items = all.slice(from, from + length);
  const tell = (index: number): string | number | undefined => {
    if (start?.by === "offset") return index;
    if (start?.by === "page") return Math.floor(index / length) + 1;
    return all[index - 1]?.id;
  };
  const next = from + length < all.length && items.length > 0 ? tell(from + length) : undefined;
  const previous = from > 0 ? tell(Math.max(0, Math.min(from, all.length) - length)) : undefined;
  const last = Math.max(0, Math.ceil(all.length / length) - 1);
  const ends =
    start?.by === "offset" ? { first: 0, last: last * length } : start?.by === "page" ? { first: 1, last: last + 1 } : {};
  return {
    ...{ items, from, total: all.length, length, ...ends },
    ...(next === undefined ? {} : { next }),
    ...(previous === undefined ? {} : { previous }),
  };
}

function startOf(
  by: NonNullable<Paging["start"]>["by"] | undefined,
  given: unknown,
  all: readonly { readonly id: string }[],
  length: number,
): number {
  if (by === "offset") return numberOf(given) ?? 0;
  if (by === "page") return ((numberOf(given) ?? 1) - 1) * length;
  if (typeof given !== "string" && typeof given !== "number") return 0;
  // Where the item is gone, the walk is over.
  const place = all.findIndex(({ id }) => id === String(given));
  return given === "" ? 0 : place === -1 ? all.length : place + 1;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}
