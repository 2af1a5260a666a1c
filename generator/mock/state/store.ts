/** What the mock remembers: the items of collections, made, listed, read, changed and removed. */
import type { ApiModel, Operation, Response } from "../../model/api-model.ts";
import { inPlace } from "../../model/direction.ts";
import type { Schema } from "../../openapi/shapes.ts";
import { type Answers, contentOf, successOf } from "../answers.ts";
import { type Asked, Declined, isRecord, type Reply, type Values, valueAt, withValue } from "../exchange.ts";
import { type Collection, type Part, partsOf } from "./collections.ts";
import { isValid, schemaAt } from "./fit.ts";
import { linkTo, pageOf, pagingOf, told, type Page } from "./paging.ts";
import { anotherOf, freshId, idIn, type Item, lookOf, Shelf, type View, viewOf, withId } from "./shelf.ts";

/** How many items a list has that is cut into pages, and another, where the document shows none. */
const many = 25;
const few = 3;

export class Store {
  private readonly answers: Answers;
  private readonly model: ApiModel;
  private readonly parts: ReadonlyMap<Operation, Part>;
  private readonly shelves = new Map<string, Shelf>();

  constructor(answers: Answers) {
    this.answers = answers;
    this.model = answers.model;
    this.parts = partsOf(answers.model);
  }

  /** Forgets everything that has happened. */
  reset(): void {
    this.shelves.clear();
  }

  /** The reply by what has happened before; `undefined` where the operation has no part in a collection. Throws Declined for what is gone. */
  reply(asked: Asked): Reply | undefined {
    const part = this.parts.get(asked.operation);
    if (part === undefined) return undefined;
    const { collection, deed } = part;
    const shelf = this.shelfOf(collection, asked);
    if (deed === "list") return this.list(asked, collection, shelf);
    if (deed === "create") return this.create(asked, collection, shelf);
    const given = asked.path[collection.parameter];
    const id = String(given);
    if (shelf.gone.has(id)) throw new Declined(404, `There is no ${collection.path}/${id} any more.`);
    this.seed(asked, collection, shelf);
    if (deed === "remove") {
      const reply = this.show(asked, collection, this.itemOf(shelf, id));
      shelf.remove(id);
      return reply;
    }
    const item = this.itemOf(shelf, id);
    if (deed === "replace") item.members = {};
    if (deed !== "get") shelf.change(item, this.sentMembers(asked, collection));
    return this.show(asked, collection, item);
  }

  /** An item that nobody has made and nobody has removed is there, as the document shows it. */
  private itemOf(shelf: Shelf, id: string): Item {
    return shelf.items.get(id) ?? { id, index: 0, members: {}, views: new Map() };
  }

  private shelfOf(collection: Collection, { path }: Asked): Shelf {
    const key = collection.path.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
    const shelf = this.shelves.get(key) ?? new Shelf();
    this.shelves.set(key, shelf);
    return shelf;
  }

  private show(asked: Asked, collection: Collection, item: Item): Reply {
    const response = successOf(asked.operation);
    const reply = this.answers.of(asked, response);
    const view = viewOf(this.model, response, reply.body, collection.parameter);
    return view === undefined ? reply : { ...reply, body: lookOf(this.model, item, view, response) };
  }

  private create(asked: Asked, collection: Collection, shelf: Shelf): Reply {
    const { operation } = asked;
    const response = successOf(operation);
    const reply = this.answers.of(asked, response);
    const view = viewOf(this.model, response, reply.body, collection.parameter) ?? this.viewOfItem(asked, collection);
    if (view === undefined) return reply;
    this.seed(asked, collection, shelf);
    const sent = this.sentMembers(asked, collection, view);
    const wished = sent[view.id];
    const id = typeof wished === "string" || typeof wished === "number" ? String(wished) : freshId(this.model, shelf, view);
    const item = shelf.add(id, sent);
    const own = viewOf(this.model, response, reply.body, collection.parameter);
    const body = own === undefined ? reply.body : lookOf(this.model, item, own, response);
    const headers = locationOf(reply, response, asked, id);
    return { ...reply, ...(body === undefined ? {} : { body }), ...(headers === undefined ? {} : { headers }) };
  }

  /** How an item looks where it is read, for answers that do not show it. */
  private viewOfItem(asked: Asked, { get, parameter }: Collection): View | undefined {
    if (get === undefined) return undefined;
    const response = successOf(get);
    const { body } = this.answers.fixture(get, response, contentOf(asked, response));
    return viewOf(this.model, response, body, parameter);
  }

  /** What a request says of an item: its body, or what stands in it where the answer has the item. */
  private sentMembers({ body, operation }: Asked, { parameter }: Collection, known?: View): Values {
    if (!isRecord(body)) return {};
    const keys = known?.keys ?? this.keysOf(operation, parameter);
    const inner = keys.length === 0 ? undefined : valueAt(body, keys);
    return isRecord(inner) ? inner : body;
  }

  private keysOf(operation: Operation, parameter: string): readonly string[] {
    const response = successOf(operation);
    return viewOf(this.model, response, this.answers.fixture(operation, response).body, parameter)?.keys ?? [];
  }

