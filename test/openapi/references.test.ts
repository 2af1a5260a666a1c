import { expect, test } from "vitest";
import { createFetcher } from "../../generator/openapi/load/fetch.ts";
import { readFiles, readSchemas } from "../support/read.ts";

const head = { openapi: "3.1.0", info: { title: "Test", version: "1" } };
const get = (schema: object): object => ({
  get: { responses: { 200: { description: "", content: { "application/json": { schema } } } } },
});

test("a schema that the entry names by reference is that schema, wherever it is referred to", async () => {
  const { document, problems } = await readFiles({
    "spec.json": {
      ...head,
      paths: { "/a": get({ $ref: "schemas/pet.json" }) },
      components: { schemas: { Pet: { $ref: "schemas/pet.json" } } },
    },
    "schemas/pet.json": {
      type: "object",
      properties: { friend: { $ref: "./pet.json" }, other: { $ref: "../spec.json#/components/schemas/Pet" } },
    },
  });
  const reference = { $ref: "#/components/schemas/Pet" };
  expect(problems).toEqual([]);
  expect(document?.root.components?.schemas).toEqual({
    Pet: { type: "object", properties: { friend: reference, other: reference } },
  });
  expect(document?.root.paths["/a"]?.get?.responses?.["200"]?.content?.["application/json"]?.schema).toEqual(reference);
  expect(document?.locate(document.resolve(reference.$ref).schema as object)).toBe("/api/schemas/pet.json#");
});

test("other schemas are named for their file, their key, or the way that leads to them", async () => {
  const { document, problems } = await readFiles({
    "spec.json": {
      ...head,
      paths: {
        "/a/{b}": get({
          anyOf: [
            { $ref: "session-recording.yaml" },
            { $ref: "all.yaml#/Thing" },
            { $ref: "#/components/schemas/Pet/properties/owner" },
            { $ref: "#/paths/~1a~1%7Bb%7D/get/responses/200/content/application~1json/schema" },
          ],
        }),
      },
      components: { schemas: { Pet: { properties: { owner: { type: "string" } } } } },
    },
    "session-recording.yaml": "type: object\n",
    "all.yaml": "Thing:\n  type: integer\n",
  });
  expect(problems).toEqual([]);
  expect(Object.keys(document?.root.components?.schemas ?? {})).toEqual([
    "Pet",
    "session-recording",
    "Thing",
    "Pet_owner",
    "a_b_get_200",
  ]);
});

test("two schemas of one name: the second gets a number, and both are told", async () => {
  const { document, problems, diagnostics } = await readFiles({
    "spec.json": { ...head, paths: { "/a": get({ $ref: "a/error.json" }), "/b": get({ $ref: "b/error.json" }) } },
    "a/error.json": { type: "string" },
    "b/error.json": { type: "integer" },
  });
  expect(document?.root.components?.schemas).toEqual({ error: { type: "string" }, error_2: { type: "integer" } });
  expect(problems).toEqual(["schema-name-clash b/error.json#"]);
  expect(diagnostics.all[0]?.related[0]?.at).toBe("/api/a/error.json#");
});

test("an alias of a schema stays an alias; one that leads to itself is an error", async () => {
  const { schemas, problems } = await readSchemas("3.1.0", {
    A: { $ref: "#/components/schemas/B" },
    B: { type: "string" },
    C: { $ref: "#/components/schemas/C" },
    D: { $ref: "#/components/schemas/C" },
  });
  expect(schemas).toEqual({ A: { $ref: "#/components/schemas/B" }, B: { type: "string" }, C: {}, D: {} });
  expect(problems).toEqual(["reference-to-itself spec.json#/components/schemas/C/$ref"]);
});

test("schemas that hold only if they hold are errors; a base that lists its children is none", async () => {
  const reference = (key: string): object => ({ $ref: `#/components/schemas/${key}` });
  const circle = await readSchemas("3.1.0", {
    A: { allOf: [{ type: "object" }, reference("B")] },
    B: { allOf: [reference("A")] },
    C: reference("B"),
  });
  expect(circle.problems).toEqual(["reference-to-itself spec.json#/components/schemas/B/allOf/0"]);
  expect(circle.schemas).toEqual({ A: {}, B: { allOf: [reference("A")] }, C: reference("B") });
  const base = { Base: { type: "object", oneOf: [reference("Child")] }, Child: { allOf: [reference("Base")] } };
  expect(await readSchemas("3.1.0", base)).toEqual({ schemas: base, problems: [] });
});

test("keys are escaped in references", async () => {
  const { schemas, problems } = await readSchemas("3.1.0", {
    "a/b~c#d": { type: "string" },
    A: { $ref: "#/components/schemas/a~1b~0c%23d" },
  });
  expect(problems).toEqual([]);
  expect(schemas["A"]).toEqual({ $ref: "#/components/schemas/a~1b~0c#d" });
});

