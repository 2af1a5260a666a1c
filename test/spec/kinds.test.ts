/** The query kinds of the contract against the facts about them, written out once more, by hand. */
import { describe, expect, test } from "vitest";
import type { SchemaObject } from "../../generator/openapi/shapes.ts";
import { isObject, judgeOf, readContract } from "./contract.ts";
import { answers, kinds, minimal, modelled, otherFields, queries, shapes, vocabularies } from "./kinds.ts";

const root = await readContract();
const judges = { request: judgeOf(root, "request"), response: judgeOf(root, "response") };
const create = root.paths?.["/api/environments/{project_id}/query/"]?.post;
const asked = create?.requestBody?.content?.["application/json"];
const answered = create?.responses?.["200"]?.content?.["application/json"];

const reference = (key: string): object => ({ $ref: `#/components/schemas/${key}` });
const faultOf = (query: unknown): string | undefined => judges.request(asked?.schema, { query });

function schema(key: string): SchemaObject {
  const found = root.components?.schemas?.[key];
  if (found === undefined || typeof found === "boolean") throw new Error(`There is no schema ${key}.`);
  return found;
}

const exampleQueries = (): { readonly [name: string]: unknown }[] =>
  Object.values(asked?.examples ?? {}).flatMap(({ value }) => (isObject(value) && isObject(value["query"]) ? [value["query"]] : []));

describe("the kinds", () => {
  test("are 57, each with a schema of its own name", () => {
    expect(kinds).toHaveLength(57);
    expect(Object.entries(schema("KnownQuery").discriminator?.mapping ?? {}).sort()).toEqual(kinds.map((kind) => [kind, `#/components/schemas/${kind}`]).sort());
    expect(kinds.filter((kind) => schema(kind).additionalProperties === false).sort()).toEqual([...modelled].sort());
    for (const kind of kinds) expect(schema(kind), kind).toMatchObject({ type: "object", properties: { kind: { const: kind } } });
  });

  test.each(kinds.map((kind) => ({ kind })))("$kind is accepted", ({ kind }) => {
    expect(faultOf({ kind, ...minimal[kind] })).toBeUndefined();
  });

  test.each(kinds.filter((kind) => !(kind in minimal)).map((kind) => ({ kind })))("$kind takes any field", ({ kind }) => {
    expect(faultOf({ kind, anything: [1, { goes: true }] })).toBeUndefined();
  });

  test("of 2026, and of the future, are accepted as they are", () => {
    for (const kind of ["SessionsQuery", "UsageMetricsQuery", "RecordingsQuery", "MCPToolStatsQuery", "NotYetInventedQuery"]) expect(faultOf({ kind, anything: 1 }), kind).toBeUndefined();
  });

  test("must be said", () => {
    expect(faultOf({})).toMatch(/required property 'kind'/);
    expect(faultOf({ kind: 7 })).toMatch(/must be string/);
    expect(faultOf({ query: "select 1" })).toBeDefined();
  });
});

describe.each(modelled.map((kind) => ({ kind })))("$kind", ({ kind }) => {
  const least = { kind, ...minimal[kind] };

  test("refuses a field that it does not have", () => {
    expect(faultOf({ ...least, unheard_of: 1 })).toMatch(/must NOT have additional properties/);
  });

  test("needs the fields that it needs, and no others", () => {
    for (const name of Object.keys(minimal[kind] ?? {})) expect(faultOf(Object.fromEntries(Object.entries(least).filter(([key]) => key !== name))), name).toBeDefined();
  });

  test("has an example in the request and one of its own", () => {
    expect(exampleQueries().filter((query) => query["kind"] === kind).length).toBeGreaterThan(0);
    expect(schema(kind).examples?.length).toBeGreaterThan(0);
  });

  test("carries the version, and what is for typing only", () => {
    expect(schema(kind).properties).toMatchObject({ version: { type: ["number", "null"] }, response: { type: ["object", "null"] } });
    if (queries.includes(kind)) expect(Object.keys(schema(kind).properties ?? {})).toEqual(expect.arrayContaining(["modifiers", "tags"]));
  });
});

