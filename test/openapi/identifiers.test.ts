import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { metaschemaText } from "../../generator/openapi/load/metaschemas.ts";
import { readFiles, readSchemas, type Reading } from "../support/read.ts";

const head = { openapi: "3.1.0", info: { title: "Test", version: "1" }, paths: {} };
const to = (key: string): object => ({ $ref: `#/components/schemas/${key}` });
const schemasOf = ({ document }: Reading): Readonly<Record<string, unknown>> => document?.root.components?.schemas ?? {};

describe("identifiers", () => {
  test("a reference is resolved against the $id around it, relative ones against those further out", async () => {
    const reading = await readFiles({
      "spec.yaml": `
openapi: 3.1.0
info: { title: Test, version: "1" }
paths: {}
components:
  schemas:
    Pet:
      $id: https://example.com/schemas/pet
      properties:
        owner: { $ref: people/owner }
        self: { $ref: "#" }
        part: { $ref: "#/$defs/part" }
        absolute: { $ref: "https://example.com/schemas/people/owner" }
      $defs:
        part: { type: integer }
        people:
          $id: people/
          $defs:
            owner:
              $id: owner
              properties:
                pet: { $ref: ../pet }
                inner: { $ref: "#/$defs/part" }
              $defs:
                part: { type: boolean }
`,
    });
    expect(reading.problems).toEqual([]);
    expect(schemasOf(reading)).toEqual({
      Pet: {
        properties: { owner: to("Pet_people_owner"), self: to("Pet"), part: to("Pet_part"), absolute: to("Pet_people_owner") },
      },
      Pet_people_owner: { properties: { pet: to("Pet"), inner: to("Pet_people_owner_part") } },
      Pet_part: { type: "integer" },
      Pet_people_owner_part: { type: "boolean" },
    });
  });

  test("a URN is an identifier like any other, with pointers and anchors", async () => {
    const { schemas, problems } = await readSchemas("3.1.0", {
      Pet: {
        $id: "urn:example:pet",
        properties: { a: { $ref: "#/$defs/part" }, b: { $ref: "urn:example:pet#/$defs/part" }, c: { $ref: "#part" } },
        $defs: { part: { $anchor: "part", type: "integer" } },
      },
      Other: { items: { $ref: "urn:example:pet" } },
    });
    expect(problems).toEqual([]);
    expect(schemas).toEqual({
      Pet: { properties: { a: to("Pet_part"), b: to("Pet_part"), c: to("Pet_part") } },
      Other: { items: to("Pet") },
      Pet_part: { type: "integer" },
    });
  });

  test("an anchor belongs to the schema with the $id around it, and is found in other files", async () => {
    const reading = await readFiles({
      "spec.json": {
        ...head,
        components: {
          schemas: {
            A: { $id: "https://example.com/a", items: { $ref: "#x" }, $defs: { x: { $anchor: "x", type: "string" } } },
            B: { $id: "https://example.com/b", items: { $ref: "#x" }, $defs: { x: { $anchor: "x", type: "number" } } },
            C: { items: { $ref: "other.yaml#x" }, contains: { $ref: "https://example.com/b#x" } },
          },
        },
      },
      "other.yaml": "$defs:\n  deep: { properties: { y: { $anchor: x, type: boolean } } }\n",
    });
    expect(reading.problems).toEqual([]);
    expect(schemasOf(reading)).toMatchObject({
      A: { items: to("A_x") },
      B: { items: to("B_x") },
      C: { items: to("deep_y"), contains: to("B_x") },
      A_x: { type: "string" },
      B_x: { type: "number" },
      deep_y: { type: "boolean" },
    });
  });

  test("files that have an $id refer to their neighbours on the disk, or by the identifiers of those", async () => {
    const reading = await readFiles({
      "spec.json": { ...head, components: { schemas: { Pet: { $ref: "schemas/pet.json" } } } },
      "schemas/pet.json": {
        $id: "https://example.com/schemas/v1/pet.json",
        properties: { a: { $ref: "owner.json" }, b: { $ref: "https://example.com/schemas/v1/tag" } },
      },
      "schemas/owner.json": { $id: "https://example.com/elsewhere/owner.json", items: { $ref: "tag.json" } },
      "schemas/tag.json": { $id: "https://example.com/schemas/v1/tag", type: "string" },
    });
    expect(reading.problems).toEqual([]);
    expect(schemasOf(reading)).toEqual({
      Pet: { properties: { a: to("owner"), b: to("tag") } },
      owner: { items: to("tag") },
      tag: { type: "string" },
    });
  });

  test("what is fetched is what the $id says", async () => {
    const asked: string[] = [];
    const reading = await readFiles(
      {
        "spec.json": {
          ...head,
          components: { schemas: { A: { $id: "https://example.com/dir/", items: { $ref: "b.json#/$defs/x" } } } },
        },
      },
      {
        readUrl: async (url) => {
          asked.push(url);
          return url.endsWith("c.json")
            ? "true"
            : '{ "$id": "https://example.org/else/", "$defs": { "x": { "$ref": "c.json" } } }';
        },
      },
    );
    expect(asked).toEqual(["https://example.com/dir/b.json", "https://example.org/else/c.json"]);
    expect(reading.problems).toEqual([]);
    expect(schemasOf(reading)).toEqual({ A: { items: to("c") }, c: true });
  });

  test("an $id in data or under a keyword that nobody knows is none, unless nothing else has it", async () => {
    const { schemas, problems } = await readSchemas("3.1.0", {
      A: { enum: [{ $id: "https://example.com/x", type: "null" }], default: { $anchor: "y" } },
      B: { unknown: [{ $id: "https://example.com/x", type: "null" }] },
      C: { $defs: { x: { $id: "https://example.com/x", type: "string" } } },
      D: { anyOf: [{ $ref: "https://example.com/x" }, { $ref: "https://example.com/z" }] },
      E: { unknown: { $id: "https://example.com/z", type: "integer" } },
    });
    expect(problems).toEqual([]);
    expect(schemas["D"]).toEqual({ anyOf: [to("C_x"), to("E_unknown")] });
    expect(schemas["C_x"]).toEqual({ type: "string" });
  });

  test("pointers are percent-decoded, then unescaped; refs to refs end at the schema", async () => {
    const { schemas, problems } = await readSchemas("3.1.0", {
      A: { $defs: { "a/b~c%d e": { type: "string" }, "": { type: "null" } } },
      B: { $ref: "#/components/schemas/A/$defs/a~1b~0c%25d%20e" },
      C: { anyOf: [{ $ref: "#/components/schemas/B" }, { $ref: "#/components/schemas/A/$defs/" }] },
    });
    expect(problems).toEqual([]);
    expect(schemas).toMatchObject({
      B: { type: "string" },
      C: { anyOf: [to("B"), { $ref: expect.any(String) as string }] },
    });
  });

  test("a $ref and a $dynamicRef side by side both count", async () => {
    const { schemas, problems } = await readSchemas("3.1.0", {
      A: { $ref: "#/components/schemas/B", $dynamicRef: "#c", allOf: [{ minLength: 1 }], maxLength: 9 },
      B: { type: "string" },
      C: { $dynamicAnchor: "c", pattern: "^a" },
    });
    expect(problems).toEqual([]);
    expect(schemas["A"]).toEqual({ ...to("B"), allOf: [{ minLength: 1 }, to("C")], maxLength: 9 });
  });
});

