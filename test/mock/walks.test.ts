import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMock, type Mock, type MockSource } from "../../generator/index.ts";
import { serve, type RunningServer } from "../../generator/runtime/server/node.ts";
import { shelves } from "./shelves.ts";

interface Book {
  readonly id: number;
  readonly title: string;
  readonly status?: string;
}

let server: RunningServer;
let mock: Mock;
beforeAll(async () => {
  [server, mock] = await open(shelves as unknown as MockSource);
});
afterAll(() => server.close());

async function open(source: MockSource): Promise<[RunningServer, Mock]> {
  const opened = createMock(source);
  return [await serve((request) => opened.fetch(request), { port: 0 }), opened];
}

/** Asks over HTTP; a body is sent as JSON. */
async function ask<Body>(target: string, method = "GET", body?: unknown, at = server) {
  const response = await fetch(new URL(target, at.url), {
    method,
    ...(body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === "" ? undefined : JSON.parse(text)) as Body, headers: response.headers };
}

/** The address that a `Link` header has for a relation. */
function linked(header: string | null, relation: string): string | undefined {
  return new RegExp(`<([^>]+)>; rel="${relation}"`).exec(header ?? "")?.[1];
}

describe("pages", () => {
  it("by offset add up, and the envelope says where they are", async () => {
    const seen: number[] = [];
    for (let offset = 0, total = 1; offset < total; offset += 4) {
      const { body } = await ask<{ items: Book[]; total: number; limit: number; offset: number }>(`/by-offset?offset=${offset}`);
      expect(body).toMatchObject({ total: 25, limit: 4, offset });
      seen.push(...body.items.map(({ id }) => id));
      total = body.total;
    }
    expect([seen.length, new Set(seen).size]).toEqual([25, 25]);
  });

  it("by number begin with what the document shows, and are followed by Link to the last and back", async () => {
    const seen: number[] = [];
    const targets: string[] = [];
    let next: string | undefined = "/by-page?per_page=9";
    for (let count = 0; next !== undefined && count < 20; count++) {
      const { body, headers }: { body: Book[]; headers: Headers } = await ask(next);
      seen.push(...body.map(({ id }) => id));
      targets.push(next);
      next = linked(headers.get("link"), "next");
      if (next !== undefined) expect(linked(headers.get("link"), "last")).toBe(`${server.url}/by-page?per_page=9&page=5`);
    }
    expect(seen[0]).toBe(7);
    expect([targets.length, seen.length, new Set(seen).size]).toEqual([5, 40, 40]);
    const last = (await ask(targets.at(-1) ?? "")).headers.get("link");
    expect([linked(last, "prev"), linked(last, "first"), linked(last, "last")]).toEqual([
      `${server.url}/by-page?per_page=9&page=4`,
      `${server.url}/by-page?per_page=9&page=1`,
      undefined,
    ]);
    // Without a wish for a size there is a second page, too.
    expect((await ask<Book[]>("/by-page")).body).toHaveLength(30);
    expect((await ask<Book[]>("/by-page?page=2")).body).toHaveLength(10);
  });

  it("by number are told in the envelope, however deep", async () => {
    const at = async (page: number) =>
      (await ask<{ books: Book[]; meta: { pagination: object } }>(`/by-numbers?page=${page}&per_page=10`)).body;
    const common = { per_page: 10, last_page: 3, total_entries: 25 };
    expect((await at(1)).meta.pagination).toEqual({ ...common, page: 1, next_page: 2, previous_page: null });
    expect((await at(3)).meta.pagination).toEqual({ ...common, page: 3, next_page: null, previous_page: 2 });
    expect((await at(3)).books).toHaveLength(5);
    expect((await at(4)).books).toEqual([]);
  });

  it("by links in the body lead on and back, with what several schemas say of an item together", async () => {
    const { body } = await ask<{ data: Book[]; links: object }>("/by-links?limit=10&page=3");
    expect(body.links).toEqual({
      self: `${server.url}/by-links?limit=10&page=3`,
      next: null,
      prev: `${server.url}/by-links?limit=10&page=2`,
    });
    expect(body.data).toHaveLength(5);
    for (const one of body.data) expect(one).toMatchObject({ id: expect.any(Number), title: expect.stringMatching(/./) });
  });

  it("by the last item seen end when there is no more", async () => {
    const seen: string[] = [];
    for (let more = true; more;) {
      const after = seen.length === 0 ? "" : `&starting_after=${seen.at(-1)}`;
      const { body } = await ask<{ data: { id: string }[]; has_more: boolean }>(`/by-last?limit=10${after}`);
      seen.push(...body.data.map(({ id }) => id));
      more = body.has_more;
    }
    expect([seen.length, new Set(seen).size]).toEqual([25, 25]);
  });

  it("hold items that have no id", async () => {
    expect((await ask("/hours?limit=2")).body).toEqual([
      { date: "2026-09-11", opens: "09:00" },
      { date: "2026-09-12", opens: expect.any(String) },
    ]);
    expect((await ask<object[]>("/hours?limit=10&page=3")).body).toHaveLength(5);
  });
});

describe("a collection", () => {
  it("is listed by members, made, put by what the body says, and shown under the path of a server", async () => {
    mock.reset();
    const made = await ask<Book>("/api/v3/books", "POST", { id: 77, title: "Ulysses", status: "lent" });
    expect(made).toMatchObject({ status: 200, body: { id: 77, title: "Ulysses", status: "lent" } });
    expect((await ask("/books/77")).body).toEqual(made.body);
    const lent = (await ask<Book[]>("/books/findByStatus?status=lent")).body;
    expect(lent).toContainEqual(made.body);
    expect(new Set(lent.map(({ status }) => status))).toEqual(new Set(["lent"]));

    const put = await ask<Book>("/books", "PUT", { id: 77, title: "Ulysses II", status: "read" });
    expect(put.body).toMatchObject({ id: 77, title: "Ulysses II", status: "read" });
    expect((await ask("/books/77")).body).toEqual(put.body);
    expect((await ask<Book[]>("/books/findByStatus?status=lent")).body.map(({ id }) => id)).not.toContain(77);

    expect((await ask("/books/77", "DELETE")).status).toBe(204);
    expect((await ask("/books/77")).status).toBe(404);
    expect((await ask("/books", "PUT", { id: 77, title: "Ulysses III" })).status).toBe(404);
    expect((await ask<Book[]>("/books/findByStatus?status=read")).body.map(({ id }) => id)).not.toContain(77);
  });

  it("is whole for a value of the query that no item could have", async () => {
    mock.reset();
    const all = (await ask<Book[]>("/books/findByStatus")).body;
    expect(all.length).toBeGreaterThan(1);
    expect((await ask("/books/findByStatus?shelf=all")).body).toEqual(all);
    for (const { id } of all) await ask(`/books/${id}`, "DELETE");
    expect((await ask("/books/findByStatus?status=lent")).body).toEqual([]);
  });

  it("need not be one for what is sent to be shown again", async () => {
    const { body } = await ask("/readers/ada/notes", "POST", { text: "Page 7!", loud: true });
    expect(body).toEqual({ id: "n1", text: "Page 7!" });
  });
});

it("a query that takes long is running and then complete, and gone when it was cancelled", async () => {
  const [own] = await open("spec/openapi.yaml");
  try {
    const query = { query: { kind: "HogQLQuery", query: "select 1" }, refresh: "async", client_query_id: "q" };
    interface State {
      readonly query_status: { readonly id: string; readonly complete: boolean; readonly results?: unknown };
    }
    const started = await ask<State>("/api/environments/1/query/", "POST", query, own);
    expect(started).toMatchObject({ status: 202, body: { query_status: { complete: false } } });
    const place = `/api/environments/1/query/${started.body.query_status.id}/`;
    const running = await ask<State>(place, "GET", undefined, own);
    expect(running).toMatchObject({ status: 202, body: { query_status: { complete: false } } });
    expect(running.body.query_status.results ?? null).toBeNull();
    expect(await ask(place, "GET", undefined, own)).toMatchObject({ status: 200, body: { query_status: { complete: true } } });
    const other = await ask<State>("/api/environments/1/query/", "POST", query, own);
    expect(other.body.query_status.id).not.toBe(started.body.query_status.id);
    expect((await ask(place, "DELETE", undefined, own)).status).toBeLessThan(300);
    expect((await ask(place, "GET", undefined, own)).status).toBe(404);
    const theirs = `/api/environments/1/query/${other.body.query_status.id}/`;
    expect((await ask(theirs, "GET", undefined, own)).status).toBe(202);
  } finally {
    await own.close();
  }
});