describe.each(Object.entries(shapes).map(([key, shape]) => ({ key, ...shape })))("$key", ({ key, required, fields, defaults }) => {
  test("has these fields, requires these, and refuses others", () => {
    const { properties = {}, required: needed = [], additionalProperties } = schema(key);
    expect(Object.keys(properties).filter((name) => !(otherFields[key] ?? []).includes(name)).sort()).toEqual(fields.split(" ").sort());
    expect([...needed].sort().join(" ")).toBe(required.split(" ").sort().join(" "));
    expect(additionalProperties).toBe(false);
  });

  test("has these defaults", () => {
    const found = Object.entries(schema(key).properties ?? {}).flatMap(([name, one]) => (typeof one === "object" && "default" in one ? [[name, one.default]] : []));
    expect(Object.fromEntries(found.filter(([name]) => !(otherFields[key] ?? []).includes(String(name))))).toEqual(defaults ?? {});
  });

  test("takes null wherever a field may be left out", () => {
    for (const [name, one] of Object.entries(schema(key).properties ?? {})) {
      const nullable = judges.request(one, null) === undefined;
      const fixed = typeof one === "object" && (one.const !== undefined || name === "assignmentBy");
      expect(nullable, name).toBe(!(schema(key).required ?? []).includes(name) && !fixed);
    }
  });
});

describe("words", () => {
  test.each(vocabularies.map(([key, name, words]) => ({ key, name, words })))("of $key $name", ({ key, name, words }) => {
    const place = name === "" ? schema(key) : schema(key).properties?.[name];
    const takes = (word: string): boolean => [word, [word]].some((value) => judges.request(place, value) === undefined);
    expect(words.split(" ").filter((word) => !takes(word))).toEqual([]);
    expect(takes("no such word")).toBe(false);
  });
});

describe("values", () => {
  test.each([
    ["a group type index of five", { kind: "EventsNode", math_group_type_index: 5 }],
    ["an action that is a name", { kind: "ActionsNode", id: "signed up" }],
    ["a series of an unknown kind", { kind: "TrendsQuery", series: [{ kind: "PersonsNode" }] }],
    ["a series without a kind", { kind: "TrendsQuery", series: [{ event: "$pageview" }] }],
    ["a stickiness of groups", { kind: "StickinessQuery", series: [], aggregation_group_type_index: 0 }],
    ["no interval at all", { kind: "StickinessQuery", series: [], intervalCount: 0 }],
    ["an exclusion without its steps", { kind: "FunnelsQuery", series: [], funnelsFilter: { exclusions: [{ kind: "EventsNode", event: "x" }] } }],
    ["a conversion goal that is both", { kind: "TrendsQuery", series: [], conversionGoal: { actionId: 1, customEventName: "x" } }],
    ["actors by an event's property", { kind: "ActorsQuery", properties: [{ key: "$browser", type: "event", value: "Chrome" }] }],
    ["actors of no query that has some", { kind: "ActorsQuery", source: { kind: "EventsQuery", select: ["*"] } }],
    ["paths through no funnel", { kind: "PathsQuery", pathsFilter: {}, funnelPathsFilter: { funnelStep: 1 } }],
  ])("refused: %s", (_, query) => {
    expect(faultOf(query)).toBeDefined();
  });

  test.each([
    ["groups of conditions", { kind: "TrendsQuery", series: [], properties: { type: "AND", values: [] } }],
    ["a goal of either sort", { kind: "TrendsQuery", series: [], conversionGoal: { customEventName: "x" } }],
    ["every event", { kind: "EventsNode", event: null }],
    ["a group of series", { kind: "TrendsQuery", series: [{ kind: "GroupNode", operator: "OR", nodes: [{ kind: "EventsNode" }] }] }],
    ["an exclusion with its steps", { kind: "FunnelsQuery", series: [], funnelsFilter: { exclusions: [{ kind: "ActionsNode", id: 1, funnelFromStep: 0, funnelToStep: 1 }] } }],
    ["a retention by number", { kind: "RetentionQuery", retentionFilter: { targetEntity: { id: 7, type: "actions" } } }],
    ["actors of an insight", { kind: "ActorsQuery", source: { kind: "InsightActorsQuery", source: { kind: "TrendsQuery", series: [] } } }],
    ["the metadata of a part of a query", { kind: "HogQLMetadata", language: "hogQLExpr", query: "1", sourceQuery: { kind: "HogQLQuery", query: "select 1" } }],
  ])("accepted: %s", (_, query) => {
    expect(faultOf(query)).toBeUndefined();
  });
});

