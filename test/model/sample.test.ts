import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import { buildModel } from "../../generator/model/build.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { Bytes, sample, sampleRequest, sampleResponse } from "../../generator/model/sample.ts";
import type { OperationObject, Schema } from "../../generator/openapi/shapes.ts";
import { documentOf } from "../support/document.ts";

const empty = modelOf({});

describe("sample", () => {
  test("follows examples, defaults and constants before anything else", () => {
    expect(made({ type: "string", examples: ["from the document"] })).toBe("from the document");
    expect(made({ type: "integer", default: 7 })).toBe(7);
    expect(made({ const: { a: 1 } })).toEqual({ a: 1 });
    expect(made({ enum: ["first", "second"] })).toBe("first");
    expect(made({ type: "integer", examples: ["not an integer"], minimum: 3 })).toBe(3);
    // Without properties of its own the object is what its example shows.
    expect(made({ type: "object", examples: [{ a: 1, b: { c: [true] } }] })).toEqual({ a: 1, b: { c: [true] } });
    const flags = {
      type: "object",
      additionalProperties: { type: "boolean" },
      examples: [{ on: true, off: false, bad: 1 }],
    } as const;
    expect(made(flags)).toMatchObject({ on: true, off: false });
  });

  test("breaks an untagged member by a fraction in a property of its own, since that compiles", () => {
    const plain = { type: "object", properties: { name: { type: "string" } } } as const;
    const counted = { type: "object", properties: { count: { type: "integer" }, name: { type: "string" } } } as const;
    // Whatever matches the second matches the first; the first alone takes what is no integer.
    expect(made({ oneOf: [counted, plain] })).toMatchObject({ count: 0.5 });
  });

  test("gives a deprecated property where nothing else will do", () => {
    const schema: Schema = { type: "object", properties: { old: { type: "string", deprecated: true } } };
    const filled = (value: unknown): boolean => Object.keys(Object(value)).length > 0;
    expect(made(schema)).toEqual({});
    expect(sample(empty, schema, { direction: "request", accept: filled })).toMatchObject({
      ok: true,
      value: { old: expect.any(String) },
    });
  });

  test("breaks the other member of a oneOf by what the value declares itself, and writes objects where properties are", () => {
    const model = modelOf({
      Plain: { properties: { name: { type: "string" } } },
      Stepped: { type: "object", properties: { name: { type: "string" }, steps: { type: "array", items: { type: "string" } } } },
    });
    const either = sample(model, { oneOf: [ref("Plain"), ref("Stepped")] }, { direction: "request" });
    if (either.ok) expect(Object.keys(either.value as object)).not.toContain("steps");
    const base: Schema = { properties: { id: { const: 1 } }, required: ["id"] };
    expect(made({ allOf: [base, { type: ["object", "null"] }], examples: [null] })).toEqual({ id: 1 });
    const odd: Schema = { properties: { a: false }, required: ["a"] };
    expect(sample(model, odd, { direction: "request" })).toMatchObject({ ok: false });
  });

  test("gives another value where no list meets a keyword of lists, which no type speaks of", () => {
    expect(Array.isArray(made({ contains: false }))).toBe(false);
    expect(Array.isArray(made({ contains: { type: "string" } }))).toBe(true);
  });

  test("makes plausible values by name and format", () => {
    const schema: Schema = {
      type: "object",
      properties: {
        id: { type: "string", format: "uuid" },
        createdAt: { type: "string" },
        count: { type: "integer" },
        email: { type: "string" },
        price: { type: "number" },
      },
    };
    expect(made(schema)).toMatchInlineSnapshot(`
      {
        "count": 3,
        "createdAt": "2026-01-31T09:30:00Z",
        "email": "ada@example.com",
        "id": "0194762c-6a4e-7000-8000-5a6d1c3f9b01",
        "price": 19.99,
      }
    `);
  });

  test("changes no value when a property is added beside it", () => {
    const before = made({ type: "object", properties: { a: { type: "string" }, b: { type: "number" } } });
    const after = made({ type: "object", properties: { z: { type: "boolean" }, a: { type: "string" }, b: { type: "number" } } });
    expect(after).toEqual({ ...(before as object), z: true });
  });

  test.each<[string, Schema]>([
    ["bounds of numbers", { type: "number", exclusiveMinimum: 1, exclusiveMaximum: 1.5, multipleOf: 0.25 }],
    ["steps of decimals", { type: "number", minimum: 19.98, maximum: 20, multipleOf: 0.01 }],
    ["lengths", { type: "string", minLength: 300, maxLength: 301 }],
    ["a pattern with its length", { type: "string", pattern: "^[a-z0-9-]+$", minLength: 20, maxLength: 24 }],
    [
      "a pattern with groups and a lookahead",
      { type: "string", pattern: "^(?!ab)(?<year>\\d{4})-(0[1-9]|1[0-2])(?:T\\k<year>)?$" },
    ],
    ["a pattern of Unicode properties", { type: "string", pattern: "^\\p{Lu}\\p{Ll}{3,}$" }],
    ["a pattern beside a format", { type: "string", format: "uri", pattern: "^https://" }],
    ["different items", { type: "array", items: { type: "integer", minimum: 1, maximum: 5 }, minItems: 5, uniqueItems: true }],
    [
      "different items of a union",
      { type: "array", items: { oneOf: [{ const: "a" }, { const: "b" }, { const: "c" }] }, minItems: 3, uniqueItems: true },
    ],
    [
      "contains, but not too often",
      { type: "array", items: { type: "integer" }, contains: { minimum: 100 }, minContains: 2, maxContains: 2, minItems: 4 },
    ],
    [
      "a tuple that is closed",
      { type: "array", prefixItems: [{ type: "string" }, { type: "boolean" }], items: false, minItems: 2 },
    ],
    [
      "allOf merged, with a closed member",
      {
        allOf: [
          { properties: { a: { type: "integer" } }, required: ["a"], additionalProperties: { type: "integer" } },
          { properties: { b: { minimum: 5 } }, required: ["b"] },
        ],
        type: "object",
      },
    ],
    ["enums that meet", { allOf: [{ enum: ["a", "b", "c"] }, { enum: ["c", "b"] }, { not: { const: "b" } }] }],
    [
      "one member and no other",
      {
        oneOf: [
          { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
          { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, required: ["b"] },
        ],
      },
    ],
    [
      "a union beside properties",
      {
        type: "object",
        properties: { a: { type: "string" } },
        required: ["a"],
        anyOf: [{ required: ["x"], properties: { x: { const: 1 } } }, { required: ["y"] }],
      },
    ],
    [
      "conditions",
      {
        type: "object",
        properties: { kind: { enum: ["a", "b"] } },
        required: ["kind"],
        if: { properties: { kind: { const: "a" } } },
        then: { required: ["forA"] },
        else: { required: ["forB"] },
      },
    ],
    [
      "dependents",
      {
        type: "object",
        properties: { a: {}, b: { type: "integer" } },
        required: ["a"],
        dependentRequired: { a: ["b"] },
        dependentSchemas: { a: { properties: { b: { minimum: 9 } } } },
      },
    ],
    [
      "names of properties",
      { type: "object", propertyNames: { pattern: "^x-[a-z]{3}$" }, additionalProperties: { type: "integer" }, minProperties: 3 },
    ],
    [
      "properties by pattern",
      { type: "object", patternProperties: { "^S_": { type: "string" } }, additionalProperties: false, minProperties: 2 },
    ],
    ["few properties", { type: "object", properties: { a: {}, b: {}, c: {} }, maxProperties: 1, minProperties: 1 }],
    [
      "unevaluated properties",
      {
        allOf: [{ properties: { a: { type: "string" } } }],
        properties: { b: { type: "string" } },
        unevaluatedProperties: false,
        required: ["a", "b"],
      },
    ],
  ])("meets %s", (_what, schema) => {
    const value = made(schema);
    expect(new Ajv2020({ strict: false, validateFormats: false }).validate(schema, value), JSON.stringify(value)).toBe(true);
  });

  test("ends where schemas contain themselves", () => {
    const model = modelOf({
      Tree: {
        type: "object",
        properties: { name: { type: "string" }, parent: ref("Tree"), children: { type: "array", items: ref("Tree") } },
        required: ["name", "children"],
      },
    });
    const leaf = { name: "Ada", children: [] };
    expect(sample(model, ref("Tree"), { direction: "response" })).toEqual({
      ok: true,
      value: {
        name: "Ada",
        parent: leaf,
        children: [leaf],
      },
    });
  });

  test("takes the branch that ends, where a union leads back to itself", () => {
    const model = modelOf({
      List: { type: "object", properties: { next: { oneOf: [ref("List"), { type: "string" }] } }, required: ["next"] },
    });
    expect(sample(model, ref("List"), { direction: "response" })).toEqual({ ok: true, value: { next: { next: "alpha" } } });
  });

  test("says why and where no value is possible", () => {
    const impossible: Schema = {
      type: "object",
      properties: { a: { type: "array", items: { type: "boolean" }, minItems: 3, uniqueItems: true } },
      required: ["a"],
    };
    expect(sample(empty, impossible, { direction: "response" })).toEqual({
      ok: false,
      reason: "its items cannot all be different",
      pointer: "/a/2",
    });
    expect(sample(empty, { allOf: [{ type: "string" }, { type: "integer" }] }, { direction: "response" })).toMatchObject({
      ok: false,
      pointer: "",
    });
    expect(
      sample(modelOf({ A: { type: "object", properties: { a: ref("A") }, required: ["a"] } }), ref("A"), {
        direction: "request",
      }),
    ).toMatchObject({ ok: false });
  });

  test("leaves readOnly members of an example out of a request, where the object has no others", () => {
    const reference: Schema = {
      type: "object",
      properties: { id: { type: "string", readOnly: true } },
      required: ["id"],
      examples: [{ id: "P1", note: "kept" }],
    };
    expect(sample(empty, reference, { direction: "request" })).toEqual({ ok: true, value: { note: "kept" } });
    expect(sample(empty, reference, { direction: "response" })).toMatchObject({ ok: true, value: { id: "P1" } });
  });

  test("leaves readOnly out of requests and writeOnly out of responses", () => {
    const schema: Schema = {
      type: "object",
      properties: { id: { type: "integer", readOnly: true }, secret: { type: "string", writeOnly: true }, name: {} },
      required: ["id", "secret"],
    };
    const names = (direction: "request" | "response"): string[] => {
      const found = sample(empty, schema, { direction });
      return found.ok ? Object.keys(found.value as object) : [];
    };
    expect(names("request")).toEqual(["secret", "name"]);
    expect(names("response")).toEqual(["id", "name"]);
  });

  test("gives the property of a discriminator the value that names the member", () => {
    const model = modelOf({
      Cat: animal,
      Dog: { ...animal, required: ["kind", "bark"], properties: { ...animal.properties, bark: { type: "boolean" } } },
    });
    const schema: Schema = {
      anyOf: [ref("Cat"), ref("Dog")],
      discriminator: { propertyName: "kind", mapping: { kitten: "#/components/schemas/Cat" } },
    };
    expect(sample(model, schema, { direction: "response" })).toEqual({ ok: true, value: { kind: "kitten" } });
    expect(sample(model, schema, { direction: "response", index: 1 })).toMatchObject({ ok: true, value: { kind: "Dog" } });
  });

  test("writes the tag of a discriminator where the member leaves it optional", () => {
    const open: Schema = { type: "object", properties: { kind: { type: "string" } } };
    const schema: Schema = {
      type: "array",
      items: {
        type: "array",
        items: {
          type: "array",
          items: {
            type: "array",
            items: {
              type: "array",
              items: { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind" } },
              minItems: 1,
            },
            minItems: 1,
          },
          minItems: 1,
        },
        minItems: 1,
      },
      minItems: 1,
    };
    expect(sample(modelOf({ Cat: open, Dog: open }), schema, { direction: "response" })).toEqual({
      ok: true,
      value: [[[[[{ kind: "Cat" }]]]]],
    });
  });

  test("is valid by Ajv for schemas of any make", () => {
    const ajv = new Ajv2020({ strict: false, logger: false });
    let valid = 0;
    fc.assert(
      fc.property(schemas, (schema) => {
        const found = sample(empty, schema, { direction: "response" });
        if (!found.ok) return;
        valid += 1;
        expect(ajv.validate(schema, found.value), JSON.stringify({ schema, value: found.value })).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(valid).toBeGreaterThan(150);
  });
});

describe("sampleRequest and sampleResponse", () => {
  test("choose values that their style can carry", () => {
    const found = request({
      parameters: [
        { name: "id", in: "path", required: true, schema: { type: "string", enum: ["..", "", "ok"] } },
        { name: "list", in: "header", schema: { type: "array", items: { type: "string" }, examples: [[]] } },
        { name: "flag", in: "query", schema: { type: ["boolean", "null"], examples: [null] } },
        { name: "either", in: "query", schema: { anyOf: [{ type: "integer" }, { type: "string" }], examples: ["7", "seven"] } },
        { name: "spaced", in: "header", schema: { type: "string", examples: [" spaced", "plain"] } },
      ],
    });
    expect(found).toEqual({
      ok: true,
      request: {
        path: { id: "ok" },
        query: { flag: true, either: "seven" },
        header: { list: ["alpha"].map(expectString), spaced: "plain" },
      },
    });
  });

  test("say which parameter cannot be sent", () => {
    expect(request({ parameters: [{ name: "id", in: "path", required: true, schema: { const: ".." } }] })).toMatchObject({
      ok: false,
      in: "path",
      name: "id",
    });
  });

  test("leave out what an exploded object would be taken for, and say where that cannot be", () => {
    const page = { type: "object", properties: { page: { type: "integer" } } } as const;
    const parameters = (required: boolean): OperationObject => ({
      parameters: [
        { name: "page", in: "query", required, schema: { type: "integer" } },
        { name: "paging", in: "query", required, schema: page },
        { name: "q", in: "query", schema: { const: "pets" } },
      ],
    });
    expect(request(parameters(false))).toHaveProperty("request.query", { q: "pets" });
    expect(request(parameters(true))).toMatchObject({ ok: false, in: "query", name: "paging" });
  });

  test("leave out one of two exploded objects that share the names of their members, even when their values are equal", () => {
    const flag: Schema = { type: "object", properties: { Value: { type: "boolean" } }, required: ["Value"] };
    const map: Schema = { type: "object", additionalProperties: { type: "string" } };
    for (const schema of [flag, map]) {
      const both = (required: boolean) => ["A", "B"].map((name) => ({ name, in: "query", required, schema }) as const);
      const q = { name: "q", in: "query", required: true, schema: { const: "pets" } } as const;
      expect(request({ parameters: [q, ...both(false)] })).toHaveProperty("request.query", { q: "pets" });
      expect(request({ parameters: [q, ...both(true)] })).toMatchObject({ ok: false, in: "query" });
    }
  });

  test("have a media type of a range with a suffix, and no text of nothing", () => {
    const none = { examples: { none: { value: "" } } } as const;
    const contents = { "application/*+json": { schema: { const: 1 } }, "text/plain": none, "application/xml": none } as const;
    const model = modelOf({}, { responses: { 200: { content: contents } } });
    const [operation] = model.operations;
    const [response] = operation?.responses ?? [];
    const bodies = response?.contents.map((content) => operation && sampleResponse(model, operation, response, content));
    expect(bodies?.map((one) => one?.ok === true && [one.response.contentType, one.response.body])).toEqual([
      ["application/vnd.example+json", 1],
      ["text/plain", "Some text."],
      ["application/xml", "<example/>"],
    ]);
  });

  test("make bodies as handlers take and give them", () => {
    const contents = {
      "application/octet-stream": {},
      "image/*": {},
      "application/xml": { schema: { type: "object" } },
      "text/event-stream": { schema: { type: "object", properties: { a: { const: 1 } }, required: ["a"] } },
      "application/x-ndjson": { schema: { const: 1 } },
      "multipart/form-data": {
        schema: {
          type: "object",
          properties: {
            file: { type: "string", format: "binary" },
            empty: { type: "array", maxItems: 0 },
            none: { type: "null" },
          },
        },
      },
    } as const;
    const model = modelOf({}, { responses: { 200: { content: contents } } });
    const [operation] = model.operations;
    const [response] = operation?.responses ?? [];
    const bodies = response?.contents.map((content) => operation && sampleResponse(model, operation, response, content));
    expect(bodies?.map((one) => one?.ok === true && [one.response.contentType, one.response.body])).toEqual([
      ["application/octet-stream", new Bytes("Some bytes.", "application/octet-stream")],
      ["image/png", new Bytes("Some bytes.", "image/png")],
      ["application/xml", "<example/>"],
      ["text/event-stream", [{ a: 1 }, { a: 1 }]],
      ["application/x-ndjson", [1, 1]],
      ["multipart/form-data", { file: new Bytes("file 1", "application/octet-stream") }],
    ]);
  });

  test("never have a list of one file where a single file would do", () => {
    const file = { type: "string", format: "binary" } as const;
    const schema: Schema = {
      type: "object",
      properties: { files: { oneOf: [{ type: "array", items: file }, file] } },
      required: ["files"],
    };
    const model = modelOf({}, { responses: { 200: { content: { "multipart/form-data": { schema } } } } });
    const [operation] = model.operations;
    const [response] = operation?.responses ?? [];
    const made = operation && response && sampleResponse(model, operation, response);
    expect(made?.ok === true && made.response.body).toEqual({ files: new Bytes("files 2", "application/octet-stream") });
  });

  test("give a range and the default a status that no other response has", () => {
    const model = modelOf({}, { responses: { 400: {}, 500: {}, "4XX": {}, "5XX": {}, default: {}, 101: {} } });
    const [operation] = model.operations;
    const statuses = operation?.responses.map((response) => [response.status, sampleResponse(model, operation, response)]);
    expect(
      Object.fromEntries(
        statuses?.map(([key, one]) => [key, typeof one === "object" && one.ok ? one.response.status : undefined]) ?? [],
      ),
    ).toEqual({
      101: undefined,
      400: 400,
      500: 500,
      "4XX": 404,
      "5XX": 502,
      default: 200,
    });
  });
});

const animal = { type: "object", properties: { kind: { type: "string" } }, required: ["kind"] } as const;

function made(schema: Schema): unknown {
  const found = sample(empty, schema, { direction: "response" });
  return found.ok ? found.value : found;
}

function ref(key: string): Schema {
  return { $ref: `#/components/schemas/${key}` };
}

function expectString(): unknown {
  return expect.any(String);
}

function modelOf(schemas: Readonly<Record<string, Schema>>, operation: OperationObject = {}): ApiModel {
  return buildModel(documentOf({ paths: { "/things/{id}": { get: operation } }, components: { schemas } }), new Diagnostics());
}

function request(operation: OperationObject): unknown {
  const model = modelOf({}, operation);
  const [only] = model.operations;
  return only === undefined ? undefined : sampleRequest(model, only);
}

const names = fc.constantFrom("a", "b", "name");
const bound = fc.integer({ min: 0, max: 4 });
const schemas: fc.Arbitrary<Schema> = fc.letrec<{ schema: Schema }>((tie) => {
  const schema = tie("schema");
  const many = fc.array(schema, { minLength: 1, maxLength: 2 });
  const record = fc.dictionary(names, schema, { noNullPrototype: true });
  return {
    schema: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<Schema>(true, { type: "string" }, { type: "null" }, { enum: ["a", 1] }, { const: [1] }),
      fc.record(
        {
          type: fc.constant("string" as const),
          minLength: bound,
          maxLength: bound,
          pattern: fc.constantFrom("^a", "b$", "[0-9]{2}"),
        },
        { requiredKeys: ["type"] },
      ),
      fc.record(
        {
          type: fc.constantFrom("number", "integer"),
          minimum: bound,
          exclusiveMaximum: bound,
          multipleOf: fc.constantFrom(0.5, 2),
        },
        { requiredKeys: ["type"] },
      ),
      fc.record(
        {
          type: fc.constant("array" as const),
          items: schema,
          prefixItems: many,
          minItems: bound,
          maxItems: bound,
          uniqueItems: fc.boolean(),
        },
        { requiredKeys: ["type"] },
      ),
      fc.record(
        {
          type: fc.constant("object" as const),
          properties: record,
          required: fc.uniqueArray(names, { maxLength: 2 }),
          additionalProperties: schema,
          minProperties: bound,
          unevaluatedProperties: schema,
        },
        { requiredKeys: ["type"] },
      ),
      fc.record({ allOf: many, anyOf: many, oneOf: many, not: schema }, { requiredKeys: [] }),
    ),
  };
}).schema;