describe("the schema of schemas", () => {
  const files = ["schema", "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content"];

  test.each(files)("%s says what the specification's says", (name) => {
    const path = name === "schema" ? name : `meta/${name}`;
    const theirs: unknown = createRequire(import.meta.url)(`ajv/dist/refs/json-schema-2020-12/${path}.json`);
    const ours: unknown = JSON.parse(metaschemaText(`https://json-schema.org/draft/2020-12/${path}`) ?? "");
    expect(ours).toEqual(withoutComments(theirs));
  });

  test("needs no network, and is one schema for all who refer to it", async () => {
    const reading = await readFiles({
      "spec.json": {
        ...head,
        components: {
          schemas: {
            A: { properties: { schema: { $ref: "https://json-schema.org/draft/2020-12/schema" } } },
            B: { $schema: "https://json-schema.org/draft/2020-12/schema", $id: "https://example.com/b", type: "string" },
          },
        },
      },
    });
    expect(reading.problems).toEqual([]);
    expect(schemasOf(reading)).toMatchObject({
      A: { properties: { schema: to("JsonSchema") } },
      JsonSchema_unevaluated: { properties: { unevaluatedItems: to("JsonSchema"), unevaluatedProperties: to("JsonSchema") } },
    });
  });
});

function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key, inner]) => key !== "$comment" || typeof inner !== "string");
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutComments(inner)]));
}
