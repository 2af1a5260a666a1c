import { describe, expect, test } from "vitest";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import { buildModel } from "../../generator/model/build.ts";
import { mutations, type InvalidRequest } from "../../generator/model/mutate.ts";
import { sampleRequest } from "../../generator/model/sample.ts";
import { validate } from "../../generator/model/validate.ts";
import type { OperationObject } from "../../generator/openapi/shapes.ts";
import { documentOf } from "../support/document.ts";

describe("mutations", () => {
  test("breaks each rule of a body, in one place each", () => {
    const found = mutationsOf({
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: {
                name: { type: "string", minLength: 1, maxLength: 3 },
                age: { type: "integer", minimum: 0 },
                tags: { type: "array", items: { enum: ["a", "b"] }, uniqueItems: true, minItems: 1 },
              },
              required: ["name"],
              additionalProperties: false,
            },
          },
        },
      },
    });
    expect(found.map(({ name, pointer, keyword }) => [name, pointer, keyword])).toMatchInlineSnapshot(`
      [
        [
          "body is missing",
          "",
          "required",
        ],
        [
          "body is of a media type that is not declared",
          "",
          "content",
        ],
        [
          "body /name is missing",
          "/name",
          "required",
        ],
        [
          "body is not an object",
          "",
          "type",
        ],
        [
          "body /unexpected is not declared",
          "/unexpected",
          "additionalProperties",
        ],
        [
          "body /name is not a string",
          "/name",
          "type",
        ],
        [
          "body /name is too short",
          "/name",
          "minLength",
        ],
        [
          "body /name is too long",
          "/name",
          "maxLength",
        ],
        [
          "body /age is below its minimum",
          "/age",
          "minimum",
        ],
        [
          "body /tags has too few items",
          "/tags",
          "minItems",
        ],
        [
          "body /tags repeats an item",
          "/tags",
          "uniqueItems",
        ],
        [
          "body /tags/0 is none of the values allowed",
          "/tags/0",
          "enum",
        ],
      ]
    `);
    for (const { request, pointer } of found.slice(1)) expect(request.body, pointer).toBeDefined();
    expect(found[0]?.request).toEqual({});
  });

  test("breaks of parameters only what is still broken on the wire", () => {
    const found = mutationsOf({
      parameters: [
        { name: "id", in: "path", required: true, schema: { type: "integer" } },
        { name: "text", in: "query", required: true, schema: { type: "string" } },
        { name: "limit", in: "query", schema: { type: "integer", maximum: 100 } },
        { name: "X-Kind", in: "header", schema: { type: "string", enum: ["a"] } },
      ],
    });
    expect(found.map(({ name, request }) => [name, request])).toMatchInlineSnapshot(`
      [
        [
          "path id is not an integer",
          {
            "header": {
              "X-Kind": "a",
            },
            "path": {
              "id": "not of this type",
            },
            "query": {
              "limit": 10,
              "text": "Some text.",
            },
          },
        ],
        [
          "query text is missing",
          {
            "header": {
              "X-Kind": "a",
            },
            "path": {
              "id": 1,
            },
            "query": {
              "limit": 10,
            },
          },
        ],
        [
          "query limit is not an integer",
          {
            "header": {
              "X-Kind": "a",
            },
            "path": {
              "id": 1,
            },
            "query": {
              "limit": "not of this type",
              "text": "Some text.",
            },
          },
        ],
        [
          "query limit is above its maximum",
          {
            "header": {
              "X-Kind": "a",
            },
            "path": {
              "id": 1,
            },
            "query": {
              "limit": 101,
              "text": "Some text.",
            },
          },
        ],
        [
          "header X-Kind is none of the values allowed",
          {
            "header": {
              "X-Kind": "not-one-of-them",
            },
            "path": {
              "id": 1,
            },
            "query": {
              "limit": 10,
              "text": "Some text.",
            },
          },
        ],
      ]
    `);
  });

  test("breaks what an object says of its properties as a whole", () => {
    const schema = {
      type: "object",
      properties: { card: { const: "1" }, address: { const: "here" } },
      dependentRequired: { card: ["address"] },
      minProperties: 1,
      maxProperties: 3,
      propertyNames: { pattern: "^[\\w-]+$" },
    } as const;
    const found = mutationsOf({ requestBody: { content: { "application/json": { schema } } } });
    const broken = found.filter(({ keyword }) => /propert|dependent/i.test(keyword));
    expect(broken.map(({ name, keyword, request }) => [name, keyword, request.body])).toEqual([
      ["body has too few properties", "minProperties", {}],
      ["body has too many properties", "maxProperties", { card: "1", address: "here", "more-1": "1", "more-2": "1" }],
      ["body /address is missing beside card", "dependentRequired", { card: "1" }],
      ["body /~0 ~0 is no name for a property", "propertyNames", { card: "1", address: "here", "~ ~": "1" }],
    ]);
  });

  test("stops at twelve, with every kind of fault before a second of any", () => {
    const properties = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`p${index}`, { type: "string", format: "date" }] as const),
    );
    const found = mutationsOf({
      requestBody: {
        content: { "application/json": { schema: { type: "object", properties, required: Object.keys(properties) } } },
      },
    });
    expect(found).toHaveLength(12);
    expect(new Set(found.map(({ keyword }) => keyword))).toEqual(new Set(["content", "required", "type", "format"]));
  });

  test("finds nothing to break where anything is allowed", () => {
    expect(
      mutationsOf({
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        requestBody: { content: { "*/*": {} } },
      }),
    ).toEqual([]);
  });

  test("proves every fault by the schema", () => {
    const schema = {
      oneOf: [
        { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
        { type: "object", properties: { b: { type: "integer" } }, required: ["b"] },
      ],
    } as const;
    const found = mutationsOf({ requestBody: { required: true, content: { "application/json": { schema } } } });
    expect(found.map(({ name }) => name)).toEqual([
      "body is missing",
      "body is of a media type that is not declared",
      "body /a is missing",
      "body is not an object",
      "body /a is not a string",
    ]);
    for (const { request } of found.slice(2))
      expect(validate({ schemaByReference: new Map() }, schema, request.body)).not.toEqual([]);
  });
});

function mutationsOf(operation: OperationObject): InvalidRequest[] {
  const model = buildModel(
    documentOf({ paths: { "/things/{id}": { post: { parameters: [], ...operation } } } }),
    new Diagnostics(),
  );
  const [only] = model.operations;
  if (only === undefined) throw new Error("The document has an operation.");
  const withoutId = {
    ...only,
    parameters: only.parameters.filter(({ name }) => name !== "id" || operation.parameters !== undefined),
  };
  const valid = sampleRequest(model, withoutId);
  if (!valid.ok) throw new Error(valid.reason);
  return mutations(model, withoutId, valid.request);
}
