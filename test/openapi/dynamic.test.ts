import { describe, expect, test } from "vitest";
import { readFiles, readSchemas } from "../support/read.ts";

const to = (key: string): object => ({ $ref: `#/components/schemas/${key}` });
const info = { title: "Test", version: "1" };

/** A page of what `#item` means. */
const page = {
  type: "object",
  properties: { items: { type: "array", items: { $dynamicRef: "#item" } }, total: { $ref: "#/$defs/total" } },
  $defs: { item: { $dynamicAnchor: "item", not: {} }, total: { type: "integer" } },
};
const pageOf = (item: object, template = "page"): object => ({
  $ref: template,
  $defs: { item: { $dynamicAnchor: "item", ...item } },
});
const pageOfKey = (key: string): object => ({
  type: "object",
  properties: { items: { type: "array", items: to(key) }, total: to("Page_total") },
});

describe("a template with a dynamic anchor", () => {
  test("becomes the schema of each use", async () => {
    const { schemas, problems } = await readSchemas("3.1.0", {
      Page: { $id: "https://example.com/page", ...page },
      Pet: { type: "string" },
      PetPage: { $id: "https://example.com/pets", ...pageOf({ $ref: "pet" }) },
      NamePage: { $id: "https://example.com/names", ...pageOf({ type: "string" }), description: "Names." },
      // Written as if it started at the document; `#` is this schema, where a pointer must not lead through itself.
      Named: { $id: "https://example.com/pet", ...to("Pet") },
    });
    expect(problems).toEqual([]);
    expect(schemas["PetPage"]).toEqual(pageOfKey("Named"));
    expect(schemas["Page"]).toEqual(pageOfKey("Page_item"));
    expect(schemas["NamePage"]).toEqual({ ...pageOfKey("NamePage_item"), description: "Names." });
  });

  test("needs no $id among components, which are scopes of their own", async () => {
    const { schemas, problems } = await readSchemas("3.1.0", {
      Page: { ...page, properties: { items: page.properties.items, total: { type: "integer" } } },
      Pet: { type: "string" },
      PetPage: pageOf(to("Pet"), "#/components/schemas/Page"),
      AgePage: pageOf({ type: "integer" }, "#/components/schemas/Page"),
      Both: { properties: { pets: to("PetPage"), ages: to("AgePage"), none: to("Page") } },
    });
    expect(problems).toEqual([]);
    const of = (key: string): object => ({
      properties: { items: { type: "array", items: to(key) }, total: { type: "integer" } },
    });
    expect(schemas).toMatchObject({
      PetPage: of("Pet"),
      AgePage: of("AgePage_item"),
      Page: of("Page_item"),
      Both: { properties: { pets: to("PetPage"), ages: to("AgePage"), none: to("Page") } },
    });
  });

  test("is used in place, each operation for itself", async () => {
    const get = (schema: object): object => ({
      get: { responses: { 200: { description: "", content: { "application/json": { schema } } } } },
    });
    const { document, problems } = await readFiles({
      "spec.json": {
        openapi: "3.1.0",
        info,
        paths: {
          "/pets": get(pageOf(to("Pet"), "#/components/schemas/Page")),
          "/ages": get(pageOf({ type: "integer" }, "#/components/schemas/Page")),
        },
        components: { schemas: { Page: { $id: "https://example.com/page", ...page }, Pet: { type: "string" } } },
      },
    });
    expect(problems).toEqual([]);
    const schemaOf = (path: string): unknown =>
      document?.root.paths[path]?.get?.responses?.["200"]?.content?.["application/json"]?.schema;
    expect(schemaOf("/pets")).toEqual(to("Page_pets_get_200"));
    expect(schemaOf("/ages")).toEqual(to("Page_ages_get_200"));
    expect(document?.root.components?.schemas).toMatchObject({
      Page_pets_get_200: pageOfKey("Pet"),
      Page_ages_get_200: pageOfKey("ages_get_200_item"),
    });
  });

  test("may use further templates, which mean what the outermost says; what no anchor touches stays one schema", async () => {
    const { schemas, problems } = await readSchemas("3.1.0", {
      Box: { properties: { list: to("List"), size: to("Size") }, $defs: { item: { $dynamicAnchor: "item" } } },
      List: { items: { $dynamicRef: "#item" }, contains: to("Size"), $defs: { item: { $dynamicAnchor: "item", const: 0 } } },
      Size: { type: "integer" },
      PetBox: pageOf({ type: "string" }, "#/components/schemas/Box"),
    });
    expect(problems).toEqual([]);
    expect(schemas).toEqual({
      Box: { properties: { list: to("List_Box"), size: to("Size") } },
      List: { items: to("List_item"), contains: to("Size") },
      Size: { type: "integer" },
      PetBox: { properties: { list: to("List_PetBox"), size: to("Size") } },
      List_Box: { items: to("Box_item"), contains: to("Size") },
      List_item: { const: 0 },
      List_PetBox: { items: to("PetBox_item"), contains: to("Size") },
      Box_item: {},
      PetBox_item: { type: "string" },
    });
  });

  test("has as many meanings as it has uses, under names that do not depend on the order", async () => {
    const uses = {
      A: pageOf({ const: 1 }, to$("T")),
      B: pageOf({ const: 2 }, to$("T")),
      C: { items: { ...pageOf({ const: 3 }, to$("T")) } },
    };
    const template = { T: { items: { $dynamicRef: "#item" }, maxItems: 1, $defs: { item: { $dynamicAnchor: "item" } } } };
    const one = await readSchemas("3.1.0", { ...template, ...uses, D: { ...pageOf({ const: 4 }, to$("T")), minItems: 1 } });
    const other = await readSchemas("3.1.0", { D: { ...pageOf({ const: 4 }, to$("T")), minItems: 1 }, ...uses, ...template });
    expect(one.problems).toEqual([]);
    expect(other.schemas).toEqual(one.schemas);
    expect(one.schemas).toMatchObject({
      A: { items: to("A_item") },
      B: { items: to("B_item") },
      C: { items: to("T_C") },
      D: { ...to("T_D"), minItems: 1 },
      T_C: { items: to("C_items_item") },
      T_D: { items: to("D_item"), maxItems: 1 },
    });
  });

  test("is extended by schemas that contain themselves", async () => {
    const { schemas, problems } = await readSchemas("3.1.0", {
      Tree: {
        $dynamicAnchor: "node",
        properties: { children: { items: { $dynamicRef: "#node" } }, root: { $ref: to$("Tree") } },
      },
      Strict: { $dynamicAnchor: "node", $ref: to$("Tree"), unevaluatedProperties: false },
    });
    expect(problems).toEqual([]);
    expect(schemas).toEqual({
      Tree: { properties: { children: { items: to("Tree") }, root: to("Tree") } },
      Strict: { ...to("Tree_Strict"), unevaluatedProperties: false },
      Tree_Strict: { properties: { children: { items: to("Strict") }, root: to("Tree_Strict") } },
    });
  });

  test("may stand in another file, and be filled from a third", async () => {
    const { document, problems } = await readFiles({
      "spec.yaml": `
openapi: 3.1.0
info: { title: Test, version: "1" }
paths: {}
components:
  schemas:
    PetPage:
      $ref: templates/page.yaml
      $defs: { item: { $dynamicAnchor: item, $ref: schemas/pet.yaml } }
    Other: { items: { $ref: templates/page.yaml } }
`,
      "templates/page.yaml": `
items: { $dynamicRef: "more.yaml#item" }
$defs: { item: { $dynamicAnchor: item } }
`,
      "templates/more.yaml": "$defs: { item: { $dynamicAnchor: item, type: boolean } }",
      "schemas/pet.yaml": "type: string",
    });
    expect(problems).toEqual([]);
    expect(document?.root.components?.schemas).toEqual({
      PetPage: { items: to("pet") },
      Other: { items: to("page") },
      pet: { type: "string" },
      page: { items: to("item") },
      item: {},
    });
  });
});

test("a dynamic reference to what is no dynamic anchor is a reference", async () => {
  const { schemas, problems } = await readSchemas("3.1.0", {
    A: { $dynamicAnchor: "x", $ref: to$("B") },
    B: { items: { $dynamicRef: "#x" }, contains: { $dynamicRef: "#/$defs/y" }, $defs: { y: { $anchor: "x", type: "string" } } },
  });
  expect(problems).toEqual(["reference-not-found spec.json#/components/schemas/B/contains/$dynamicRef"]);
  expect(schemas).toMatchObject({ B: { items: to("B_y") }, B_y: { type: "string" } });
});

function to$(key: string): string {
  return `#/components/schemas/${key}`;
}
