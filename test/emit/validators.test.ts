import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { validatorsEmitter } from "../../generator/emit/validators.ts";
import { validate } from "../../generator/model/validate.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import type { OpenApiObject, Schema } from "../../generator/openapi/shapes.ts";
import type { Problem, Validator } from "../../generator/runtime/validation/validator.ts";
import { contextOf, importPlans } from "../support/compiled.ts";
import { modelOf } from "../support/model.ts";

/** Compiles schemas, and tells what their validators find: the problems, or "valid". */
async function compile(
  schemas: Record<string, Schema>,
  paths: OpenApiObject["paths"] = {},
): Promise<{ model: ApiModel; find: (name: string, value: unknown) => "valid" | string[] }> {
  const model = modelOf({ paths, components: { schemas } });
  const exported = await importPlans(validatorsEmitter.emit(model, contextOf()), "validators.ts");
  return {
    model,
    find(name, value) {
      // The emitter exports a Validator for each schema.
      const check = exported[`validate${name}`] as Validator;
      const problems: Problem[] = [];
      const valid = check(value, problems, null);
      expect({ quick: check(value, null, null), problems: problems.length === 0 }).toEqual({ quick: valid, problems: valid });
      return valid ? "valid" : problems.map(({ pointer, keyword, message }) => `${pointer} ${keyword}: ${message}`);
    },
  };
}

