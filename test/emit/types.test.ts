import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { typesText } from "../../generator/emit/types.ts";
import type { Schema } from "../../generator/openapi/shapes.ts";
import { modelOf } from "../support/model.ts";

describe("the type of a schema", () => {
  it.each<[string, Schema, string]>([
    ["a string", { type: "string" }, "export type Subject = string;"],
    ["an integer", { type: "integer" }, "export type Subject = number;"],
    ["anything", true, "export type Subject = unknown;"],
    ["nothing", false, "export type Subject = never;"],
    ["no keyword", {}, "export type Subject = unknown;"],
    ["null", { type: "null" }, "export type Subject = null;"],
    ["a nullable string", { type: ["null", "string"] }, "export type Subject = string | null;"],
    ["several types", { type: ["integer", "number", "boolean"] }, "export type Subject = number | boolean;"],
    ["an enum", { enum: ["a", 1, null, true] }, 'export type Subject = "a" | 1 | true | null;'],
    ["an enum that the type narrows", { type: "string", enum: ["a", null] }, 'export type Subject = "a";'],
    ["an enum that the type contradicts", { type: "string", enum: [1, 2] }, "export type Subject = 1 | 2;"],
    [
      "an enum of objects",
      { enum: [{ a: 1 }, [1, "b"], {}, []] },
      'export type Subject = { a: 1 } | [1, "b"] | Record<string, never> | [];',
    ],
    ["a constant null", { const: null }, "export type Subject = null;"],
    ["a text with quotes", { const: 'say "hi"' }, "export type Subject = 'say \"hi\"';"],
    ["an array", { type: "array", items: { type: "string" } }, "export type Subject = string[];"],
    ["an array of a union", { type: "array", items: { type: ["string", "null"] } }, "export type Subject = (string | null)[];"],
    ["an array of anything", { type: "array" }, "export type Subject = unknown[];"],
    ["items without a type", { items: { type: "string" } }, "export type Subject = string[];"],
    ["an empty array", { type: "array", items: false }, "export type Subject = [];"],
    [
      "a tuple with a rest",
      { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: { type: "boolean" } },
      "export type Subject = [string, number, ...boolean[]];",
    ],
    ["a closed tuple", { type: "array", prefixItems: [{ type: "string" }], items: false }, "export type Subject = [string];"],
    [
      "a tuple whose end is optional",
      { type: "array", prefixItems: [{ type: "string" }, { type: ["number", "null"] }], minItems: 1, maxItems: 2 },
      "export type Subject = [string, (number | null)?];",
    ],
    [
      "a fixed number of items",
      { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 },
      "export type Subject = [number, number];",
    ],
    [
      "bounded items",
      { type: "array", items: { type: "number" }, minItems: 1 },
      "/** Items: at least 1. */\nexport type Subject = number[];",
    ],
    ["any object", { type: "object" }, "export type Subject = { [key: string]: unknown };"],
    ["an empty object", { type: "object", additionalProperties: false }, "export type Subject = Record<string, never>;"],
    ["a map", { type: "object", additionalProperties: { type: "number" } }, "export type Subject = { [key: string]: number };"],
    [
      "a map with named members",
      { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: { type: "number" } },
      "export interface Subject {\n  a: string;\n  [key: string]: number | string;\n}",
    ],
    [
      "a map with optional members",
      { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "number" } },
      "export interface Subject {\n  a?: string;\n  [key: string]: number | string | undefined;\n}",
    ],
    [
      "an object that says that it is open",
      { type: "object", properties: { a: { type: "string" } }, additionalProperties: true },
      "export interface Subject {\n  a?: string;\n  [key: string]: unknown;\n}",
    ],
    [
      "a closed object",
      { type: "object", properties: { a: { type: "string" } }, additionalProperties: false },
      "export interface Subject {\n  a?: string;\n}",
    ],
    [
      "patterns of names",
      { type: "object", patternProperties: { "^x-": { type: "string" } }, additionalProperties: false },
      "export type Subject = { [key: `x-${string}`]: string };",
    ],
    [
      "patterns of names beside properties",
      {
        type: "object",
        properties: { id: { type: "integer" }, "x-a": { enum: ["b"] } },
        required: ["id"],
        patternProperties: { "^x-": { type: "string" }, _at$: { type: "number" }, ["^exact$"]: { type: "boolean" } },
      },
      'export interface Subject {\n  id: number;\n  "x-a"?: "b";\n  exact?: boolean;\n  [key: `x-${string}`]: string | undefined;\n  [key: `${string}_at`]: number;\n}',
    ],
    [
      "a pattern of names that TypeScript cannot say",
      { type: "object", patternProperties: { "^[a-z]+$": { type: "string" } }, additionalProperties: false },
      "export type Subject = { [key: string]: string };",
    ],
    ["no names", { type: "object", propertyNames: false }, "export type Subject = Record<string, never>;"],
    [
      "a closed set of names",
      { type: "object", propertyNames: { enum: ["a", "b"] }, required: ["a"], additionalProperties: { type: "number" } },
      "export interface Subject {\n  a: number;\n  b?: number;\n}",
    ],
    [
      "names that need quotes",
      {
        type: "object",
        properties: {
          "a-b": { type: "string" },
          constructor: { type: "string" as const },
          "1": { type: "string" },
          ["__proto__"]: { type: "string" as const },
        },
      },
      'export interface Subject {\n  "1"?: string;\n  "a-b"?: string;\n  constructor?: string;\n  __proto__?: string;\n}',
    ],
    ["a property that must not be", { type: "object", properties: { a: false } }, "export interface Subject {\n  a?: never;\n}"],
    ["a name that is only required", { type: "object", required: ["a"] }, "export interface Subject {\n  a: unknown;\n}"],
    [
      "merged literals",
      {
        allOf: [
          { type: "object", properties: { a: { type: "string" } } },
          { type: "object", properties: { b: { type: "number" } }, required: ["b"] },
        ],
      },
      "export interface Subject {\n  a?: string;\n  b: number;\n}",
    ],
    [
      "a composition of a name and more",
      { allOf: [{ $ref: "#/components/schemas/Cat" }, { type: "object", properties: { b: { type: "number" } } }] },
      "export type Subject = Cat & { b?: number };",
    ],
    [
      "a composition with an object beside it",
      { type: "object", allOf: [{ $ref: "#/components/schemas/Cat" }] },
      "export type Subject = Cat;",
    ],
    [
      "required beside a composition",
      { allOf: [{ $ref: "#/components/schemas/Cat" }], required: ["name", "kind"] },
      "export type Subject = Cat & { name: string };",
    ],
    [
      "keywords beside a reference",
      { $ref: "#/components/schemas/Cat", properties: { b: { type: "number" } } },
      "export type Subject = Cat & { b?: number };",
    ],
    [
      "words beside a reference",
      { $ref: "#/components/schemas/Cat", description: "Mine." },
      "/** Mine. */\nexport type Subject = Cat;",
    ],
    [
      "alternatives",
      { oneOf: [{ $ref: "#/components/schemas/Cat" }, { type: "string" }, { type: "null" }, { type: "string" }] },
      "export type Subject = Cat | string | null;",
    ],
    [
      "alternatives beside properties",
      {
        type: "object",
        properties: { a: { type: "string" } },
        anyOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      },
      "export type Subject = { a?: string } & (Cat | Dog);",
    ],
    [
      "alternatives that ask for properties",
      {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "number" } },
        oneOf: [{ required: ["a"] }, { required: ["b"] }],
      },
      "export type Subject = { a?: string; b?: number } & ({ a: string; b?: never } | { b: number; a?: never });",
    ],
    [
      "alternatives that ask for several properties",
      { type: "object", properties: { a: true }, oneOf: [{ required: ["a"] }, { required: ["b", "c"] }] },
      "export type Subject = { a?: unknown } & ({ a: unknown } | { b: unknown; c: unknown; a?: never });",
    ],
    [
      "a property that asks for another",
      {
        type: "object",
        properties: { card: { type: "string" }, address: { type: "string" } },
        dependentRequired: { card: ["address"] },
      },
      "export type Subject = { card?: string; address?: string } & (\n  { card: string; address: string } | { card?: never }\n);",
    ],
    [
      "a property that asks for a schema",
      {
        type: "object",
        properties: { zip: { type: "string" } },
        dependentSchemas: { zip: { properties: { country: { const: "US" } }, required: ["country"] } },
      },
      'export type Subject = { zip?: string } & ({ zip: string; country: "US" } | { zip?: never });',
    ],
    [
      "properties that exclude one another",
      { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, not: { required: ["a", "b"] } },
      "export type Subject = { a?: string; b?: string } & ({ a?: never } | { b?: never });",
    ],
    [
      "a forbidden property",
      { type: "object", properties: { a: { type: "string" } }, not: { required: ["b"] } },
      "export interface Subject {\n  a?: string;\n  b?: never;\n}",
    ],
    [
      "a condition on one of some values",
      {
        type: "object",
        required: ["kind"],
        properties: { kind: { enum: ["card", "cash"] }, number: { type: "string" } },
        if: { properties: { kind: { const: "card" } } },
        then: { required: ["number"] },
      },
      'export type Subject = { kind: "card" | "cash"; number?: string } & (\n  { kind?: "card"; number: string } | { kind: "cash" }\n);',
    ],
    [
      "a condition that TypeScript cannot say",
      {
        type: "object",
        properties: { a: { type: "string" } },
        if: { properties: { a: { const: "b" } } },
        then: { required: ["c"] },
      },
      "export interface Subject {\n  a?: string;\n}",
    ],
    ["what nothing can be", { not: {} }, "export type Subject = never;"],
    ["kinds that exclude one another", { allOf: [{ type: "string" }, { type: "number" }] }, "export type Subject = never;"],
    [
      "nullable objects that are merged",
      {
        allOf: [
          { type: ["object", "null"], properties: { a: { type: "string" } } },
          { type: ["object", "null"], properties: { b: { type: "string" } } },
        ],
      },
      "export type Subject = { a?: string; b?: string } | null;",
    ],
    [
      "lists that are merged",
      { allOf: [{ type: "array", items: { type: "string" } }, { type: "array" }] },
      "export type Subject = string[];",
    ],
    ["a number too large for a literal", { enum: [Infinity] }, "export type Subject = number;"],
    ["a number beyond what a double holds", { const: 12345678901234567890 }, "export type Subject = 12345678901234567000;"],
    [
      "alternatives of one type",
      { type: "string", anyOf: [{ enum: ["a"] }, { enum: ["b"] }] },
      'export type Subject = "a" | "b";',
    ],
    [
      "a discriminator",
      {
        oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
        discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" } },
      },
      'export type Subject = ({ kind: "cat" } & Cat) | Dog;',
    ],
    ["booleans among schemas", { allOf: [true, { type: "string" }] }, "export type Subject = string;"],
    ["a contradiction", { allOf: [false, { type: "string" }] }, "export type Subject = never;"],
    [
      "what a type cannot say",
      { type: "string", not: { const: "a" }, if: { minLength: 1 }, then: { maxLength: 2 } },
      "export type Subject = string;",
    ],
    [
      "itself in an array",
      { type: "array", items: { $ref: "#/components/schemas/Subject" } },
      "export type Subject = Subject[];",
    ],
    [
      "properties, to the letter of JSON Schema",
      { $schema, properties: { a: { type: "string" }, b: { minItems: 1 } } },
      "export type Subject =\n  | string\n  | number\n  | boolean\n  | unknown[]\n  | {\n      a?: string;\n      /** Items: at least 1. */\n      b?: string | number | boolean | [unknown, ...unknown[]] | { [key: string]: unknown } | null;\n      [key: string]: unknown;\n    }\n  | null;",
    ],
    [
      "a tuple, to the letter of JSON Schema",
      { $schema, type: "array", prefixItems: [{ type: "string" }, { type: "number" }], minItems: 1, unevaluatedItems: false },
      "export type Subject = [string, number?];",
    ],
    [
      "bounded items, to the letter of JSON Schema",
      { $schema, type: "array", items: { type: "string" }, minItems: 1, maxItems: 3 },
      "/** Items: 1 to 3. */\nexport type Subject = [string, string?, string?];",
    ],
    [
      "alternatives, to the letter of JSON Schema",
      { $schema, type: "object", oneOf: [{ required: ["a"] }, { properties: { b: { type: "string" } }, required: ["b"] }] },
      "export type Subject =\n  | ({ a: unknown } & (\n      | {\n          b: number | boolean | unknown[] | { [key: string]: unknown } | null;\n        }\n      | { b?: never; [key: string]: unknown }\n    ))\n  | { b: string; a?: never; [key: string]: unknown };",
    ],
    [
      "what is not, to the letter of JSON Schema",
      { $schema, not: { type: ["object", "array"] } },
      "export type Subject = string | number | boolean | null;",
    ],
    [
      "an OpenAPI dialect that is named",
      { $schema: "https://spec.openapis.org/oas/3.1/dialect/base", properties: { a: { type: "string" } } },
      "export interface Subject {\n  a?: string;\n}",
    ],
    ["itself", { anyOf: [{ $ref: "#/components/schemas/Subject" }, { type: "string" }] }, "export type Subject = string;"],
    ["an alias of itself", { $ref: "#/components/schemas/Subject" }, "export type Subject = unknown;"],
  ])("of %s", async (_, schema, expected) => {
    const text = declarationsOf({ Subject: schema, Cat: cat, Dog: dog }).get("Subject") ?? "";
    expect(text).toBe(`${expected}\n`);
    expect(await format(text, { parser: "typescript", printWidth: 110 })).toBe(text);
  });

  it("differs by direction, at every depth", () => {
    const declarations = declarationsOf({
      Inner: {
        type: "object",
        required: ["id", "secret"],
        properties: { id: { type: "integer", readOnly: true }, secret: { type: "string", writeOnly: true } },
      },
      Outer: {
        type: "object",
        properties: {
          inner: { $ref: "#/components/schemas/Inner" },
          list: { type: "array", items: { $ref: "#/components/schemas/Inner" } },
        },
      },
      Asked: { allOf: [{ $ref: "#/components/schemas/Inner" }], required: ["id"] },
    });
    expect([...declarations.values()].join("\n")).toMatchInlineSnapshot(`
      "export interface Inner {
        id: number;
      }

      export interface Outer {
        inner?: Inner;
        list?: Inner[];
      }

      export type Asked = Inner;
      "
    `);
  });

  it("closes circles of aliases", () => {
    const declarations = declarationsOf({
      A: { anyOf: [{ $ref: "#/components/schemas/B" }, { type: "string" }] },
      B: { anyOf: [{ type: "number" }, { $ref: "#/components/schemas/A" }] },
      Tree: {
        anyOf: [
          { type: "string" },
          { type: "array", items: { $ref: "#/components/schemas/Tree" } },
          { type: "object", additionalProperties: { $ref: "#/components/schemas/Tree" } },
        ],
      },
    });
    expect([...declarations.values()].join("\n")).toMatchInlineSnapshot(`
      "export type A = number | string;

      export type B = number | string;

      export type Tree = string | Tree[] | { [key: string]: Tree };
      "
    `);
  });

  it("says in a comment what TypeScript cannot", () => {
    const declarations = declarationsOf({
      Documented: {
        title: "Unused beside a description",
        description: "A thing.\n\nWith two paragraphs.",
        type: "object",
        properties: {
          id: { type: "string", format: "uuid", description: "Its id.", deprecated: true },
          size: { type: "integer", format: "int64", minimum: 0, maximum: 100, multipleOf: 5, default: 10, examples: [20] },
          code: { type: "string", pattern: "^[a-z]*/x$", minLength: 3, maxLength: 3, title: "Code" },
          list: {
            type: "array",
            items: { type: "string" },
            uniqueItems: true,
            maxItems: 9,
            externalDocs: { url: "https://example.com/list", description: "Lists" },
          },
          owner: {
            type: "object",
            properties: { name: { type: "string", description: "Who." }, age: { type: "number", exclusiveMinimum: 0 } },
          },
        },
      },
    });
    expect(declarations.get("Documented")).toMatchInlineSnapshot(`
      "/**
       * A thing.
       *
       * With two paragraphs.
       */
      export interface Documented {
        /**
         * Its id.
         *
         * Format: \`uuid\`.
         *
         * @deprecated
         */
        id?: string;
        /**
         * Format: \`int64\`. Minimum: 0. Maximum: 100. Multiple of: 5.
         * @default 10
         * @example 20
         */
        size?: number;
        /**
         * Code
         *
         * Pattern: \`^[a-z]*\\/x$\`. Length: 3.
         */
        code?: string;
        /**
         * Items: at most 9. Unique items.
         * @see https://example.com/list Lists
         */
        list?: string[];
        owner?: {
          /** Who. */
          name?: string;
          /** Greater than: 0. */
          age?: number;
        };
      }
      "
    `);
  });
});

const $schema = "https://json-schema.org/draft/2020-12/schema";
const cat: Schema = { type: "object", required: ["kind"], properties: { kind: { type: "string" }, name: { type: "string" } } };
const dog: Schema = { type: "object", required: ["kind"], properties: { kind: { const: "dog" } } };

/** The declarations of schemas, by name, with their comments. */
function declarationsOf(schemas: Readonly<Record<string, Schema>>): Map<string, string> {
  const blocks = typesText(modelOf({ components: { schemas } }))
    .replace(/^[^]*?export type webhooks.*\n\n/, "")
    .split("\n\n");
  return new Map(
    blocks.flatMap((block) => {
      const name = /^export (?:interface|type) (\w+)/m.exec(block)?.[1];
      return name === undefined ? [] : [[name, block.endsWith("\n") ? block : `${block}\n`]];
    }),
  );
}
