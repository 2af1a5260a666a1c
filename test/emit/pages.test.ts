import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { clientEmitter } from "../../generator/emit/client.ts";
import { operationsEmitter } from "../../generator/emit/operations.ts";
import { serverEmitter } from "../../generator/emit/server.ts";
import { typesEmitter } from "../../generator/emit/types.ts";
import { validatorsEmitter } from "../../generator/emit/validators.ts";
import type { OpenApiObject, ParameterObject, Schema } from "../../generator/openapi/shapes.ts";
import { serve as serveRouter } from "../../generator/runtime/server/node.ts";
import { typeErrors } from "../support/compile.ts";
import { contextOf, importPlans, textOf } from "../support/compiled.ts";
import { modelOf } from "../support/model.ts";

const text: Schema = { type: ["string", "null"] };
const thing = { $ref: "#/components/schemas/Thing" };

function query(name: string, type: "string" | "integer"): ParameterObject {
  return { name, in: "query", schema: { type } };
}

function answer(schema: Schema): {
  readonly responses: Readonly<Record<string, { description: string; content: { "application/json": { schema: Schema } } }>>;
} {
  return { responses: { "200": { description: "Things.", content: { "application/json": { schema } } } } };
}

/** A list of every kind: inferred, stated, without a named item, by POST, and one that says it has no pages. */
const shop: OpenApiObject = {
  openapi: "3.1.0",
  info: { title: "Shop", version: "1" },
  tags: [{ name: "things" }, { name: "shelves" }],
  components: {
    schemas: {
      Thing: {
        type: "object",
        required: ["id"],
        properties: { id: { type: "integer" }, secret: { type: "string", writeOnly: true } },
      },
      ThingList: {
        type: "object",
        required: ["results"],
        properties: {
          results: { type: "array", items: thing },
          count: { type: "integer" },
          next: text,
          previous: text,
          next_cursor: text,
          has_next: { type: "boolean" },
        },
      },
    },
  },
  paths: {
    "/things": {
      get: {
        operationId: "things_list",
        tags: ["things"],
        summary: "List things",
        parameters: [
          query("limit", "integer"),
          query("offset", "integer"),
          query("after", "string"),
          query("color", "string"),
          { name: "X-Trace", in: "header", schema: { type: "string" } },
        ],
        ...answer({ $ref: "#/components/schemas/ThingList" }),
      },
      post: {
        operationId: "things_search",
        tags: ["things"],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { type: "object", required: ["text"], properties: { text: { type: "string" }, from: text } },
            },
          },
        },
        ...answer({ type: "object", required: ["found"], properties: { found: { type: "array", items: thing }, last: text } }),
        "x-triad-pagination": {
          items: "$response.body#/found",
          cursor: { parameter: "$request.body#/from", value: "$response.body#/last" },
        },
      },
    },
    "/shelves": {
      get: {
        operationId: "shelves_list",
        tags: ["shelves"],
        parameters: [query("skip", "integer")],
        ...answer({ type: "array", items: { type: "object", required: ["row"], properties: { row: { type: "integer" } } } }),
        "x-triad-pagination": { items: "$response.body", offset: { parameter: "skip" } },
      },
    },
    "/shelves/all": {
      get: {
        operationId: "shelves_all",
        tags: ["shelves"],
        ...answer({ $ref: "#/components/schemas/ThingList" }),
        "x-triad-pagination": false,
      },
    },
  },
};

async function files(): Promise<Record<string, string>> {
  const plans = [typesEmitter, operationsEmitter, clientEmitter].flatMap((emitter) => emitter.emit(modelOf(shop), contextOf()));
  return Object.fromEntries(await Promise.all(plans.map(async (plan) => [plan.path, await textOf(plan)] as const)));
}

