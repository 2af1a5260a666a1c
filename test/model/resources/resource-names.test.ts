import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { OpenApiObject, PathItemObject } from "../../../generator/openapi/shapes.ts";
import { modelOf } from "../../support/model.ts";

interface Example {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly call: string;
}

const page = readFileSync(new URL("../../../docs/resource-names.md", import.meta.url), "utf8");
const tables = page
  .split(/^## /m)
  .slice(1)
  .map((section) => ({ title: section.split("\n", 1)[0] ?? "", examples: examplesIn(section) }));

for (const { title, examples } of tables.filter((table) => table.examples.length > 0)) {
  test(`docs/resource-names.md tells the truth: ${title}`, () => {
    expect(callsOf(examples)).toEqual(Object.fromEntries(examples.map(({ method, path, call }) => [`${method} ${path}`, call])));
  });

  test(`the order of the document changes no place: ${title}`, () => {
    expect(callsOf(examples.toReversed())).toEqual(callsOf(examples));
    expect(callsOf([...examples.slice(2), ...examples.slice(0, 2)])).toEqual(callsOf(examples));
  });
}

test("the page has its tables", () => {
  expect(tables.filter((table) => table.examples.length > 0)).toHaveLength(5);
});

test("an extension overrides the rule", () => {
  const operation = { operationId: "a_b", tags: ["x"], parameters: [], responses: { 204: { description: "Done." } } };
  const overridden = { ...operation, "x-triad-resource": "session-recordings.sharing", "x-triad-action": "list all" };
  const model = modelOf({
    paths: { "/a": { get: overridden }, "/b": { get: { ...operation, operationId: "b", "x-triad-resource": "deep.down" } } },
  });
  expect(model.operations.map(({ resource, action }) => [...resource, action].join("."))).toEqual([
    "sessionRecordings.sharing.listAll",
    "deep.down.b",
  ]);
});

test("an action is never called as a resource beside it", () => {
  const calls = callsOf([
    { id: "", method: "GET", path: "/query/{id}/log", tag: "", call: "" },
    { id: "", method: "GET", path: "/query/log/lines", tag: "", call: "" },
    { id: "", method: "GET", path: "/query/log/{line}", tag: "", call: "" },
  ]);
  const [action, ...others] = Object.values(calls);
  expect(others.some((call) => call.startsWith(`${String(action)}.`))).toBe(false);
  expect(new Set(Object.values(calls)).size).toBe(3);
});

test("operations that cannot be told apart are numbered", () => {
  const calls = callsOf([
    { id: "a-b", method: "GET", path: "/a-b", tag: "", call: "" },
    { id: "a_b", method: "GET", path: "/a_b", tag: "", call: "" },
  ]);
  expect(calls).toEqual({ "GET /a-b": "aB.getAB", "GET /a_b": "aB.getAB2" });
});

function examplesIn(section: string): Example[] {
  const rows = section.split("\n").filter((line) => /^\|.*\| *(?:GET|PUT|POST|PATCH|DELETE) /.test(line));
  return rows.map((row) => {
    const [, id = "", operation = "", tag = "", call = ""] = row.split("|").map((cell) => cell.trim());
    const [method = "", path = ""] = operation.split(" ");
    return { id, method, path, tag, call };
  });
}

function callsOf(examples: readonly Example[]): Record<string, string> {
  const { operations } = modelOf({ paths: pathsOf(examples) });
  return Object.fromEntries(
    operations.map(({ method, path, resource, action }) => [`${method.toUpperCase()} ${path}`, [...resource, action].join(".")]),
  );
}

function pathsOf(examples: readonly Example[]): OpenApiObject["paths"] {
  const paths: Record<string, PathItemObject> = {};
  for (const { id, method, path, tag } of examples) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
    const operation = {
      ...(id === "" ? {} : { operationId: id }),
      ...(tag === "" ? {} : { tags: [tag] }),
      parameters: names.map((name) => ({ name, in: "path" as const, required: true, schema: { type: "string" as const } })),
      responses: { 204: { description: "Done." } },
    };
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  return paths;
}
