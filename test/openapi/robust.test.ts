import fc from "fast-check";
import { expect, test } from "vitest";
import { printDiagnostics } from "../../generator/diagnostics/print.ts";
import { subschemas } from "../../generator/model/walk.ts";
import type { Schema } from "../../generator/openapi/shapes.ts";
import { readFiles } from "../support/read.ts";

const schema = {
  $id: "https://example.com/a",
  $anchor: "a",
  type: "object",
  nullable: true,
  required: ["a"],
  properties: { a: { type: ["string", "null"], enum: ["a"] }, b: { $ref: "#/components/schemas/B" } },
  allOf: [{ $ref: "other.json#/C" }],
  discriminator: { propertyName: "a", mapping: { x: "B" } },
  items: { minimum: 1, exclusiveMinimum: true },
  patternProperties: { x: true },
  additionalProperties: false,
  example: 1,
  examples: [1],
  dependencies: { a: ["b"] },
  $dynamicRef: "#a",
  format: "byte",
};
const parameter = {
  name: "id",
  in: "query",
  required: true,
  style: "form",
  schema,
  example: 1,
  examples: { a: { value: 1 } },
  content: { "application/json": { schema } },
};
const response = {
  description: "",
  headers: { A: parameter },
  content: { "application/json": { schema, encoding: { a: { headers: { A: parameter } } } } },
  links: { l: { operationId: "x" } },
};
const operation = {
  operationId: "a",
  tags: ["a"],
  security: [{ key: [] }],
  servers: [{ url: "/", variables: { a: { default: "1" } } }],
  parameters: [parameter, { $ref: "#/components/parameters/P" }],
  requestBody: { content: response.content },
  responses: { 200: response, 404: { $ref: "#/components/responses/R" } },
  callbacks: { c: { "{$x}": { post: {} } } },
};
const openapi3 = {
  openapi: "3.0.3",
  info: { title: "a", version: "1", contact: { name: "a" } },
  servers: [{ url: "/" }],
  tags: [{ name: "a" }],
  security: [{}],
  webhooks: { w: { post: operation } },
  paths: {
    "/a": { parameters: [parameter], servers: [{ url: "/" }], get: operation, put: { $ref: "other.json#/operation" } },
    "/b": { $ref: "#/paths/~1a" },
  },
  components: {
    schemas: { A: schema, B: { $ref: "#/components/schemas/A" } },
    parameters: { P: parameter },
    responses: { R: response },
    requestBodies: { Q: { content: {} } },
    headers: { H: parameter },
    securitySchemes: { key: { type: "oauth2", flows: { implicit: { scopes: { a: "b" } } } } },
    pathItems: { I: { get: operation } },
  },
};
const simple = { name: "a", in: "query", type: "array", items: { type: "array", items: {} }, collectionFormat: "tsv" };
const swagger2 = {
  swagger: "2.0",
  info: { title: "a", version: "1" },
  host: "a",
  basePath: "/",
  schemes: ["http"],
  consumes: ["a/b"],
  produces: ["a/b"],
  definitions: { A: schema },
  parameters: { P: simple, B: { in: "body", name: "b", schema } },
  responses: { R: { schema, examples: { "a/b": 1 }, headers: { A: simple } } },
  paths: {
    "/a": {
      parameters: [simple],
      post: {
        consumes: [],
        produces: [],
        schemes: [],
        parameters: [simple, { $ref: "#/parameters/B" }, { name: "f", in: "formData", type: "file" }],
        responses: { 200: { $ref: "#/responses/R" } },
      },
    },
  },
  securityDefinitions: { a: { type: "basic" }, o: { type: "oauth2", flow: "implicit", scopes: {} } },
};

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    "",
    "x",
    [],
    {},
    [null],
    [[]],
    { $ref: 1 },
    { $ref: "" },
    { $ref: "#" },
    { $ref: "#/" },
    { $ref: "#/paths" },
    { $ref: "#/components/schemas/A" },
    { $ref: "#/components/parameters/P" },
    { $ref: "other.json" },
    { $ref: "%" },
    { $ref: "#%zz" },
    { $ref: "gone.json" },
    { $ref: "http://[" },
    { $ref: "#/components/schemas/A", nullable: true },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

// The seed is fixed: a test says the same each time. Raise `numRuns` to look for more.
test.each([
  ["OpenAPI 3", openapi3],
  ["Swagger 2.0", swagger2],
])("whatever stands anywhere in %s, reading ends, and every problem can be printed", async (_, base) => {
  const places = placesIn(base);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...places), junk), { minLength: 1, maxLength: 3 }),
      fc.constantFrom("3.0.3", "3.1.0", "3.2.0"),
      async (changes, version) => {
        const spec = structuredClone(base) as Record<string, unknown>;
        if ("openapi" in spec) spec["openapi"] = version;
        for (const [keys, value] of changes) replace(spec, keys, value);
        const { document, diagnostics, sources } = await readFiles({
          "spec.json": spec,
          "other.json": { C: { $ref: "spec.json#/components/schemas/A" }, operation: { responses: {} } },
        });
        const printed = printDiagnostics(diagnostics.all, { sources, cwd: "/api" });
        expect(printed.includes("undefined")).toBe(JSON.stringify(spec).includes("undefined"));
        for (const schema of Object.values(document?.root.components?.schemas ?? {}))
          checkReferences(schema, (reference) => document?.resolve(reference));
      },
    ),
    { seed: 42, numRuns: 100 },
  );
});

function placesIn(value: unknown, keys: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [keys];
  return [
    ...(keys.length > 0 ? [keys] : []),
    ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...keys, key])),
  ];
}

function replace(spec: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  let node: unknown = spec;
  for (const key of keys.slice(0, -1))
    node = typeof node === "object" && node !== null ? (node as Record<string, unknown>)[key] : undefined;
  if (typeof node === "object" && node !== null) (node as Record<string, unknown>)[keys.at(-1) ?? ""] = value;
}

/** Every reference of a schema resolves. */
function checkReferences(schema: Schema, resolve: (reference: string) => unknown): void {
  if (typeof schema === "object" && schema.$ref !== undefined) resolve(schema.$ref);
  for (const inner of subschemas(schema)) checkReferences(inner.schema, resolve);
}

test("references that double at each step are stopped", async () => {
  const levels = Array.from({ length: 40 }, (_, level) => [
    `L${level}`,
    { a: { properties: { $ref: `#/x-maps/L${level + 1}` } }, b: { properties: { $ref: `#/x-maps/L${level + 1}` } } },
  ]);
  const spec = {
    openapi: "3.1.0",
    info: { title: "a", version: "1" },
    paths: {},
    components: { schemas: { A: { properties: { $ref: "#/x-maps/L0" } } } },
    "x-maps": Object.fromEntries([...levels, ["L40", {}]]),
  };
  expect((await readFiles({ "spec.json": spec })).problems).toContain("references-multiply spec.json#");
});

test("a map that contains itself through references is cut", async () => {
  const spec = {
    openapi: "3.1.0",
    info: { title: "a", version: "1" },
    paths: {},
    components: { schemas: { A: { properties: { b: { properties: { $ref: "#/components/schemas/A/properties" } } } } } },
  };
  const { document, problems } = await readFiles({ "spec.json": spec });
  expect(problems).toEqual(["reference-to-itself spec.json#/components/schemas/A/properties/b/properties"]);
  expect(document?.root.components?.schemas?.["A"]).toEqual({ properties: { b: { properties: { b: {} } } } });
});
