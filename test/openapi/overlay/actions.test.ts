import { expect, test } from "vitest";
import { stringify } from "yaml";
import { Diagnostics } from "../../../generator/diagnostics/diagnostic.ts";
import { parse } from "../../../generator/openapi/load/parse.ts";
import { applyOverlays } from "../../../generator/openapi/overlay.ts";

/** What becomes of a document by overlays with these actions, one overlay a list, and what is reported. */
function overlaid(
  document: string,
  ...overlays: readonly (readonly object[])[]
): { readonly tree: unknown; readonly problems: readonly string[] } {
  const diagnostics = new Diagnostics();
  const source = parse("/api/spec.yaml", document, diagnostics);
  const before = JSON.stringify(source.tree);
  const sources = overlays.map((actions, index) =>
    parse(`/api/${index}.yaml`, stringify({ overlay: "1.1.0", info: { title: "Test", version: "1" }, actions }), diagnostics),
  );
  const tree = applyOverlays([source], sources, diagnostics).treeOf("/api/spec.yaml");
  expect(JSON.stringify(source.tree)).toBe(before);
  return {
    tree: tree ?? "as it was",
    problems: diagnostics.all.map(({ code, at }) => `${code} ${at.replace("/api/", "")}`),
  };
}

const orders = `
openapi: 3.1.0
info: { title: Orders, version: "1" }
tags: [{ name: orders }]
paths:
  /orders:
    get:
      summary: Orders
      tags: [orders, old]
      parameters:
        - { name: filter, in: query, schema: { type: string } }
        - { name: debug, in: query }
        - { name: filter, in: header }
      x-traits: [paged]
  /orders/{id}:
    get: { summary: An order }
    delete: { deprecated: true }
`;

test("one update can have the structure of the document", () => {
  const update = {
    info: { title: "Our orders", "x-owner": "sales" },
    paths: { "/orders": { get: { summary: "All orders", "x-rate-limit": 100 } }, "/invoices": { get: {} } },
  };
  expect(overlaid(orders, [{ target: "$", update }])).toMatchObject({
    tree: {
      openapi: "3.1.0",
      info: { title: "Our orders", version: "1", "x-owner": "sales" },
      paths: {
        "/orders": { get: { summary: "All orders", tags: ["orders", "old"], "x-rate-limit": 100 } },
        "/orders/{id}": { delete: { deprecated: true } },
        "/invoices": { get: {} },
      },
    },
    problems: [],
  });
});

test("an update aims at one place, at a value that is none of objects, or at many", () => {
  const { tree, problems } = overlaid(orders, [
    { target: "$.paths['/orders'].get.summary", update: "Every order" },
    { target: "$.paths.*.get", update: { "x-safe": true } },
    {
      target: "$.paths.*.get.parameters[?@.name == 'filter' && @.in == 'query']",
      update: { schema: { enum: ["open"] } },
    },
  ]);
  expect(problems).toEqual([]);
  expect(tree).toMatchObject({
    paths: {
      "/orders": {
        get: {
          summary: "Every order",
          "x-safe": true,
          parameters: [{ schema: { type: "string", enum: ["open"] } }, { name: "debug" }, { in: "header" }],
        },
      },
      "/orders/{id}": { get: { summary: "An order", "x-safe": true } },
    },
  });
});

test("arrays grow by an entry, or by each entry of a list", () => {
  const target = "$.paths['/orders'].get.tags";
  const { tree } = overlaid(orders, [
    { target, update: "new" },
    { target, update: ["a", "b"] },
    { target: "$.paths['/orders'].get", update: { tags: ["c"] } },
  ]);
  expect(tree).toMatchObject({
    paths: { "/orders": { get: { tags: ["orders", "old", "new", "a", "b", "c"] } } },
  });
});

