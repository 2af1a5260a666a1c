/** What stands around the items of a list: totals, pages, cursors and links, in its body and its headers. */
import type { ApiModel, Operation, Response } from "../../model/api-model.ts";
import { inPlace } from "../../model/direction.ts";
import type { Schema } from "../../openapi/shapes.ts";
import { type Asked, isRecord, type Values, valueAt, withValue } from "../exchange.ts";
import { isValid, schemaAt } from "./fit.ts";
import type { Page, Paging } from "./paging.ts";

/** A page, and what it was asked for by. */
export interface Told {
  readonly asked: Asked;
  readonly page: Page<unknown>;
  readonly paging: Paging;
  /** Where the items stand. */
  readonly items: readonly string[];
}

type Change = readonly [keys: readonly string[], values: readonly unknown[]];

/** The body of a list with all that it tells of its pages made true, as far as its schema takes it. */
export function withEnvelope(model: ApiModel, whole: Schema | undefined, body: unknown, told: Told): unknown {
  const { asked } = told;
  // What the document says of its pages has the last word.
  const changes = [...usual(body, told), ...linksOf(model, whole, body, told), ...declared(asked.operation, body, told)];
  let changed = body;
  for (const [keys, values] of changes) {
    const fitting = values.findIndex((value) => whole === undefined || isMember(model, whole, keys, value));
    if (fitting !== -1) changed = withValue(changed, keys, values[fitting]);
  }
  return changed;
}

/** As the document says or shows it. */
function* declared(operation: Operation, body: unknown, told: Told): Generator<Change> {
  const { more, total, cursor, next } = operation.pagination ?? {};
  const { page } = told;
  if (more !== undefined) yield [more, [page.next !== undefined]];
  if (total !== undefined) yield [total, [page.total]];
  if (cursor !== undefined)
    yield [cursor.value, page.next === undefined ? [null, undefined, ""] : [String(page.next), Number(page.next)]];
  if (next === undefined) return;
  yield [next, linked(told, page.next)];
  for (const name of ["previous", "prev"]) {
    const keys = [...next.slice(0, -1), name];
    if (typeof valueAt(body, keys) === "string") yield [keys, linked(told, page.previous)];
  }
}

/** By the names that leave no doubt, beside the items and in objects there. */
function* usual(body: unknown, told: Told, keys: readonly string[] = []): Generator<Change> {
  const holder = valueAt(body, keys);
  if (!isRecord(holder) || keys.length > 2) return;
  for (const [name, value] of Object.entries(holder)) {
    const place = [...keys, name];
    if (place.join("\0") === told.items.join("\0")) continue;
    if (isRecord(value)) yield* usual(body, told, place);
    else {
      const values = valuesOf(name, value, told);
      if (values !== undefined) yield [place, values];
    }
  }
}

/** Links that the schema has a place for, and the body has not. */
function* linksOf(model: ApiModel, whole: Schema | undefined, body: unknown, told: Told): Generator<Change> {
  const { next, previous, first, last } = told.page;
  for (const place of [["links"], ["links", "pages"], ["_links"]])
    for (const [name, at] of Object.entries({ next, prev: previous, previous, first, last })) {
      const keys = [...place, name];
      if (at === undefined || valueAt(body, keys) !== undefined || schemaAt(model, whole, keys) === undefined) continue;
      yield [keys, [linkTo(told.asked, told.paging, at)]];
    }
}

/** What a member of an envelope should be, the best first; `undefined` where its name says nothing of pages. */
function valuesOf(name: string, value: unknown, told: Told): readonly unknown[] | undefined {
  const { asked, page, paging } = told;
  const plain = name.toLowerCase().replace(/[^a-z]/g, "");
  if (typeof value === "boolean") return /^has(?:more|next|nextpage)$/.test(plain) ? [page.next !== undefined] : undefined;
  if (typeof value === "string" && isAddress(value)) {
    if (/^(?:self|href|current)$/.test(plain)) return [asked.url()];
    const at = { next: page.next, nextpage: page.next, first: page.first, last: page.last }[plain];
    if (/^(?:next|nextpage)$/.test(plain)) return linked(told, at);
    if (/^prev(?:ious)?(?:page)?$/.test(plain)) return linked(told, page.previous);
    return at === undefined ? undefined : linked(told, at);
  }
  if (/^next(?:cursor|pagetoken|token)$/.test(plain) && (typeof value === "string" || value === null))
    return page.next === undefined ? [null, undefined, ""] : [String(page.next)];
  if (typeof value !== "number" && value !== null) return undefined;
  const number = Math.floor(page.from / page.length) + 1;
  const count = Math.max(1, Math.ceil(page.total / page.length));
  const numbers: { readonly [name: string]: readonly unknown[] } = {
    ...{ total: [page.total], totalcount: [page.total], totalentries: [page.total], totalitems: [page.total] },
    ...{ totalresults: [page.total], count: [page.total], offset: [page.from], skip: [page.from] },
    ...{ page: [number], currentpage: [number], pagenumber: [number] },
    ...{ lastpage: [count], totalpages: [count], pagecount: [count], pages: [count] },
    ...{ nextpage: number < count ? [number + 1] : [null, undefined], limit: [page.length], perpage: [page.length] },
    ...{ previouspage: number > 1 ? [number - 1] : [null, undefined], pagesize: [page.length] },
    ...{ prevpage: number > 1 ? [number - 1] : [null, undefined] },
  };
  // What is null says nothing of its type, but for the page that may not be there.
  if (value === null && !/^(?:next|prev(?:ious)?)page$/.test(plain)) return undefined;
  return paging.start?.by === "cursor" && !plain.startsWith("total") && plain !== "count" ? undefined : numbers[plain];
}

function isAddress(value: string): boolean {
  return value === "" || value.startsWith("/") || URL.canParse(value);
}

function linked({ asked, paging }: Told, at: string | number | undefined): readonly unknown[] {
  return at === undefined ? [null, undefined, ""] : [linkTo(asked, paging, at)];
}

/** The address of another page. */
function linkTo({ url }: Asked, { start }: Paging, at: string | number): string {
  const address = new URL(url());
  if (start !== undefined) address.searchParams.set(start.name, String(at));
  return address.href;
}

function isMember(model: ApiModel, whole: Schema, keys: readonly string[], value: unknown): boolean {
  const schema = schemaAt(model, whole, keys);
  const required = inPlace(model, schemaAt(model, whole, keys.slice(0, -1)) ?? true).some((part) =>
    part.required?.includes(keys.at(-1) ?? ""),
  );
  return value === undefined ? !required : schema === undefined || isValid(model, schema, value);
}

/** The links to other pages (RFC 8288), where the answer declares the header. */
export function linkHeader({ headers }: Response, { asked, page, paging }: Told): Values | undefined {
  const name = headers.find((header) => header.name.toLowerCase() === "link")?.name;
  if (name === undefined) return undefined;
  const { next, previous, first, last } = page;
  const links = Object.entries({
    next,
    prev: previous,
    ...(previous === undefined ? {} : { first }),
    ...(next === undefined ? {} : { last }),
  }).flatMap(([rel, at]) => (at === undefined ? [] : [`<${linkTo(asked, paging, at)}>; rel="${rel}"`]));
  return { [name]: links.length === 0 ? undefined : links.join(", ") };
}
