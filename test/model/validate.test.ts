import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { validate } from "../../generator/model/validate.ts";
import { isMultiple } from "../../generator/model/validate/multiple.ts";
import type { NamedSchema } from "../../generator/model/api-model.ts";
import type { Schema } from "../../generator/openapi/shapes.ts";

function modelOf(schemas: Readonly<Record<string, Schema>> = {}): {
  readonly schemaByReference: ReadonlyMap<string, NamedSchema>;
} {
  const named = Object.entries(schemas).map(([key, schema]): NamedSchema => ({
    key,
    reference: `#/components/schemas/${key}`,
    name: key,
    factoryName: key.toLowerCase(),
    schema,
    at: "inline.json#",
  }));
  return { schemaByReference: new Map(named.map((one) => [one.reference, one])) };
}

const empty = modelOf();

describe("validate", () => {
  test("tells the place, the keyword and what the value must be", () => {
    const schema: Schema = {
      type: "object",
      properties: {
        id: { type: "integer", minimum: 1 },
        tags: { type: "array", items: { type: "string", maxLength: 3 }, uniqueItems: true },
        "a/b": { format: "date" },
      },
      required: ["id", "name"],
      additionalProperties: false,
    };
    expect(validate(empty, schema, { id: 0, tags: ["abcd", "x", "x"], "a/b": "today", more: 1 })).toEqual([
      { pointer: "/name", keyword: "required", message: "is required" },
      { pointer: "/id", keyword: "minimum", message: "must be at least 1" },
      { pointer: "/tags", keyword: "uniqueItems", message: "must not repeat an item: 1 and 2 are equal" },
      { pointer: "/tags/0", keyword: "maxLength", message: "must have at most 3 characters" },
      { pointer: "/a~1b", keyword: "format", message: "must be a valid date" },
      { pointer: "/more", keyword: "additionalProperties", message: "must not be present" },
    ]);
  });

  test("counts string lengths in code points", () => {
    expect(validate(empty, { maxLength: 2 }, "💡💡")).toEqual([]);
  });

  test("takes decimals exactly for multipleOf", () => {
    expect(validate(empty, { multipleOf: 0.01 }, 19.99)).toEqual([]);
    expect(validate(empty, { multipleOf: 0.01 }, 19.999)).toHaveLength(1);
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }), (digits, places) => {
        expect(isMultiple(Number(`${digits}e-${places}`), Number(`1e-${places}`))).toBe(true);
      }),
    );
  });

  test("does not throw on a pattern that is no regular expression, and reads one that only fits without the flag u", () => {
    expect(validate(empty, { pattern: "(" }, "x")).toEqual([]);
    expect(validate(empty, { pattern: "^a\\-b$" }, "a-b")).toEqual([]);
    expect(validate(empty, { pattern: "^a\\-b$" }, "ab")).toHaveLength(1);
  });

  test("takes a Blob, and nothing else, where bytes are meant", () => {
    expect(validate(empty, { type: "string", format: "binary" }, new Blob(["x"]))).toEqual([]);
    expect(validate(empty, { type: "string", format: "binary" }, "x")).toHaveLength(1);
  });

  test("does not require what is absent on a side, even behind a reference or in another member of allOf", () => {
    const model = modelOf({ Id: { type: "integer", readOnly: true } });
    const schema: Schema = {
      allOf: [
        { required: ["id", "secret"] },
        { properties: { id: { $ref: "#/components/schemas/Id" }, secret: { writeOnly: true } } },
      ],
    };
    const missing = (direction?: "request" | "response"): string[] =>
      validate(model, schema, {}, direction === undefined ? {} : { direction }).map((one) => one.pointer);
    expect(missing()).toEqual(["/id", "/secret"]);
    expect(missing("request")).toEqual(["/secret"]);
    expect(missing("response")).toEqual(["/id"]);
    expect(validate(model, schema, { id: "7", secret: 1 }, { direction: "request" })).toHaveLength(1);
  });

  test("ends on references that lead back to themselves", () => {
    const model = modelOf({
      A: { $ref: "#/components/schemas/B" },
      B: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "string" }] },
    });
    expect(validate(model, { $ref: "#/components/schemas/A" }, "x")).toEqual([]);
    expect(validate(model, { $ref: "#/components/schemas/A" }, 1)).toHaveLength(1);
  });

  test("reports the member that the discriminator picks", () => {
    const model = modelOf({
      Cat: { type: "object", properties: { kind: { type: "string" }, lives: { type: "integer" } }, required: ["kind", "lives"] },
      Dog: {
        type: "object",
        properties: { kind: { type: "string" }, bark: { type: "boolean" }, a: {}, b: {} },
        required: ["kind", "bark", "a", "b"],
      },
    });
    const members: Schema[] = [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }];
    const schema: Schema = {
      oneOf: members,
      discriminator: { propertyName: "kind", mapping: { dog: "#/components/schemas/Dog" } },
    };
    expect(validate(model, schema, { kind: "dog" }).map((one) => one.pointer)).toEqual(["/bark", "/a", "/b"]);
    expect(validate(model, schema, { kind: "Cat" }).map((one) => one.pointer)).toEqual(["/lives"]);
    expect(validate(model, { oneOf: members }, { kind: "dog" }).map((one) => one.pointer)).toEqual(["/lives"]);
  });

  test("takes the member that the discriminator picks where several match, and only then", () => {
    const open: Schema = { type: "object", properties: { kind: { type: "string" } } };
    const model = modelOf({ Cat: { ...open, required: ["lives"] }, Dog: open, Bird: open });
    const members: Schema[] = [
      { $ref: "#/components/schemas/Cat" },
      { $ref: "#/components/schemas/Dog" },
      { $ref: "#/components/schemas/Bird" },
    ];
    const schema: Schema = {
      oneOf: members,
      discriminator: { propertyName: "kind", mapping: { dog: "#/components/schemas/Dog" } },
    };
    const several = [{ pointer: "", keyword: "oneOf", message: "must match exactly one member, but matches 1 and 2" }];
    expect(validate(model, schema, { kind: "dog" })).toEqual([]);
    expect(validate(model, schema, { kind: "Bird" })).toEqual([]);
    expect(validate(model, schema, { kind: "fish" })).toEqual(several);
    expect(validate(model, schema, {})).toEqual(several);
    expect(validate(model, schema, { kind: "Cat" })).toEqual(several);
    expect(validate(model, { oneOf: members }, { kind: "dog" })).toEqual(several);
  });

  test("reports the closest member of a union that fails, or what all of them are when none is close", () => {
    const schema: Schema = { anyOf: [{ type: "null" }, { type: "object", properties: { a: { type: "string" } } }] };
    expect(validate(empty, schema, { a: 1 })).toEqual([{ pointer: "/a", keyword: "type", message: "must be string" }]);
    expect(validate(empty, schema, 1)).toEqual([{ pointer: "", keyword: "anyOf", message: "must be null or object" }]);
  });

  test("agrees with Ajv on every keyword", () => {
    const ajv = new Ajv2020({ strict: false, logger: false });
    fc.assert(
      fc.property(schemas, fc.array(values, { minLength: 3, maxLength: 6 }), (schema, instances) => {
        const compiled = ajv.compile(schema);
        for (const instance of instances) {
          expect(validate(empty, schema, instance).length === 0, JSON.stringify({ schema, instance })).toBe(compiled(instance));
        }
      }),
      { numRuns: 300 },
    );
  });
});

