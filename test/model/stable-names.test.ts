import fc from "fast-check";
import { expect, test } from "vitest";
import { globalTypes } from "../../generator/model/reserved.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import type { OperationObject, PathItemObject } from "../../generator/openapi/shapes.ts";
import { reportedModelOf } from "../support/model.ts";

// What real documents, and malicious ones, call things.
const words = [
  ...["Date", "Error", "default", "__proto__", "constructor", "Promise", "Response", "Record", "Request", "Client", "paths"],
  ...[
    "operations",
    "undefined",
    "any",
    "1st",
    "😀",
    "",
    "foo-bar",
    "foo_bar",
    "fooBar",
    "FooBar",
    "FOO_BAR",
    "foobar",
    "foo bar",
  ],
  ...["list", "List", "get", "then", "options", "signal", "timeout", "body", "class", "*/", "`${x}`", "日本", "a.b/c", "FooBar2"],
];
const word = fc.constantFrom(...words);
const segment = fc.oneof(
  fc.constantFrom("pets", "Pets", "pet-s", "users", "{id}", "{name}", "v1"),
  fc.constantFrom("list", "1st"),
);
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join("/")}`);
const method = fc.constantFrom("get" as const, "put" as const, "post" as const, "delete" as const);

interface Written {
  readonly path: string;
  readonly method: "get" | "put" | "post" | "delete";
  readonly operation: OperationObject;
}

const operation = fc.record({
  path,
  method,
  operation: fc
    .record({ operationId: word, tags: fc.array(word, { maxLength: 2 }) }, { requiredKeys: [] })
    .map((members): OperationObject => ({ ...members, responses: { "204": { description: "Done." } } })),
});
const operations = fc.uniqueArray(operation, { selector: (one) => `${one.method} ${one.path}`, maxLength: 12 });
const keys = fc.uniqueArray(word, { maxLength: 12 });

function build(written: readonly Written[], schemas: readonly string[]): ApiModel {
  const paths = new Map<string, PathItemObject>();
  for (const one of written) paths.set(one.path, { ...paths.get(one.path), [one.method]: one.operation });
  return reportedModelOf({
    // `fromEntries` makes a member of `__proto__` too.
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(schemas.map((key) => [key, { type: "object" as const }])) },
  }).model;
}

/** Every name that was chosen, by what it was chosen for. */
function chosen({ operations: built, schemas }: ApiModel): Readonly<Record<string, unknown>> {
  return Object.fromEntries([
    ...built.map((one) => [`${one.method} ${one.path}`, [one.id, one.name, one.resource, one.action]]),
    ...schemas.map((one) => [`schema ${one.key}`, [one.name, one.writableName, one.factoryName]]),
  ]);
}

test("names do not depend on the order of a document", () => {
  fc.assert(
    fc.property(operations, keys, fc.integer(), (written, schemas, seed) => {
      const shuffled = [...written].sort((a, b) => hash(`${seed} ${a.path} ${a.method}`) - hash(`${seed} ${b.path} ${b.method}`));
      const reordered = [...schemas].sort((a, b) => hash(`${seed} ${a}`) - hash(`${seed} ${b}`));
      expect(chosen(build(shuffled, reordered))).toEqual(chosen(build(written, schemas)));
    }),
    { numRuns: 300 },
  );
});

test("no two things have one name, and no type has the name of a global", () => {
  fc.assert(
    fc.property(operations, keys, (written, schemas) => {
      const model = build(written, schemas);
      const values = [...model.operations.map(({ name }) => name), ...model.schemas.map(({ factoryName }) => factoryName)];
      const types = model.schemas.flatMap(({ name, writableName }) => [
        name,
        ...(writableName === undefined ? [] : [writableName]),
      ]);
      const actions = model.operations.map(({ resource, action }) => [...resource, action].join("."));
      for (const names of [values, types, actions, model.operations.map(({ id }) => id)])
        expect(new Set(names).size, names.join(" ")).toBe(names.length);
      // A method and a resource of one name would be one member.
      const places = new Set(
        model.operations.flatMap(({ resource }) => resource.map((_, end) => resource.slice(0, end + 1).join("."))),
      );
      expect(actions.filter((action) => places.has(action))).toEqual([]);
      expect(types.filter((name) => new Set<string>(globalTypes).has(name))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("another operation and another schema rename nothing that they do not clash with", () => {
  fc.assert(
    fc.property(operations, keys, (written, schemas) => {
      const before = flat(build(written, schemas));
      const added: Written = {
        path: "/zebras/stripes",
        method: "get",
        operation: { operationId: "countZebraStripes", responses: { "204": { description: "Done." } } },
      };
      expect(flat(build([added, ...written], ["Zebra", ...schemas]))).toMatchObject(before);
    }),
    { numRuns: 300 },
  );
});

/** All names but the places in the resource style, which tell what a document's paths and tags have in common (docs/resource-names.md). */
function flat({ operations: built, schemas }: ApiModel): Readonly<Record<string, unknown>> {
  return Object.fromEntries([
    ...built.map((one) => [`${one.method} ${one.path}`, { id: one.id, name: one.name }]),
    ...schemas.map((one) => [`schema ${one.key}`, { type: one.name, factory: one.factoryName }]),
  ]);
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (Math.imul(value, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return value;
}