describe("A client of lists", () => {
  test("has calls that are walked over, typed by the name of the item", async () => {
    const emitted = await files();
    const resources = Object.entries(emitted).flatMap(([name, text]) => (name.startsWith("resources/") ? text : []));
    const functions = /^export function \w+\([^{]*\): (?:ApiCall|PagedCall)<[^{]*\{\n.*\n/gm;
    const signatures = resources.flatMap((text) => [...text.matchAll(functions)].map(([found]) => found));
    expect(signatures.join("\n")).toMatchInlineSnapshot(`
      "export function list(
        this: Caller,
        parameters?: Named<"things_list">,
        options?: CallOptions,
      ): PagedCall<"things_list", types.Thing> {
        return sendPaged(

      export function search(
        this: Caller,
        body: Operations["things_search"]["requestBody"]["content"]["application/json"],
        options?: CallOptions,
      ): PagedCall<"things_search", types.Thing> {
        return sendPaged(this, operations.thingsSearch, { body }, options, ways.byCursor, wire.plainBody);

      export function list(
        this: Caller,
        query?: Operations["shelves_list"]["parameters"]["query"],
        options?: CallOptions,
      ): PagedCall<"shelves_list", Item<"shelves_list", []>> {
        return sendPaged(this, operations.shelvesList, { query }, options, ways.byOffset, wire.plainQuery);

      export function all(this: Caller, options?: CallOptions): ApiCall<"shelves_all"> {
        return send(this, operations.shelvesAll, {}, options);
      "
    `);
    expect(emitted["core.ts"]).toContain('import type { ItemAt, PagedCall as Paged } from "./runtime/client/pages.js";');
    expect(emitted["index.ts"]).toContain("export type { ApiCall, CallOptions, ClientOptions, PagedCall }");
    for (const name of ["core.ts", "client.ts", "index.ts", "operations.ts"])
      expect(await format(emitted[name] ?? "", { parser: "typescript", printWidth: 110 })).toBe(emitted[name]);
  });

  test("is typed as the document says", async () => {
    expect(typeErrors({ ...(await files()), "use.ts": use })).toEqual([]);
  });

  test("ships nothing of it, and has no such type, where no operation has pages", async () => {
    const { "/shelves/all": all } = shop.paths;
    const plans = clientEmitter.emit(modelOf({ ...shop, paths: all === undefined ? {} : { "/shelves/all": all } }), contextOf());
    expect(plans.map(({ path }) => path).filter((path) => /page/.test(path))).toEqual([]);
    expect(await textOf(plans[0] ?? { kind: "text", path: "", text: "" })).not.toContain("Paged");
  });
});

const use = `
import { createClient, errors, type PagedCall } from "./index.js";
import type { Thing, ThingList } from "./types.js";

const client = createClient({ server: "https://example.com" });
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const call: PagedCall<"things_list", Thing> = client.things.list({ color: "red" }, { timeout: 10 });
const first: ThingList = await call;
export const list: Same<typeof first, ThingList> = true;
for await (const thing of call) {
  const same: Same<typeof thing, Thing> = true;
  thing.id.toFixed(Number(same));
  // @ts-expect-error a thing has no name
  thing.name;
  // @ts-expect-error what is only written does not come back
  thing.secret;
}
for await (const page of call.pages()) {
  const items: readonly Thing[] = page.items;
  const data: ThingList = page.data;
  const status: number = page.response.status;
  // @ts-expect-error items are not to be changed
  page.items.push(items[0]);
  data.count?.toFixed(status);
}
const result = await call.result();
if (result.status === 200) result.data.results;

for await (const found of client.things.search({ text: "cup" })) found.id.toFixed();
for await (const shelf of client.shelves.list()) {
  shelf.row.toFixed();
  // @ts-expect-error a shelf is no thing
  shelf.id;
}
// @ts-expect-error the document says that this has no pages
for await (const all of client.shelves.all()) all;
// @ts-expect-error no such color
client.things.list({ color: 7 });
export const thrown: Error = new errors.PaginationError("x");
`;

describe("A client and a server of lists", () => {
  type Query = { readonly [name: string]: number | string | undefined };
  type Request = { readonly query: Query; readonly body: { readonly [name: string]: string } };
  type Reply = { readonly ok: (body: unknown) => unknown };
  interface Shop {
    readonly things: { list(query?: Query): AsyncIterable<{ id: number }>; search(body: object): AsyncIterable<{ id: number }> };
    readonly shelves: { list(): AsyncIterable<{ row: number }> };
  }

  const plans = [operationsEmitter, validatorsEmitter, clientEmitter, serverEmitter].flatMap((emitter) =>
    emitter.emit(modelOf(shop), contextOf()),
  );
  const modules = Promise.all([importPlans(plans, "server.ts"), importPlans(plans, "client.ts")]);

  async function walk(
    handlers: Readonly<Record<string, (request: Request & { reply: Reply }) => unknown>>,
    walker: (client: Shop) => Promise<unknown>,
  ): Promise<unknown> {
    const [{ createRouter }, { createClient }] = await modules;
    const missing = (): never => expect.fail("not asked for");
    const all = { thingsList: missing, thingsSearch: missing, shelvesList: missing, shelvesAll: missing, ...handlers };
    // The plans were compiled a moment ago; their types are looked at above.
    const server = await serveRouter((createRouter as (handlers: object) => never)(all), { port: 0 });
    try {
      return await walker((createClient as (options: object) => Shop)({ server: server.url }));
    } finally {
      await server.close();
    }
  }

  async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
    const found: T[] = [];
    for await (const item of items) found.push(item);
    return found;
  }

  const stock = Array.from({ length: 7 }, (_, index) => ({ id: index + 1 }));

  test("walk by cursor over an empty page", async () => {
    const thingsList = ({ query: { after, color }, reply }: Request & { reply: Reply }): unknown => {
      expect(color).toBe("red");
      const at = Number(after ?? 0);
      return reply.ok({
        results: at === 3 ? [] : stock.slice(at, at + 3),
        has_next: at < 6,
        ...(at < 6 ? { next_cursor: String(at + 3) } : {}),
      });
    };
    expect(await walk({ thingsList }, (client) => all(client.things.list({ color: "red" })))).toEqual(
      [1, 2, 3, 7].map((id) => ({ id })),
    );
  });

  test("walk by offset and by links", async () => {
    const byOffset = ({ query: { offset = 0, limit = 3 }, reply }: Request & { reply: Reply }): unknown =>
      reply.ok({ results: stock.slice(Number(offset), Number(offset) + Number(limit)), count: stock.length });
    expect(await walk({ thingsList: byOffset }, (client) => all(client.things.list({ limit: 2, offset: 1 })))).toEqual(
      stock.slice(1),
    );
    const byLink = ({ query: { offset = 0 }, reply }: Request & { reply: Reply }): unknown =>
      reply.ok({
        results: stock.slice(Number(offset), Number(offset) + 3),
        count: 7,
        next: Number(offset) < 6 ? `/things?offset=${Number(offset) + 3}` : null,
        previous: null,
      });
    expect(await walk({ thingsList: byLink }, (client) => all(client.things.list()))).toEqual(stock);
  });

  test("walk by a cursor in the body, and over a bare array", async () => {
    const thingsSearch = ({ body: { from = "0" }, reply }: Request & { reply: Reply }): unknown =>
      reply.ok({ found: stock.slice(Number(from), Number(from) + 4), last: from === "0" ? "4" : null });
    expect(await walk({ thingsSearch }, (client) => all(client.things.search({ text: "cup" })))).toEqual(stock);
    const shelvesList = ({ query: { skip = 0 }, reply }: Request & { reply: Reply }): unknown =>
      reply.ok([{ row: 1 }, { row: 2 }, { row: 3 }].slice(Number(skip), Number(skip) + 2));
    expect(await walk({ shelvesList }, (client) => all(client.shelves.list()))).toEqual([{ row: 1 }, { row: 2 }, { row: 3 }]);
  });
});