test("remove takes members, and items whatever their order, also of single values", () => {
  const { tree, problems } = overlaid(orders, [
    { target: "$.paths.*[?@.deprecated == true]", remove: true },
    { target: "$.paths['/orders'].get.parameters[?@.name == 'filter']", remove: true },
    { target: "$.paths['/orders'].get.tags[?@ == 'old']", remove: true },
    { target: "$..['x-traits', 'x-traits']", remove: true },
    { target: "$.tags[0, 0]", remove: true },
  ]);
  expect(problems).toEqual([]);
  expect(tree).toEqual({
    openapi: "3.1.0",
    info: { title: "Orders", version: "1" },
    tags: [],
    paths: {
      "/orders": {
        get: { summary: "Orders", tags: ["orders"], parameters: [{ name: "debug", in: "query" }] },
      },
      "/orders/{id}": { get: { summary: "An order" } },
    },
  });
});

test("traits say where an update belongs", () => {
  const { tree } = overlaid(orders, [
    {
      target: "$.paths[?@.get['x-traits'][?@ == 'paged']].get",
      update: { parameters: [{ name: "skip", in: "query" }] },
    },
  ]);
  expect(tree).toMatchObject({
    paths: {
      "/orders": { get: { parameters: [{}, {}, {}, { name: "skip" }] } },
      "/orders/{id}": { get: { summary: "An order" } },
    },
  });
  expect(JSON.stringify(tree).match(/skip/g)).toHaveLength(1);
});

test("copy merges what stands elsewhere, so that a path can be moved", () => {
  const { tree, problems } = overlaid(orders, [
    { target: "$.paths", update: { "/v2/orders": { summary: "New" } } },
    { target: "$.paths['/v2/orders']", copy: "$.paths['/orders/{id}']" },
    { target: "$.paths['/orders/{id}']", remove: true },
  ]);
  expect(problems).toEqual([]);
  expect(tree).toMatchObject({
    paths: { "/v2/orders": { summary: "New", get: { summary: "An order" }, delete: { deprecated: true } } },
  });
  expect(tree).not.toHaveProperty(["paths", "/orders/{id}"]);
});

test("actions build on those before them, and overlays on overlays before them", () => {
  const { tree } = overlaid(
    orders,
    [
      { target: "$.info", remove: true },
      { target: "$", update: { info: { title: "First" } } },
    ],
    [{ target: "$.info[?@ == 'First']", update: "Second" }],
  );
  expect(tree).toMatchObject({ info: { title: "Second" } });
  expect(tree).not.toHaveProperty("info.version");
});

test("values that YAML aliases share are changed one by one", () => {
  const shared = "a: &x { list: [1] }\nb: *x\nc: [*x, *x]\n";
  expect(
    overlaid(shared, [
      { target: "$.a.list", update: 2 },
      { target: "$.c[1]", update: { more: true } },
    ]).tree,
  ).toEqual({ a: { list: [1, 2] }, b: { list: [1] }, c: [{ list: [1] }, { list: [1], more: true }] });
});

test("a key that JavaScript knows is a key like others", () => {
  const { tree } = overlaid('{ "a": {} }', [
    { target: "$.a", update: JSON.parse('{"__proto__":{"b":1},"constructor":2}') as object },
    { target: "$.a['__proto__']", update: { c: 3 } },
  ]);
  expect(JSON.stringify(tree)).toBe('{"a":{"__proto__":{"b":1,"c":3},"constructor":2}}');
  expect(overlaid('{ "a": {} }', [{ target: "$.a.toString", remove: true }]).problems).toEqual([
    "overlay-target-empty 0.yaml#/actions/0/target",
  ]);
});

test("what cannot be merged is an error, and the rest of the action is done", () => {
  const { tree, problems } = overlaid(orders, [{ target: "$.info", update: { title: { en: "Orders" }, version: "2" } }]);
  expect(problems).toEqual(["overlay-update-incompatible 0.yaml#/actions/0/update/title"]);
  expect(tree).toMatchObject({ info: { title: "Orders", version: "2" } });
});

test("an overlay without a change leaves the very tree", () => {
  expect(overlaid(orders, []).problems).toEqual(["overlay-actions-missing 0.yaml#/actions"]);
  expect(overlaid(orders, [{ target: "$.nothing", remove: true }]).tree).toBe("as it was");
});