describe("compiled validators", () => {
  it("name every fault with its place", async () => {
    const { find } = await compile({
      Pet: {
        type: "object",
        required: ["id", "name"],
        properties: {
          id: { type: "integer", format: "int32" },
          name: { type: "string", minLength: 2, pattern: "^[A-Z]" },
          tags: { type: "array", items: { $ref: "#/components/schemas/Tag" }, uniqueItems: true },
          born: { type: ["string", "null"], format: "date" },
        },
        additionalProperties: false,
      },
      Tag: { enum: ["good", "bad"] },
    });
    expect(find("Pet", { id: 1, name: "Rex", tags: ["good"], born: null })).toBe("valid");
    expect(find("Pet", { id: 1.5, name: "r", tags: ["good", "ugly", "good"], born: "2023-02-29", "a/b": 1 })).toEqual([
      "/id type: must be integer",
      "/name minLength: must have at least 2 characters",
      "/name pattern: must match /^[A-Z]/u",
      "/tags uniqueItems: must not have equal items",
      '/tags/1 enum: must be one of "good", "bad"',
      "/born format: must be a valid date",
      ' additionalProperties: must not have property "a/b"',
    ]);
    expect(find("Pet", {})).toEqual([' required: must have property "id"', ' required: must have property "name"']);
    expect(find("Pet", [])).toEqual([" type: must be object"]);
  });

  it("report the member of a union that the discriminator names, else the closest, else the union", async () => {
    const { find } = await compile({
      Pet: {
        oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
        discriminator: { propertyName: "kind", mapping: { hound: "#/components/schemas/Dog" } },
      },
      Cat: { type: "object", required: ["kind", "lives"], properties: { kind: { type: "string" }, lives: { type: "integer" } } },
      Dog: { type: "object", required: ["kind", "size"], properties: { kind: { type: "string" }, size: { type: "integer" } } },
      Loose: { anyOf: [{ type: "string" }, { type: "object", properties: { a: { type: "integer" } }, required: ["a"] }] },
      Message: {
        anyOf: [
          { type: "object", properties: { text: { type: "string" }, phase: { enum: ["first", "last"] } }, required: ["text"] },
          { type: "object", properties: { text: { type: "array" } }, required: ["text"] },
        ],
      },
      Tagged: {
        anyOf: [
          { type: "object", properties: { t: { const: "a" }, n: { type: "integer" } }, required: ["t", "n"] },
          { type: "object", properties: { t: { const: "b" } }, required: ["t"] },
        ],
      },
    });
    expect(find("Pet", { kind: "hound" })).toEqual([' required: must have property "size"']);
    expect(find("Pet", { kind: "Cat", lives: "nine" })).toEqual(["/lives type: must be integer"]);
    expect(find("Pet", { kind: "bird" })).toEqual([" oneOf: must match one of the allowed forms"]);
    expect(find("Loose", { a: "x" })).toEqual(["/a type: must be integer"]);
    expect(find("Loose", 1)).toEqual([" anyOf: must match one of the allowed forms"]);
    expect(find("Message", { text: "hi", phase: "none" })).toEqual(['/phase enum: must be one of "first", "last"']);
    expect(find("Message", { text: "hi", phase: 1 })).toEqual(['/phase enum: must be one of "first", "last"']);
    expect(find("Message", { text: ["hi"], phase: "none" })).toBe("valid");
    expect(find("Tagged", { t: "a" })).toEqual([' required: must have property "n"']);
  });

  it("take the member that the discriminator names where several fit", async () => {
    const { find } = await compile({
      Media: {
        oneOf: [{ $ref: "#/components/schemas/Photo" }, { $ref: "#/components/schemas/Video" }],
        discriminator: {
          propertyName: "kind",
          mapping: { photo: "#/components/schemas/Photo", Video: "#/components/schemas/Sound" },
        },
      },
      Photo: { type: "object", required: ["kind"], properties: { kind: { type: "string" }, width: { type: "integer" } } },
      Video: { type: "object", required: ["kind"], properties: { kind: { type: "string" }, seconds: { type: "integer" } } },
      Sound: { type: "object" },
    });
    const several = [" oneOf: must match only one of the allowed forms"];
    expect(find("Media", { kind: "photo", seconds: 1 })).toBe("valid");
    expect(find("Media", { kind: "Photo" })).toBe("valid");
    expect(find("Media", { kind: "bird" })).toEqual(several);
    expect(find("Media", { kind: "Video" })).toEqual(several);
    expect(find("Media", { kind: "bird", seconds: "one" })).toBe("valid");
  });

  it("ask requests for no readOnly property, and responses for no writeOnly one", async () => {
    const user: Schema = {
      allOf: [
        { properties: { id: { type: "integer", readOnly: true }, password: { type: "string", writeOnly: true } } },
        { required: ["id", "password"] },
      ],
    };
    const content = { "application/json": { schema: { $ref: "#/components/schemas/User" } } };
    const { find } = await compile(
      { User: user },
      { "/users": { post: { requestBody: { content }, responses: { 201: { content } } } } },
    );
    expect(find("User", { id: 1 })).toBe("valid");
    expect(find("User", { password: "x" })).toEqual([' required: must have property "id"']);
    expect(find("UserWritable", { password: "x" })).toBe("valid");
    expect(find("UserWritable", { password: "x", id: "1" })).toEqual(["/id type: must be integer"]);
  });

  it("look at own properties only, whatever they are called", async () => {
    const { find } = await compile({
      Odd: {
        type: "object",
        required: ["constructor"],
        properties: { ["__proto__"]: { type: "integer" as const }, toString: { type: "string" as const } },
        additionalProperties: false,
      },
    });
    expect(find("Odd", {})).toEqual([' required: must have property "constructor"']);
    expect(find("Odd", JSON.parse('{"constructor":1,"__proto__":"x","toString":1}'))).toEqual([
      "/__proto__ type: must be integer",
      "/toString type: must be string",
      ' additionalProperties: must not have property "constructor"',
    ]);
  });

  it("follow schemas that contain themselves, and end where one is nothing but itself", async () => {
    const { find } = await compile({
      Tree: {
        type: "object",
        properties: { children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
        additionalProperties: false,
      },
      Left: { allOf: [{ $ref: "#/components/schemas/Right" }, { minimum: 1 }] },
      Right: { allOf: [{ $ref: "#/components/schemas/Left" }, { maximum: 2 }] },
    });
    expect(find("Tree", { children: [{ children: [] }, { children: [{ leaf: 1 }] }] })).toEqual([
      '/children/1/children/0 additionalProperties: must not have property "leaf"',
    ]);
    expect([find("Left", 1), find("Right", 1)]).toEqual(["valid", "valid"]);
    expect([find("Left", 0), find("Left", 3), find("Right", 0), find("Right", 3)].every((found) => found !== "valid")).toBe(true);
  });
});

describe("compiled validators, the interpreter and Ajv", () => {
  // Short names and few values, so that schemas and values meet often.
  const key = fc.constantFrom("a", "b", "c", "constructor");
  const scalar = fc.oneof(
    fc.constantFrom(null, true, false, "", "a", "ab", "😀", "aaa"),
    fc.integer({ min: -2, max: 4 }),
    fc.constantFrom(0.1, 0.3, 1.5),
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(key, tie("any"), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).any;
  const size = fc.integer({ min: 0, max: 3 });
  const type = fc.constantFrom("null", "boolean", "object", "array", "number", "string", "integer");
  const { schema } = fc.letrec<{ schema: Schema }>((tie) => {
    const inner = tie("schema");
    const members = fc.array(inner, { minLength: 1, maxLength: 3 });
    const byKey = fc.dictionary(key, inner, { maxKeys: 3, noNullPrototype: true });
    const named = fc.constant({ $ref: "#/components/schemas/Named" });
    const keywords: Record<string, fc.Arbitrary<unknown>> = {
      type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
      enum: fc.uniqueArray(value, { minLength: 1, maxLength: 4, comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b) }),
      const: value,
      minLength: size,
      maxLength: size,
      pattern: fc.constantFrom("^a", "b$", "^.$"),
      minimum: size,
      maximum: size,
      exclusiveMinimum: size,
      exclusiveMaximum: size,
      multipleOf: fc.constantFrom(2, 0.1, 1.5),
      items: inner,
      prefixItems: members,
      contains: inner,
      minItems: size,
      maxItems: size,
      uniqueItems: fc.boolean(),
      unevaluatedItems: inner,
      properties: byKey,
      patternProperties: fc.dictionary(fc.constantFrom("^a", "b|c"), inner, { noNullPrototype: true }),
      additionalProperties: inner,
      propertyNames: inner,
      required: fc.uniqueArray(key, { maxLength: 2 }),
      minProperties: size,
      maxProperties: size,
      dependentRequired: fc.dictionary(key, fc.uniqueArray(key, { maxLength: 2 }), { noNullPrototype: true }),
      dependentSchemas: byKey,
      unevaluatedProperties: fc.oneof(fc.constant(false), inner),
      allOf: members,
      anyOf: members,
      oneOf: members,
      not: inner,
      if: inner,
      then: inner,
      else: inner,
    };
    const some: fc.Arbitrary<Schema> = fc.subarray(Object.keys(keywords), { minLength: 1, maxLength: 4 }).chain((names) => {
      // A record of keywords is a schema, whatever they hold.
      return fc.record(
        Object.fromEntries(names.map((name) => [name, keywords[name] ?? fc.constant(true)])),
      ) as fc.Arbitrary<Schema>;
    });
    return { schema: fc.oneof({ maxDepth: 4, depthIdentifier: "schema" }, fc.boolean(), named, some) };
  });
  const seeds = [1, 2, 3];
  const named: Schema = {
    type: ["object", "integer"],
    properties: { a: { $ref: "#/components/schemas/Named" }, b: { type: "string" } },
  };

  // Ajv lets an empty array pass a `contains` that stands beside `prefixItems`, so it is not asked about that keyword.
  const failures = new Map<Schema, unknown>();
  let checked = 0;
  beforeAll(async () => {
    for (const seed of seeds) {
      const schemas = fc.sample(schema, { numRuns: 300, seed });
      const values = fc.sample(value, { numRuns: 60, seed });
      const { model, find } = await compile({
        Named: named,
        ...Object.fromEntries(schemas.map((one, index) => [`S${index}`, one])),
      });
      const ajv = new Ajv2020({
        strict: false,
        ownProperties: true,
        allErrors: false,
        multipleOfPrecision: 9,
        logger: false,
        validateFormats: false,
      });
      ajv.addSchema({ components: { schemas: { Named: named } } }, "doc.json");
      for (const [index, one] of schemas.entries()) {
        const oracle = ajv.compile(JSON.parse(JSON.stringify(one).replaceAll('"#/components', '"doc.json#/components')));
        for (const instance of values) {
          const verdicts = {
            compiled: find(`S${index}`, instance) === "valid",
            interpreted: validate(model, one, instance).length === 0,
            ajv: JSON.stringify(one).includes('"contains"') ? undefined : oracle(instance),
          };
          checked += 1;
          if (verdicts.compiled !== verdicts.interpreted || (verdicts.ajv ?? verdicts.compiled) !== verdicts.compiled)
            failures.set(one, { ...verdicts, schema: JSON.stringify(one), instance: JSON.stringify(instance) });
        }
      }
    }
  });

  it("agree on what is valid", () => {
    expect(checked).toBe(seeds.length * 300 * 60);
    expect([...failures.values()].slice(0, 5)).toEqual([]);
  });
});
