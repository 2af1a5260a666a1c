import { describe, expect, it, test } from "vitest";
import type { NamedSchema } from "../../generator/model/api-model.ts";
import { shapeOf } from "../../generator/model/shape.ts";
import type { Schema } from "../../generator/openapi/shapes.ts";

function shape(schema: Schema, named: Record<string, Schema> = {}): unknown {
  const entries = Object.entries(named).map(([key, target]): [string, NamedSchema] => {
    const reference = `#/components/schemas/${key}`;
    return [reference, { key, reference, name: key, factoryName: key, schema: target, at: "test#" }];
  });
  return shapeOf({ schemaByReference: new Map(entries) }, schema);
}

describe("the shape of a schema", () => {
  it.each<[string, Schema, unknown]>([
    ["a type", { type: "integer" }, "integer"],
    ["nothing", {}, "any"],
    ["true", true, "any"],
    [
      "types, in the order in which they are tried",
      { type: ["string", "null", "integer"] },
      { union: ["null", "integer", "string"] },
    ],
    ["an integer beside a number", { type: ["integer", "number"] }, "number"],
    ["the values of an enum", { enum: ["a", 1, null] }, { union: ["null", "integer", "string"] }],
    ["a constant", { const: 1.5 }, "number"],
    ["keywords of one type", { minLength: 1 }, "string"],
    ["an array", { type: "array", items: { type: "number" } }, { array: "number" }],
    ["a tuple", { prefixItems: [{ type: "number" }], items: { type: "string" } }, { array: "string", prefix: ["number"] }],
    ["an open object", { type: "object", properties: { a: { type: "boolean" } } }, { object: { a: "boolean" }, rest: "any" }],
    ["a closed object", { properties: { a: { type: "boolean" } }, additionalProperties: false }, { object: { a: "boolean" } }],
    ["a map", { type: "object", additionalProperties: { type: "integer" } }, { object: {}, rest: "integer" }],
    ["a union", { anyOf: [{ type: "string" }, { type: "integer" }] }, { union: ["integer", "string"] }],
    ["a union with an open member", { anyOf: [{ type: "string" }, {}] }, "any"],
    ["a union beside a type", { type: "string", oneOf: [{ minLength: 1 }, { maxLength: 2 }] }, "string"],
    ["what all members of allOf allow", { allOf: [{ type: ["integer", "null"] }, { type: ["number", "string"] }] }, "integer"],
    [
      "a union of objects, as one",
      {
        oneOf: [
          { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
          { type: "object", properties: { a: { type: "integer" } }, additionalProperties: false },
        ],
      },
      { object: { a: { union: ["integer", "string"] } } },
    ],
    [
      "composed objects",
      { type: "object", properties: { a: { type: "string" } }, allOf: [{ properties: { b: { type: "integer" } } }] },
      { object: { a: "string", b: "integer" }, rest: "any" },
    ],
    ["bytes", { type: "string", format: "binary" }, "any"],
    [
      "a property named __proto__",
      { type: "object", properties: { ["__proto__"]: { type: "integer" } }, additionalProperties: false },
      { object: { ["__proto__"]: "integer" } },
    ],
  ])("follows %s", (_, schema, expected) => expect(shape(schema)).toEqual(expected));
});

test("a reference has the shape of its target, narrowed by what stands beside it", () => {
  expect(shape({ $ref: "#/components/schemas/Id", type: "integer" }, { Id: { type: ["integer", "string"] } })).toBe("integer");
});

test("a schema that contains itself is any where it does", () => {
  const tree: Schema = {
    type: "object",
    properties: { child: { $ref: "#/components/schemas/Tree" }, size: { type: "integer" } },
  };
  expect(shape({ $ref: "#/components/schemas/Tree" }, { Tree: tree })).toEqual({
    object: { child: "any", size: "integer" },
    rest: "any",
  });
});