describe("the answers", () => {
  const select = answered?.["x-triad-select"];
  const mapping = isObject(select) ? select["mapping"] : undefined;

  test("are told apart by the kind that was asked for", () => {
    expect(select).toMatchObject({ by: "$request.body#/query/kind", default: "OpenQueryResponse" });
    expect(mapping).toEqual(answers);
    for (const key of Object.values(answers)) expect(JSON.stringify(schema("QueryResponse").anyOf), key).toContain(`/${key}"`);
  });

  test("of all kinds are open, and the barest stands last", () => {
    const keys = (schema("QueryResponse").anyOf ?? []).map((one) => (typeof one === "object" ? (one.$ref ?? "").split("/").at(-1) : undefined));
    expect(keys.at(-1)).toBe("OpenQueryResponse");
    expect(judges.response(answered?.schema, {})).toBeUndefined();
    expect(judges.response(answered?.schema, { tables: {} })).toBeUndefined();
  });

  test.each([
    ["HogQLQuery", "results"],
    ["EventsQuery", "columns hogql results types"],
    ["TrendsQuery", "results"],
    ["FunnelsQuery", "results"],
    ["RetentionQuery", "results"],
    ["PathsQuery", "results"],
    ["StickinessQuery", "results"],
    ["LifecycleQuery", "results"],
    ["ActorsQuery", "columns hogql limit offset results"],
  ])("to %s have %s, and what the cache knows", (kind, required) => {
    expect([...(schema(`${kind}Response`).required ?? [])].sort().join(" ")).toBe(required);
    expect(schema(`Cached${kind}Response`).allOf).toEqual([reference(`${kind}Response`), reference("CacheMixin")]);
  });

  test("that are lists of things say which", () => {
    for (const [key, required] of [["RetentionResult", "date label values"], ["RetentionValue", "count"], ["PathsLink", "average_conversion_time source target value"], ["HogQLMetadataResponse", "errors notices warnings"], ["HogQueryResponse", "results"]] as const)
      expect([...(schema(key).required ?? [])].sort().join(" "), key).toBe(required);
    expect(judges.response(reference("PathsQueryResponse"), { results: [{ source: "a", target: "b", value: 1 }] })).toMatch(/average_conversion_time/);
    expect(judges.response(reference("TrendsQueryResponse"), { results: [["a"]] })).toBeDefined();
  });

  test("given as examples fit the schema of their kind", () => {
    const examples = answered?.examples ?? {};
    const shown: readonly (readonly [name: string, key: string])[] = [
      ["hogql", "CachedHogQLQueryResponse"], ["events", "CachedEventsQueryResponse"], ["trends", "CachedTrendsQueryResponse"], ["funnels", "CachedFunnelsQueryResponse"],
      ["retention", "CachedRetentionQueryResponse"], ["paths", "CachedPathsQueryResponse"], ["stickiness", "CachedStickinessQueryResponse"],
      ["lifecycle", "CachedLifecycleQueryResponse"], ["actors", "CachedActorsQueryResponse"], ["metadata", "HogQLMetadataResponse"],
    ];
    for (const [name, key] of shown) {
      expect(examples[name], name).toBeDefined();
      expect(judges.response(reference(key), examples[name]?.value), name).toBeUndefined();
    }
  });
});