  private list(asked: Asked, collection: Collection, shelf: Shelf): Reply | undefined {
    const { operation } = asked;
    const response = successOf(operation);
    const reply = this.answers.of(asked, response);
    const row = this.rowsOf(operation, response, reply.body, collection);
    if (row === undefined) return reply;
    this.seed(asked, collection, shelf);
    const all = [...shelf.items.values()];
    const paging = pagingOf(operation);
    const page: Page<Item> = paging === undefined ? { items: all, from: 0, total: all.length } : pageOf(paging, all, asked.query);
    const rows = page.items.map((item) => this.rowOf(item, row, response));
    let body = withValue(reply.body, row.keys, rows);
    const changes = paging === undefined ? [] : told(operation, body, { page, asked, paging });
    for (const [keys, values] of changes) {
      const fitting = values.find((value) => row.whole === undefined || isMember(this.model, row.whole, keys, value));
      if (values.length > 0) body = withValue(body, keys, fitting);
    }
    const links = paging === undefined ? undefined : linkHeader(response, page, (at) => linkTo(asked, paging, at));
    return { ...reply, body, ...(links === undefined ? {} : { headers: { ...reply.headers, ...links } }) };
  }

  private rowOf(item: Item, { id, schema, rows }: Rows, key: object): unknown {
    const before = item.views.get(key);
    if (before !== undefined) return before;
    const made = item.index === 0 ? undefined : anotherOf(this.model, schema, item.index);
    const first = rows[0];
    const row = withId(this.model, { id, schema }, isRecord(made) ? made : (first ?? {}), item);
    item.views.set(key, row);
    return row;
  }

  /** Fills a collection with what its list shows in the document, or with fixtures. */
  private seed(asked: Asked, collection: Collection, shelf: Shelf): void {
    if (shelf.seeded) return;
    shelf.seeded = true;
    const { list } = collection;
    if (list === undefined) return;
    const response = successOf(list);
    const content = contentOf({ accepts: asked.accepts, wishes: {} }, response);
    const row = this.rowsOf(list, response, this.answers.fixture(list, response, content).body, collection);
    if (row === undefined) return;
    const shown = content?.examples.length !== 0;
    const wanted = shown ? row.rows.length : pagingOf(list) === undefined ? few : many;
    for (let index = 0; shelf.items.size < wanted && index < 2 * wanted; index++) {
      const made = row.rows[index] ?? anotherOf(this.model, row.schema, index);
      const id = isRecord(made) ? made[row.id] : undefined;
      if (!isRecord(made) || id === undefined || shelf.items.has(String(id))) continue;
      const { [row.id]: _, ...members } = made;
      shelf.add(String(id), members).views.set(response, made);
    }
  }

  private rowsOf(operation: Operation, response: Response, body: unknown, { parameter }: Collection): Rows | undefined {
    const whole = response.contents.find(({ kind }) => kind === "json")?.schema;
    const keys = operation.pagination?.items ?? onlyList(body);
    const rows = keys === undefined ? undefined : valueAt(body, keys);
    if (keys === undefined || !Array.isArray(rows)) return undefined;
    const list = schemaAt(this.model, whole, keys);
    const schema = list === undefined ? undefined : inPlace(this.model, list).find(({ items }) => items !== undefined)?.items;
    const records = rows.filter(isRecord);
    const first = records[0] ?? anotherOf(this.model, schema, 0);
    const id = isRecord(first) ? idIn(first, parameter) : undefined;
    return id === undefined ? undefined : { keys, id, schema, whole, rows: records };
  }
}

/** Where the items of a list stand in its answer. */
interface Rows {
  readonly keys: readonly string[];
  readonly id: string;
  /** Of an item. */
  readonly schema: Schema | undefined;
  readonly whole: Schema | undefined;
  readonly rows: readonly Values[];
}

function onlyList(body: unknown): readonly string[] | undefined {
  if (Array.isArray(body)) return [];
  if (!isRecord(body)) return undefined;
  const [name, ...others] = Object.keys(body).filter((key) => Array.isArray(body[key]));
  return name === undefined || others.length > 0 ? undefined : [name];
}

function isMember(model: ApiModel, whole: Schema, keys: readonly string[], value: unknown): boolean {
  const schema = schemaAt(model, whole, keys);
  const required = inPlace(model, schemaAt(model, whole, keys.slice(0, -1)) ?? true).some((part) =>
    part.required?.includes(keys.at(-1) ?? ""),
  );
  return value === undefined ? !required : schema === undefined || isValid(model, schema, value);
}

function headerNamed({ headers }: Response, wanted: string): string | undefined {
  return headers.find(({ name }) => name.toLowerCase() === wanted)?.name;
}

function locationOf(reply: Reply, response: Response, asked: Asked, id: string): Reply["headers"] {
  const name = headerNamed(response, "location");
  if (name === undefined) return undefined;
  const address = new URL(asked.url());
  address.search = "";
  address.pathname = `${address.pathname.replace(/\/$/, "")}/${encodeURIComponent(id)}`;
  return { ...reply.headers, [name]: address.href };
}

/** RFC 8288. */
function linkHeader(response: Response, page: Page<unknown>, link: (at: string | number) => string): Values | undefined {
  const name = headerNamed(response, "link");
  if (name === undefined) return undefined;
  const { next, previous } = page;
  const links = [
    ...(next === undefined ? [] : [`<${link(next)}>; rel="next"`]),
    ...(previous === undefined ? [] : [`<${link(previous)}>; rel="prev"`]),
  ];
  return { [name]: links.length === 0 ? undefined : links.join(", ") };
}
