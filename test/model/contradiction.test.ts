import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import { buildModel } from "../../generator/model/build.ts";
import { contradictionOf, type Contradiction } from "../../generator/model/contradiction.ts";
import type { Json, Schema } from "../../generator/openapi/shapes.ts";
import { documentOf } from "../support/document.ts";

describe("contradictionOf", () => {
  test.each<[string, Schema, string]>([
    [
      "two types",
      { allOf: [{ type: "string" }, { type: "integer" }] },
      "must be a string by one schema and an integer by another",
    ],
    ["a constant of another type", { type: "object", enum: [null] }, "must be null by one schema and an object by the same"],
    ["two constants", { allOf: [{ const: 1 }, { const: 2 }] }, "must be 1 by one schema and 2 by another"],
    ["bounds", { type: "string", minLength: 5, maxLength: 3 }, "must have minLength 5 and maxLength 3, and no string has both"],
    [
      "no member",
      { anyOf: [{ type: "array" }, { type: "null" }], type: "string" },
      "must be a string by one schema and an array by another",
    ],
    [
      "members alike",
      { oneOf: [{ type: "string" }, { type: "string", description: "The same." }] },
      "must match exactly one member of oneOf, and whatever matches member 0 matches member 1 too",
    ],
  ])("explains %s", (_, schema, reason) => {
    expect(explained(schema)).toMatchObject({ pointer: "", reason });
    expect(refusedByAjv(schema)).toBe(true);
  });

  test("follows what is required, and tells both places", () => {
    const ok: Schema = { type: "object", required: ["success"], properties: { success: { type: "boolean", enum: [true] } } };
    const failure: Schema = {
      type: "object",
      required: ["success"],
      properties: { success: { type: "boolean", enum: [false] } },
    };
    expect(explained({ allOf: [ok, failure] })).toMatchObject({
      pointer: "/success",
      reason: "must be true by one schema and false by another",
      places: [
        { at: "a.yaml#/allOf/0/properties/success/enum", message: "it must be true here" },
        { at: "a.yaml#/allOf/1/properties/success/enum", message: "it must be false here" },
      ],
    });
    expect(explained({ type: "array", minItems: 1, items: false })).toMatchObject({ pointer: "/0", kind: "forbidden" });
  });

  test("says nothing of what some value meets", () => {
    const possible: readonly Schema[] = [
      { allOf: [{ type: "number" }, { type: "integer" }] },
      // Without `type` a text meets it.
      { required: ["a"], properties: { a: false } },
      { type: "object", properties: { a: false } },
      { type: ["object", "null"], required: ["a"], properties: { a: false } },
      { type: "array", items: false },
      { anyOf: [{ type: "string", enum: [1] }, { type: "string" }] },
      { oneOf: [{ type: "string" }, { type: "string", maxLength: 3 }] },
      {
        oneOf: [
          { type: "object", required: ["a"] },
          { type: "object", required: ["b"] },
        ],
      },
    ];
    for (const schema of possible) expect(explained(schema), JSON.stringify(schema)).toBeUndefined();
  });

  test("does not count what the side leaves out, nor, when asked by type, what goes against the types", () => {
    const schema: Schema = {
      type: "object",
      required: ["id"],
      properties: { id: { type: "string", enum: [1], readOnly: true } },
    };
    expect(explained(schema)).toMatchObject({ pointer: "/id" });
    expect(contradictionOf(empty, { schema, at: "a.yaml#" }, "request")).toBeUndefined();
    const before = { type: "object", properties: { before: { type: "string" } } } as const;
    const after = { type: "object", properties: { after: { type: "string" } } } as const;
    // By JSON Schema, `{ "before": 1 }` matches the second alone.
    expect(explained({ oneOf: [before, after] })).toBeUndefined();
    expect(contradictionOf(empty, { schema: { oneOf: [before, after] }, at: "a.yaml#" }, "response", true)).toMatchObject({
      kind: "alike by type",
    });
    const index = { type: "object", properties: { index: { type: "integer" } } } as const;
    expect(contradictionOf(empty, { schema: { oneOf: [index, after] }, at: "a.yaml#" }, "response", true)).toBeUndefined();
  });

  test("ends where schemas hold themselves", () => {
    const node: Schema = { type: "object", required: ["next"], properties: { next: { $ref: "#/components/schemas/Node" } } };
    const model = buildModel(documentOf({ paths: {}, components: { schemas: { Node: node } } }), new Diagnostics());
    expect(contradictionOf(model, { schema: node, at: "a.yaml#" }, "response")).toBeUndefined();
  });
});

const empty = buildModel(documentOf({ paths: {} }), new Diagnostics());

function explained(schema: Schema): Contradiction | undefined {
  return contradictionOf(empty, { schema, at: "a.yaml#" }, "response");
}

function refusedByAjv(schema: Schema): boolean {
  const validate = new Ajv2020({ strict: false, logger: false }).compile(schema as object);
  const values: readonly Json[] = [null, true, 0, 1, 2, 1.5, "", "abc", "abcdef", [], [1], {}, { a: 1 }];
  return values.every((value) => validate(value) !== true);
}