test("$defs, $anchor and $id are followed", async () => {
  const { schemas, problems } = await readSchemas("3.1.0", {
    A: {
      $id: "https://example.com/a",
      $defs: { inner: { type: "string" } },
      properties: { x: { $ref: "#/$defs/inner" }, y: { $ref: "#named" }, z: { $ref: "b" } },
    },
    B: { $id: "https://example.com/b", $anchor: "named", type: "integer" },
    C: { $anchor: "named", type: "boolean" },
    D: { $ref: "#named" },
  });
  expect(problems).toEqual([]);
  expect(schemas["A"]).toEqual({
    properties: {
      x: { $ref: "#/components/schemas/A_inner" },
      y: { $ref: "#/components/schemas/C" },
      z: { $ref: "#/components/schemas/B" },
    },
  });
  expect(schemas["A_inner"]).toEqual({ type: "string" });
});

test("a dynamic reference to the only anchor of its name is a reference", async () => {
  const { schemas, problems } = await readSchemas("3.1.0", {
    Tree: { $dynamicAnchor: "node", type: "array", items: { $dynamicRef: "#node" } },
  });
  expect(problems).toEqual([]);
  expect(schemas["Tree"]).toEqual({ type: "array", items: { $ref: "#/components/schemas/Tree" } });
});

test("a pointer may lead through a reference", async () => {
  const { schemas, problems } = await readSchemas("3.1.0", {
    A: { $ref: "#/components/schemas/B" },
    B: { properties: { c: { type: "string" } } },
    D: { $ref: "#/components/schemas/A/properties/c" },
  });
  expect(problems).toEqual([]);
  expect(schemas["D"]).toEqual({ type: "string" });
});

test("references work in places that the specification does not name", async () => {
  const { document, problems } = await readFiles({
    "spec.yaml": `
openapi: 3.0.3
info: { title: Test, version: "1", description: { $ref: intro.md } }
paths:
  /a:
    get: { $ref: operation.yaml }
`,
    "intro.md": "# Hello: *world*",
    "operation.yaml": "parameters: { $ref: parts.yaml#/parameters }\nresponses: { $ref: parts.yaml#/responses }\n",
    "parts.yaml": `
parameters:
  - { name: a, in: query, schema: { properties: { $ref: "#/properties" } } }
properties: { x: { type: string } }
responses:
  "200": { description: ok, content: { application/json: { example: { $ref: "#/example" } } } }
example: { x: y }
`,
  });
  expect(problems).toEqual([]);
  expect(document?.root.info.description).toBe("# Hello: *world*");
  const operation = document?.root.paths["/a"]?.get;
  expect(operation?.parameters?.[0]?.schema).toEqual({ properties: { x: { type: "string" } } });
  expect(operation?.responses?.["200"]?.content?.["application/json"]).toEqual({ examples: { example: { value: { x: "y" } } } });
});

test("references stay inside the entry's folder and the given roots", async () => {
  const files = {
    "spec.json": { ...head, paths: {}, components: { schemas: { A: { $ref: "../shared/a.json" } } } },
    "../shared/a.json": { type: "string" },
  };
  expect((await readFiles(files)).problems).toEqual(["reference-outside-roots spec.json#/components/schemas/A/$ref"]);
  const inMemory = { "spec.json": files["spec.json"] };
  expect((await readFiles(inMemory, { roots: ["/shared"] })).problems).toEqual([
    "file-not-found spec.json#/components/schemas/A/$ref",
  ]);
});

test("URLs are fetched when the way to them is handed in, and what is refused is told", async () => {
  const asked: string[] = [];
  const readUrl = async (url: string): Promise<string> => {
    if (!url.startsWith("https://example.com")) return createFetcher().read(url);
    asked.push(url);
    return '{"A":{"$ref":"#/B"},"B":{"$ref":"b.json"}}';
  };
  const refs = [
    "https://example.com/a.json#/B",
    "http://169.254.169.254/latest",
    "http://[::1]/a",
    "http://localhost/a",
    "http://2130706433/a",
    "http://internal/a",
    "ftp://example.com/a",
  ];
  const { problems } = await readFiles(
    {
      "spec.json": {
        ...head,
        paths: {},
        components: { schemas: Object.fromEntries(refs.map(($ref, index) => [`S${index}`, { $ref }])) },
      },
    },
    { readUrl },
  );
  expect(asked).toEqual(["https://example.com/a.json", "https://example.com/b.json"]);
  expect(problems).toEqual(
    refs.slice(1).map((_, index) => `reference-to-url-refused spec.json#/components/schemas/S${index + 1}/$ref`),
  );
});
