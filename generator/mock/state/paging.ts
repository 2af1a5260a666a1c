import type { Operation } from "../../model/api-model.ts";
import { type Asked, type Values, valueAt } from "../exchange.ts";

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
  readonly total: number;
  /** What the parameter has to be for the next page; absent on the last. */
  readonly next?: string | number;
  readonly previous?: string | number;
}

const usualSize = 10;
const limits = ["limit", "per_page", "perPage", "page_size", "pageSize", "size", "page[size]", "$top", "top", "count", "first"];
const pages = ["page", "page_number", "pageNumber", "page[number]"];
const offsets = ["offset", "skip", "$skip"];

/** How the document pages a list: as it says or shows it, or by parameters whose names leave no doubt. `undefined` when it does not. */
export function pagingOf(operation: Operation): Paging | undefined {
  const { pagination, parameters } = operation;
  const named = (names: readonly string[]): string | undefined =>
    names.find((name) => parameters.some((one) => one.in === "query" && one.name === name));
  const inQuery = (place: readonly string[] | undefined): string | undefined => (place?.[0] === "query" ? place[1] : undefined);
  const limit = inQuery(pagination?.offset?.limit) ?? named(limits);
  const cursor = inQuery(pagination?.cursor?.parameter);
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
  const previous = from > 0 ? tell(Math.max(0, from - length)) : undefined;
  return {
    items,
    from,
    total: all.length,
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

/** What the envelope of a list tells of its page: keys and what stands there, `undefined` where nothing shall. */
export function* told(
  operation: Operation,
  body: unknown,
  { page, asked, paging }: { readonly page: Page<unknown>; readonly asked: Asked; readonly paging: Paging },
): Generator<readonly [keys: readonly string[], values: readonly unknown[]]> {
  const { more, total, cursor, next } = operation.pagination ?? {};
  const isText = (keys: readonly string[]): boolean => typeof valueAt(body, keys) === "string";
  const link = (at: string | number | undefined): readonly unknown[] =>
    at === undefined ? [null, undefined, ""] : [linkTo(asked, paging, at)];
  if (more !== undefined) yield [more, [page.next !== undefined]];
  if (total !== undefined) yield [total, [page.total]];
  if (cursor !== undefined)
    yield [cursor.value, page.next === undefined ? [null, undefined, ""] : [String(page.next), Number(page.next)]];
  if (next !== undefined) yield [next, link(page.next)];
  if (next !== undefined && isText([...next.slice(0, -1), "previous"]))
    yield [[...next.slice(0, -1), "previous"], link(page.previous)];
  if (operation.pagination !== undefined) return;
  for (const name of ["total", "total_count", "totalCount", "count"])
    if (typeof valueAt(body, [name]) === "number") yield [[name], [page.total]];
  for (const name of ["has_more", "hasMore", "has_next", "hasNext"])
    if (typeof valueAt(body, [name]) === "boolean") yield [[name], [page.next !== undefined]];
}

/** The address of another page. */
export function linkTo({ url }: Asked, { start }: Paging, at: string | number): string {
  const address = new URL(url());
  if (start !== undefined) address.searchParams.set(start.name, String(at));
  return address.href;
}
