import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import { recipeOf, type Recipe } from "../../generator/model/recipe.ts";
import { rangeOf } from "../../generator/model/recipe/patterns.ts";
import { sample, type SampleValue } from "../../generator/model/sample.ts";
import type { Schema } from "../../generator/openapi/shapes.ts";
import { understand } from "../../generator/pipeline.ts";
import { Vary } from "../../generator/runtime/fixtures/vary.ts";
import { documentJudge } from "../../scripts/conformance/fixtures/document-judge.ts";
import { varied } from "../../generator/model/varied.ts";
import { judgeVariations } from "../../scripts/conformance/fixtures/variations.ts";

const empty = { schemaByReference: new Map() };

function recipe(schema: Schema, value: SampleValue, name = ""): Recipe {
  return recipeOf(empty, schema, value, { direction: "response", name });
}

/** The values of numbers and seeds. */
function variations(schema: Schema, name = ""): SampleValue[] {
  const made = sample(empty, schema, { direction: "response", name });
  if (!made.ok) throw new Error(made.reason);
  const places = [...[0, 1, 2, 3, 40, 5000].map((index) => new Vary(index)), ...["a", "b", "c"].map((seed) => new Vary(3, seed))];
  return places.map((vary) => varied(made.value, recipe(schema, made.value, name), vary));
}

describe("recipes", () => {
  test.each<[string, Schema]>([
    ["numbers between bounds", { type: "integer", minimum: 3, maximum: 9 }],
    ["numbers beyond exclusive bounds", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 2.5 }],
    ["multiples", { type: "integer", multipleOf: 7, minimum: 1, maximum: 50 }],
    ["small multiples", { type: "number", multipleOf: 0.25 }],
    ["bytes", { type: "integer", format: "uint8" }],
    ["short texts", { type: "string", maxLength: 3 }],
    ["texts with room", { type: "string", maxLength: 30, minLength: 4 }],
    ["patterns", { type: "string", pattern: "^cus_[A-Za-z0-9]{14}$" }],
    ["patterns with an end", { type: "string", pattern: "^[a-z]{3,5}-v1$" }],
    ["patterns that look ahead", { type: "string", pattern: "^(?=.*\\d)[a-z\\d]{8}$" }],
    ["patterns with two ways", { type: "string", pattern: "^(?:[0-9a-f]{6}|[A-Z]{3})$" }],
    ["patterns that refer back", { type: "string", pattern: "^(\\w)\\w\\1$" }],
    ["dates", { type: "string", format: "date" }],
    ["addresses of the web", { type: "string", format: "uri" }],
    ["addresses of people", { type: "string", format: "email" }],
    ["uuids", { type: "string", format: "uuid" }],
    ["formats that stay", { type: "string", format: "ipv4" }],
    ["constants", { enum: ["a", "b", 3, null] }],
    ["items that differ", { type: "array", items: { type: "integer", minimum: 0, maximum: 3 }, minItems: 4, uniqueItems: true }],
    ["what is contained", { type: "array", items: { type: "integer" }, contains: { minimum: 5 }, maxContains: 1, minItems: 2 }],
    [
      "members of which one alone matches",
      {
        oneOf: [
          { type: "integer", minimum: 10, maximum: 20 },
          { type: "integer", minimum: 21, maximum: 30 },
        ],
      },
    ],
    [
      "members that overlap",
      {
        oneOf: [
          { type: "integer", minimum: 3 },
          { type: "integer", multipleOf: 4 },
        ],
      },
    ],
    ["what must not be", { type: "string", minLength: 1, not: { pattern: "^b" } }],
    [
      "a condition that holds",
      {
        type: "object",
        properties: { n: { type: "integer", minimum: 0 }, s: { type: "string" } },
        required: ["n", "s"],
        if: { properties: { n: { maximum: 5 } } },
        then: { properties: { s: { maxLength: 5 } } },
        else: { properties: { s: { minLength: 9 } } },
      },
    ],
    ["all at once", { allOf: [{ type: "string", minLength: 2 }, { maxLength: 20 }, { pattern: "^[a-z]+$" }] }],
    ["objects as a whole", { enum: [{ id: 1 }, { id: 2 }] }],
    [
      "what has not been evaluated",
      { type: "object", properties: { a: { type: "string" } }, unevaluatedProperties: { maxLength: 5 }, required: ["a", "b"] },
    ],
  ])("keep %s valid", (_what, schema) => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(typeof schema === "object" ? schema : {});
    expect(variations(schema).filter((value) => !validate(value))).toEqual([]);
  });

  test.each<[string, Schema]>([
    ["id", { type: "string" }],
    ["id", { type: "integer" }],
    ["name", { type: "string" }],
    ["created_at", { type: "string", format: "date-time" }],
    ["email", { type: "string", format: "email" }],
    ["url", { type: "string", format: "uri" }],
    ["id", { type: "string", format: "uuid" }],
    ["number", { type: "string", pattern: "^INV-\\d{6}$" }],
  ])("make each %s of %o another one", (name, schema) => {
    const values = variations(schema, name).slice(0, 6);
    expect(new Set(values).size).toBe(values.length);
  });

  test("let dates go on, and keep their order", () => {
    const schema: Schema = {
      type: "object",
      properties: { created_at: { type: "string", format: "date-time" }, updated_at: { type: "string", format: "date-time" } },
    };
    const all = variations(schema) as { created_at: string; updated_at: string }[];
    expect(all.every((one) => one.created_at < one.updated_at)).toBe(true);
    expect(all.slice(0, 3).map((one) => one.created_at)).toEqual([
      "2026-01-31T09:30:00Z",
      "2026-02-01T09:30:00Z",
      "2026-02-02T09:30:00Z",
    ]);
  });

  test("find the part of a text that a pattern leaves free", () => {
    expect(rangeOf("^(0|[1-9][0-9]*)$", "1234567")).toEqual({ from: 1, to: 7 });
    expect(rangeOf("^[a-f0-9]{8}$", "0a1b2c3d")).toEqual({ from: 0, to: 8 });
    expect(rangeOf("^\\d{4}-(0[1-9]|1[0-2])$", "2026-01")).toEqual({ from: 0, to: 5 });
    expect(rangeOf("^(?!a)\\w+$", "bcd1")).toBeUndefined();
    expect(rangeOf("^x$", "x")).toBeUndefined();
  });
});

test("all variations of the values of this repository's document are valid by Ajv", async () => {
  const config = await resolveConfig(path.resolve("spec"), { spec: path.resolve("spec/openapi.yaml") });
  const { model } = await understand({ ...config, roots: [path.resolve("spec")] });
  if (model === undefined) throw new Error("The document cannot be read.");
  const judges = { request: documentJudge(model, "request"), response: documentJudge(model, "response") };
  const all = [...judgeVariations(model, judges)];
  expect(all.length).toBeGreaterThan(200);
  expect(all.filter((fault) => fault !== undefined)).toEqual([]);
});
