import path from "node:path";
import { describe, expect, it } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import type { Document } from "../../generator/openapi/document.ts";
import { understand } from "../../generator/pipeline.ts";
import { readFiles } from "../support/read.ts";

async function read(spec: string): Promise<Document> {
  const { document } = await understand({ ...(await resolveConfig(".", { spec })), roots: [path.dirname(path.resolve(spec))] });
  if (document === undefined) throw new Error(`${spec} is no document.`);
  return document;
}

/** What a document means: what can be reached of its components is what counts, and schemas are named. */
function meaning({ root }: Document): object {
  const { components, ...rest } = root;
  return { ...rest, schemas: components?.schemas, securitySchemes: components?.securitySchemes };
}

async function again(document: Document): Promise<Document> {
  const reading = await readFiles({ "openapi.json": document.written() });
  expect(reading.problems.filter((problem) => /^(?:reference|file|schema-name)/.test(problem))).toEqual([]);
  if (reading.document === undefined) throw new Error("What is written is no document.");
  return reading.document;
}

describe("a document of many files, as one", () => {
  it.each(["spec/openapi.yaml", "test/cases/many-files/spec/openapi.yaml"])("means the same: %s", async (spec) => {
    const document = await read(spec);
    expect(JSON.stringify(document.written())).not.toMatch(/\.ya?ml/);
    expect(meaning(await again(document))).toEqual(meaning(document));
  });

  it("keeps its version, extensions and order, and has the names that the types have", async () => {
    const { document } = await readFiles({
      "api.json": {
        swagger: "2.0",
        info: { title: "Pets", version: "1", "x-logo": { $ref: "not a reference" } },
        paths: {
          "/pets": {
            get: {
              parameters: [{ $ref: "parts.json#/limit" }],
              responses: { 200: { description: "", schema: { $ref: "pet.json" } } },
            },
          },
        },
        definitions: { Animal: { $ref: "pet.json" } },
        "x-team": "pets",
      },
      "pet.json": {
        properties: { owner: { $ref: "parts.json#/Owner" }, parent: { $ref: "#" }, $ref: { type: "string" } },
        example: { $ref: "#/nothing" },
      },
      "parts.json": {
        limit: { name: "limit", in: "query", type: "integer" },
        Owner: { properties: { pets: { items: { $ref: "pet.json" } } } },
      },
    });
    expect(document?.written()).toEqual({
      swagger: "2.0",
      info: { title: "Pets", version: "1", "x-logo": { $ref: "not a reference" } },
      paths: {
        "/pets": {
          get: {
            parameters: [{ $ref: "#/parameters/limit" }],
            responses: { 200: { description: "", schema: { $ref: "#/definitions/Animal" } } },
          },
        },
      },
      definitions: {
        Animal: {
          properties: {
            owner: { $ref: "#/definitions/Owner" },
            parent: { $ref: "#/definitions/Animal" },
            $ref: { type: "string" },
          },
          example: { $ref: "#/nothing" },
        },
        Owner: { properties: { pets: { items: { $ref: "#/definitions/Animal" } } } },
      },
      parameters: { limit: { name: "limit", in: "query", type: "integer" } },
      "x-team": "pets",
    });
  });

  it("has path items, texts beside references, mappings and references back to the entry in place", async () => {
    const { document } = await readFiles({
      "api.json": {
        openapi: "3.1.0",
        info: { title: "Pets", version: "1" },
        paths: { "/pets/{id}": { $ref: "paths.json#/pet" } },
        components: {
          schemas: { Cat: { type: "object" }, Dog: { $ref: "#/components/schemas/Cat" } },
          parameters: { id: { name: "id", in: "path", required: true, schema: { type: "string" } } },
        },
      },
      "paths.json": {
        pet: {
          parameters: [{ $ref: "api.json#/components/parameters/id", description: "Whose." }],
          get: {
            responses: {
              200: {
                description: "",
                headers: { "X-Total": { $ref: "#/total" } },
                content: {
                  "application/json": {
                    schema: {
                      oneOf: [{ $ref: "api.json#/components/schemas/Cat" }, { $ref: "#/Bird" }],
                      discriminator: {
                        propertyName: "kind",
                        mapping: { cat: "api.json#/components/schemas/Cat", bird: "#/Bird", dog: "Dog" },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        total: { schema: { type: "integer" } },
        Bird: { $id: "https://api.example/bird", properties: { egg: { $ref: "#/Bird" } } },
      },
    });
    const item = {
      parameters: [{ $ref: "#/components/parameters/id", description: "Whose." }],
      get: {
        responses: {
          200: {
            description: "",
            headers: { "X-Total": { $ref: "#/components/headers/total" } },
            content: {
              "application/json": {
                schema: {
                  oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Bird" }],
                  discriminator: {
                    propertyName: "kind",
                    mapping: { cat: "#/components/schemas/Cat", bird: "#/components/schemas/Bird", dog: "Dog" },
                  },
                },
              },
            },
          },
        },
      },
    };
    expect(document?.written()).toMatchObject({
      paths: { "/pets/{id}": item },
      components: {
        schemas: { Bird: { properties: { egg: { $ref: "#/components/schemas/Bird" } } } },
        headers: { total: { schema: { type: "integer" } } },
      },
    });
  });

  it("has overlays in it", async () => {
    const { document } = await readFiles(
      {
        "api.json": { openapi: "3.0.3", info: { title: "Pets", version: "1" }, paths: {} },
        "overlay.json": {
          overlay: "1.0.0",
          info: { title: "More", version: "1" },
          actions: [{ target: "$.info", update: { description: "All of them." } }],
        },
      },
      { overlays: ["overlay.json"] },
    );
    expect(document?.written()).toEqual({
      openapi: "3.0.3",
      info: { title: "Pets", version: "1", description: "All of them." },
      paths: {},
    });
  });
});
