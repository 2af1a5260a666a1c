import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { typeErrors } from "../support/compile.ts";
import { textOf } from "../support/compiled.ts";
import { queriesModel, queriesPlans } from "./queries.ts";

async function filesOf(change?: (text: string) => string): Promise<Record<string, string>> {
  const plans = queriesPlans(await queriesModel(change));
  return Object.fromEntries(await Promise.all(plans.map(async (plan) => [plan.path, await textOf(plan)] as const)));
}

const files = await filesOf();

/** The compiler's complaints about a user's file, which has a client `queries`, two type tests, and all types as `t`. */
function complaints(text: string): string[] {
  const head = `import { createClient, type Client } from "./index.js";
import type * as t from "./types.js";
export declare const queries: Client;
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export function is<Wanted>(): <Got>(got: Got) => Same<Got, Wanted> extends true ? void : { wanted: Wanted; got: Got } { return (() => undefined) as never; }
export type Users = [typeof createClient, t.Problem];
`;
  const lines = head.split("\n").length - 1;
  return typeErrors({ ...files, "main.ts": `${head}${text}` }).map((error) =>
    error.replace(/^main\.ts\((\d+),/, (_, line) => `(${Number(line) - lines},`),
  );
}

describe("The emitted client of answers that depend on the request", () => {
  test("reads as if a colleague had written it", async () => {
    await expect(files["client.ts"]).toMatchFileSnapshot("goldens/queries.client.ts");
    await expect(files["errors.ts"]).toMatchFileSnapshot("goldens/queries.errors.ts");
    for (const name of ["client.ts", "errors.ts", "types.ts"])
      expect(await format(files[name] ?? "", { parser: "typescript", printWidth: 110 })).toBe(files[name]);
  });

  test("compiles under the harshest flags, with and without what it says of long-running operations", async () => {
    expect(typeErrors(files)).toEqual([]);
    const without =
      (name: string): ((text: string) => string) =>
      (text) =>
        text.replace(new RegExp(`^( *)${name}:\\n(?:\\1 .*\\n)+`, "gm"), "");
    expect(typeErrors(await filesOf(without("x-triad-long-running")))).toEqual([]);
    expect(typeErrors(await filesOf(without("x-triad-select")))).toEqual([]);
    expect(typeErrors(await filesOf((text) => without("x-triad-long-running")(without("x-triad-select")(text))))).toEqual([]);
  });

  test("types the answer by the kind of the query", () => {
    expect(
      complaints(`
export async function check(): Promise<void> {
  is<t.HogQLQueryResponse>()(await queries.query.create({ query: { kind: "HogQLQuery", query: "select 1" } })) satisfies void;
  is<t.EventsQueryResponse>()(await queries.query.create({ query: { kind: "EventsQuery", select: [] } })) satisfies void;
  is<t.OpenQueryResponse>()(await queries.query.create({ query: { kind: "TrendsQuery", series: [] } })) satisfies void;
  is<t.OpenQueryResponse>()(await queries.query.create({ query: { kind: "Whatever", more: 1 } })) satisfies void;
  const kind = "HogQLQuery";
  is<t.HogQLQueryResponse>()(await queries.query.create({ query: { kind, query: "select 1" } }, { "X-Client": "me" }, { timeout: 1 })) satisfies void;
  is<{ readonly data: t.HogQLQueryResponse; readonly response: Response }>()(await queries.query.create({ query: { kind, query: "" } }).withResponse()) satisfies void;
}`),
    ).toEqual([]);
  });

  test("gives the union of the answers for a union of kinds, and narrows with it", () => {
    expect(
      complaints(`
export async function check(query: t.HogQLQuery | t.EventsQuery, any: t.ModelledQuery | t.OtherQuery, body: t.QueryRequest): Promise<void> {
  const either = await queries.query.create({ query });
  is<t.HogQLQueryResponse | t.EventsQueryResponse>()(either) satisfies void;
  if ("columns" in either) is<t.HogQLQueryResponse>()(either) satisfies void;
  if (query.kind === "EventsQuery") is<t.EventsQueryResponse>()(await queries.query.create({ query })) satisfies void;
  is<t.HogQLQueryResponse | t.EventsQueryResponse | t.OpenQueryResponse>()(await queries.query.create({ query: any })) satisfies void;
  is<t.HogQLQueryResponse | t.EventsQueryResponse | t.OpenQueryResponse | t.Pending>()(await queries.query.create(body)) satisfies void;
}`),
    ).toEqual([]);
  });

  test("leaves out a status that a value rules out, and counts the default of a value that is left out", () => {
    expect(
      complaints(`
export async function check(refresh: t.Refresh): Promise<void> {
  const query = { kind: "HogQLQuery", query: "select 1" } as const;
  is<t.HogQLQueryResponse>()(await queries.query.create({ query, refresh: "blocking" })) satisfies void;
  is<t.HogQLQueryResponse>()(await queries.query.create({ query, refresh: null })) satisfies void;
  is<t.HogQLQueryResponse | t.Pending>()(await queries.query.create({ query, refresh: "async" })) satisfies void;
  is<t.HogQLQueryResponse | t.Pending>()(await queries.query.create({ query, refresh })) satisfies void;
  const atOnce = await queries.query.create({ query }).result();
  is<200 | 400>()(atOnce.status) satisfies void;
  const result = await queries.query.create({ query, refresh: "async" }).result();
  switch (result.status) {
    case 200: return is<t.HogQLQueryResponse>()(result.data) satisfies void;
    case 202: return is<t.Pending>()(result.data) satisfies void;
    case 400: return is<t.Problem>()(result.error) satisfies void;
  }
}`),
    ).toEqual([]);
  });

  test("holds a request to the schema of its kind, and says what is wrong where it was typed", () => {
    expect(
      complaints(`
void queries.query.create({ query: { kind: "HogQLQuery", qery: "select 1" } });
void queries.query.create({ query: { kind: "HogQLQuery", query: "select 1", more: true } });
void queries.query.create({ query: { kind: "HogQLQuery", query: 1 } });
void queries.query.create({ query: { kind: "EventsQuery", query: "select 1" } });
void queries.query.create({ query: { kind: "HogQLQuery", query: "" }, refres: "async" });
void queries.query.create({ query: { kind: "HogQLQuery", query: "" }, refresh: "asinc" });
void queries.query.create({ query: { kind: 1 } });
void queries.query.create({ query: {} });
void queries.query.create({});
`),
    ).toMatchInlineSnapshot(`
      [
        "(2,58): TS2561 Object literal may only specify known properties, but 'qery' does not exist in type '{ kind?: "HogQLQuery"; } & HogQLQuery'. Did you mean to write 'query'?",
        "(3,77): TS2353 Object literal may only specify known properties, and 'more' does not exist in type '{ kind?: "HogQLQuery"; } & HogQLQuery'.",
        "(4,58): TS2322 Type 'number' is not assignable to type 'string'.",
        "(5,59): TS2353 Object literal may only specify known properties, and 'query' does not exist in type '{ kind?: "EventsQuery"; } & EventsQuery'.",
        "(6,71): TS2561 Object literal may only specify known properties, but 'refres' does not exist in type 'Telling<"query_create", { query: { kind: "HogQLQuery"; }; refresh: ValueIn<"query_create", ["refresh"]>; }>'. Did you mean to write 'refresh'?",
        "(7,71): TS2820 Type '"asinc"' is not assignable to type '"async" | "blocking" | "force_async" | null'. Did you mean '"async"'?",
        "(8,38): TS2322 Type 'number' is not assignable to type 'string'.",
        "(9,29): TS2322 Type '{}' is not assignable to type '({ kind?: ValueIn<"query_create", ["query", "kind"]>; } | null | undefined) & (ModelledQuery | OtherQuery)'.",
        "(10,27): TS2345 Argument of type '{}' is not assignable to parameter of type 'Telling<"query_create", { query: { kind: ValueIn<"query_create", ["query", "kind"]>; }; refresh: ValueIn<"query_create", ["refresh"]>; }>'.   Property 'query' is missing in type '{}' but required in type '{ query: ModelledQuery | OtherQuery; refresh?: Refresh | null; name?: string | null; client_query_id?: string; }'.",
      ]
    `);
  });

  test("refuses a use of the answer that its kind does not have", () => {
    expect(
      complaints(`
export async function check(): Promise<void> {
  const answer = await queries.query.create({ query: { kind: "HogQLQuery", query: "select 1" } });
  // @ts-expect-error: types are of an EventsQuery.
  void answer.types;
  // @ts-expect-error: an old result comes with 202 alone.
  void answer.query_status;
  // @ts-expect-error: a query has a kind.
  await queries.query.create({ query: { query: "select 1" } });
  // @ts-expect-error: the schema of the kind holds, although OtherQuery takes anything.
  await queries.query.create({ query: { kind: "EventsQuery", select: "event" } });
  // @ts-expect-error: and so it does in the other method.
  await queries.query.run({ kind: "EventsQuery", select: "event" });
}`),
    ).toEqual([]);
  });

  test("types the result, the figures and the options of the method that waits", () => {
    expect(
      complaints(`
export async function check(query: t.HogQLQuery | t.EventsQuery): Promise<void> {
  is<t.HogQLQueryResponse>()(await queries.query.run({ kind: "HogQLQuery", query: "select 1" })) satisfies void;
  is<t.OpenQueryResponse>()(await queries.query.run({ kind: "Whatever", more: 1 })) satisfies void;
  const result = await queries.query.run(query, {
    onProgress: (progress) => is<t.Progress>()(progress) satisfies void,
    onStale: (old) => is<t.HogQLQueryResponse | t.EventsQueryResponse>()(old) satisfies void,
    signal: new AbortController().signal,
    timeout: 1000,
    pollInterval: 10,
    headers: { a: 1 },
    projectId: "7",
    name: "mine",
    client_query_id: "x",
    refresh: "force_async",
  });
  is<t.HogQLQueryResponse | t.EventsQueryResponse>()(result) satisfies void;
  // @ts-expect-error: no member of the body has that name.
  await queries.query.run(query, { nme: "mine" });
  // @ts-expect-error: it is given already.
  await queries.query.run(query, { query });
  try {
    await queries.query.run(query);
  } catch (error) {
    if (error instanceof queries.errors.LongRunningError) is<t.QueryStatusResponse>()(error.body) satisfies void;
    if (error instanceof queries.errors.LongRunningExpiredError) is<t.Problem>()(error.body) satisfies void;
  }
}`),
    ).toEqual([]);
  });
});