const names = fc.constantFrom("a", "b", "ab", "c");
const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false, 0, 1, 2, 1.5, -3, "", "a", "ab", "💡", "abc"),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(names, tie("any"), { noNullPrototype: true }),
  ),
})).any;

const small = fc.integer({ min: 0, max: 3 });

// Left out are the places where Ajv departs from the specification: it takes an empty array for `contains` beside `prefixItems`, and
// for `unevaluated…` it counts what `contains`, an `if` that fails and a branch not taken would have evaluated, and items and patterns that any branch would; and it throws for patterns beside `oneOf`.
const inner: fc.Arbitrary<Schema> = fc.letrec<{ schema: Schema }>((tie) => {
  const schema = tie("schema");
  const many = fc.array(schema, { minLength: 1, maxLength: 2 });
  const record = fc.dictionary(names, schema, { noNullPrototype: true, maxKeys: 2 });
  return {
    schema: fc.oneof(
      { maxDepth: 2, depthSize: "small" },
      fc.constantFrom<Schema>(
        { type: "string" },
        { type: ["integer", "null"] },
        { type: "object" },
        { type: "array" },
        { const: 1 },
        { enum: ["a", { a: 1 }, null] },
        {},
        { not: {} },
      ),
      fc.boolean(),
      fc.record(
        {
          type: fc.constantFrom("object", "array", "string", "number"),
          minLength: small,
          maxLength: small,
          minimum: small,
          maximum: small,
          exclusiveMinimum: small,
          exclusiveMaximum: small,
          multipleOf: fc.constantFrom(0.5, 2),
          pattern: fc.constantFrom("^a", "b$", "."),
        },
        { requiredKeys: [] },
      ),
      fc.record(
        { items: schema, prefixItems: many, minItems: small, maxItems: small, uniqueItems: fc.boolean() },
        { requiredKeys: [] },
      ),
      fc.record(
        {
          contains: schema.map((one) => (typeof one === "object" ? one : one ? {} : { not: {} })),
          minContains: small,
          maxContains: small,
        },
        { requiredKeys: ["contains"] },
      ),
      fc.record(
        {
          properties: record,
          patternProperties: fc.dictionary(fc.constantFrom("^a", "b"), schema, { noNullPrototype: true, maxKeys: 1 }),
          additionalProperties: schema,
          propertyNames: schema,
          required: fc.uniqueArray(names, { maxLength: 2 }),
          minProperties: small,
          maxProperties: small,
          dependentRequired: fc.dictionary(names, fc.uniqueArray(names, { maxLength: 2 }), { noNullPrototype: true }),
          dependentSchemas: record,
        },
        { requiredKeys: [] },
      ),
      fc.record({ allOf: many, anyOf: many, oneOf: many, not: schema, properties: record }, { requiredKeys: [] }),
      fc.record({ if: schema, then: schema, else: schema }, { requiredKeys: [] }),
    ),
  };
}).schema;

const plain: fc.Arbitrary<Schema> = fc.oneof(
  fc.record({ properties: fc.dictionary(names, fc.constant<Schema>({ type: "string" }), { noNullPrototype: true, maxKeys: 2 }) }),
  fc.record({ required: fc.uniqueArray(names, { maxLength: 1 }) }),
);
const members = fc.array(plain, { minLength: 1, maxLength: 2 });
const unevaluated: fc.Arbitrary<Schema> = fc.record(
  {
    allOf: members,
    anyOf: members,
    oneOf: members,
    not: plain,
    properties: fc.constant({ c: {} }),
    prefixItems: fc.constantFrom<Schema[]>([{}], [{ type: "string" }, {}]),
    unevaluatedProperties: fc.oneof(fc.constant(false), plain),
    unevaluatedItems: fc.oneof(fc.constant(false), plain),
  },
  { requiredKeys: ["unevaluatedProperties", "unevaluatedItems"] },
);

const schemas = fc.oneof({ weight: 4, arbitrary: inner }, { weight: 1, arbitrary: unevaluated });
