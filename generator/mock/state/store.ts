/** What the mock remembers: the items of collections, made, listed, read, changed and removed. */
import type { ApiModel, Operation, Response } from "../../model/api-model.ts";
import { type Answers, contentOf, successOf } from "../answers.ts";
import { type Asked, Declined, isRecord, type Reply, type Values, valueAt, withValue } from "../exchange.ts";
import { type Collection, type Part, partsOf } from "./collections.ts";
import { linkHeader, withEnvelope } from "./envelope.ts";
import { filtered } from "./filter.ts";
import { fit } from "./fit.ts";
import { pageOf, pagingOf } from "./paging.ts";
import { fill, type Rows, rowsOf } from "./rows.ts";
import { anotherOf, freshId, idIn, type Item, lookOf, Shelf, type View, viewOf, withId } from "./shelf.ts";

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
    if (part === undefined) return this.echo(asked);
    const { collection, deed, byBody } = part;
    const shelf = this.shelfOf(collection, asked);
    if (deed === "list") return this.list(asked, collection, shelf);
    if (deed === "create") return this.create(asked, collection, shelf);
    const given = byBody === true ? idSent(asked, collection) : asked.path[collection.parameter];
    if (given === undefined) return this.echo(asked);
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

  /** What is sent to be kept is shown again, where the answer is of that kind; `undefined` where nothing is sent. */
  private echo(asked: Asked): Reply | undefined {
    const { operation, body } = asked;
    if (!["post", "put", "patch"].includes(operation.method) || !isRecord(body)) return undefined;
    const response = successOf(operation);
    const reply = this.answers.of(asked, response);
    const view = viewOf(this.model, response, reply.body, "id");
    if (view === undefined) return reply;
    const shown = valueAt(reply.body, view.keys);
    const sent = this.sentMembers(asked, { path: operation.path, parameter: "id" }, view);
    return { ...reply, body: withValue(reply.body, view.keys, fit(this.model, view.schema, isRecord(shown) ? shown : {}, sent)) };
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
    // What its maker has been shown, it has from then on.
    const shown = own === undefined ? undefined : valueAt(body, own.keys);
    if (own !== undefined && isRecord(shown))
      item.members = { ...item.members, ...Object.fromEntries(Object.entries(shown).filter(([name]) => name !== own.id)) };
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
    const row = rowsOf(this.model, { operation, response, body: reply.body }, collection.parameter);
    if (row === undefined) return reply;
    this.seed(asked, collection, shelf);
    const paging = pagingOf(operation);
    const shown = [...shelf.items.values()].map((item) => ({ id: item.id, row: this.rowOf(item, row, response) }));
    const all = filtered(this.model, asked, paging, shown, row.schema);
    const page = paging === undefined ? undefined : pageOf(paging, all, asked.query);
    const rows = (page?.items ?? all).map((item) => item.row);
    const body = withValue(reply.body, row.keys, rows);
    if (page === undefined || paging === undefined) return { ...reply, body };
    const told = { asked, page, paging, items: row.keys };
    const links = linkHeader(response, told);
    return {
      ...reply,
      body: withEnvelope(this.model, row.whole, body, told),
      ...(links === undefined ? {} : { headers: { ...reply.headers, ...links } }),
    };
  }

  private rowOf(item: Item, { id, schema, rows }: Rows, key: object): unknown {
    const before = item.views.get(key);
    if (before !== undefined) return before;
    const made = item.index === 0 ? undefined : anotherOf(this.model, schema, item.index);
    const base = isRecord(made) ? made : (rows[0] ?? {});
    const row = withId(this.model, { id, schema }, base, item);
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
    const { body } = this.answers.fixture(list, response, content);
    const row = rowsOf(this.model, { operation: list, response, body }, collection.parameter);
    if (row !== undefined) fill(this.model, shelf, row, { response, content, paging: pagingOf(list) });
  }
}

/** The id in what is sent, where that and not the path tells which item is meant. */
function idSent({ body }: Asked, { parameter }: Collection): unknown {
  const name = isRecord(body) ? idIn(body, parameter) : undefined;
  return isRecord(body) && name !== undefined ? body[name] : undefined;
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
