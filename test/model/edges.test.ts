import { describe, expect, test } from "vitest";
import { requestEdges, schemaEdges } from "../../generator/model/edges.ts";
import { requestSample } from "../../generator/model/request-samples.ts";
import { sample } from "../../generator/model/sample.ts";
import { validate } from "../../generator/model/validate.ts";
import type { OperationObject, SchemaObject } from "../../generator/openapi/shapes.ts";
import { modelOf } from "../support/model.ts";

describe("the edges of a schema", () => {
  test("are the least and the greatest number, by whatever keyword", () => {
    expect(edgesOf({ type: "integer", minimum: 1, maximum: 100, default: 50 })).toEqual([
      "is at its minimum 1",
      "is at its maximum 100",
    ]);
    expect(edgesOf({ type: "integer", exclusiveMinimum: 1, exclusiveMaximum: 10, default: 5 })).toEqual([
      "is at its minimum 2",
      "is at its maximum 9",
    ]);
    expect(edgesOf({ type: "number", minimum: 0.05, maximum: 1.05, multipleOf: 0.1, default: 0.5 })).toEqual([
      "is at its minimum 0.1",
      "is at its maximum 1",
    ]);
    expect(edgesOf({ type: "number", exclusiveMinimum: 0, maximum: 1, default: 0.25 })).toEqual([
      "is at its minimum 0.000001",
      "is at its maximum 1",
    ]);
    expect(edgesOf({ type: "integer", format: "int32", default: 7 })).toEqual([
      "is at its minimum -2147483648",
      "is at its maximum 2147483647",
      "is zero 0",
    ]);
    expect(edgesOf({ type: "integer", default: 7 })).toEqual(["is zero 0", "is negative -1"]);
  });

  test("are the shortest, the longest and the empty text, by its pattern too", () => {
    expect(edgesOf({ type: "string", maxLength: 20, default: "some text" })).toEqual([
      'is empty ""',
      `is as long as it may be "${"x".repeat(20)}"`,
      'is beyond ASCII "Zoë 東京 🦉"',
    ]);
    expect(edgesOf({ type: "string", pattern: "^[a-c]+$", minLength: 2, maxLength: 5, default: "abc" })).toEqual([
      expect.stringMatching(/^is as short as it may be "[a-c]{2}"$/),
      expect.stringMatching(/^is as long as it may be "[a-c]{5}"$/),
    ]);
    expect(edgesOf({ type: "string", format: "uuid" })).toEqual([]);
  });

  test("are the empty list, the shortest and the longest, however many items that are", () => {
    const items = { type: "boolean" } as const;
    expect(edgesOf({ type: "array", items, maxItems: 3 })).toEqual([
      "is empty []",
      "has as many items as it may [true,true,true]",
      "/0 is false [false]",
    ]);
    expect(edgesOf({ type: "array", items, minItems: 1, maxItems: 1_000_000, default: [true, false] })).toEqual([
      "has as few items as it may [true]",
      "/0 is false [false,false]",
    ]);
    const unique = { type: "array", items: { enum: ["a", "b", "c"] }, uniqueItems: true, maxItems: 3 } as const;
    expect(edgesOf(unique)).toContain('has as many items as it may ["a","b","c"]');
    // The second item is "b", and so no other may be.
    const inside = { type: "array", items: { type: "object", properties: { k: unique.items }, required: ["k"] } } as const;
    const changes = edgesOf({ ...inside, uniqueItems: true, minItems: 2 }).filter((edge) => edge.startsWith("/0/k"));
    expect(changes).toEqual([expect.stringContaining('[{"k":"c"},{"k":"b"}]')]);
  });

  test("are each value of an enum, each member of a union, and null where it is allowed", () => {
    expect(edgesOf({ enum: ["a", "b", null] })).toEqual(['is "b"', "is null"]);
    expect(edgesOf({ type: ["integer", "null"], minimum: 0, maximum: 1, default: 0 })).toEqual([
      "is null",
      "is at its maximum 1",
    ]);
    expect(
      edgesOf({
        oneOf: [{ type: "boolean" }, { type: "array", items: { type: "string" }, title: "Names" }, { type: "null" }],
      }),
    ).toEqual(["is Names []", "is null", "is false"]);
  });

  test("are an object of what is required alone, of all that is declared, and with something beside", () => {
    const schema: SchemaObject = {
      type: "object",
      properties: { id: { const: 1 }, on: { const: true }, old: { const: false, deprecated: true } },
      required: ["id"],
    };
    expect(edgesOf(schema)).toEqual([
      'has nothing optional {"id":1}',
      'has all its properties {"id":1,"on":true,"old":false}',
      'has one more property {"id":1,"on":true,"additional":"anything"}',
    ]);
    expect(edgesOf({ ...schema, additionalProperties: false })).not.toContainEqual(expect.stringContaining("one more"));
    expect(edgesOf({ type: "object", additionalProperties: { type: "integer", enum: [3] } })).toEqual([
      "is empty {}",
      'has one more property {"alpha":3,"additional":3}',
    ]);
  });

  test("are looked for within, but not behind references, which have edges of their own", () => {
    const inner = {
      type: "object",
      properties: { on: { type: "boolean" } },
      required: ["on"],
      additionalProperties: false,
    } as const;
    const outer = (property: SchemaObject): SchemaObject => ({
      type: "object",
      properties: { inner: property },
      required: ["inner"],
      additionalProperties: false,
    });
    expect(edgesOf(outer(inner))).toEqual(['/inner/on is false {"inner":{"on":false}}']);
    expect(edgesOf(outer({ $ref: "#/components/schemas/Inner" }), { Inner: inner })).toEqual([]);
    expect(edgesOf(outer({ anyOf: [{ $ref: "#/components/schemas/Inner" }, { type: "null" }] }), { Inner: inner })).toEqual([
      '/inner is null {"inner":null}',
    ]);
  });

  test("are valid, and few, however large the schema", () => {
    const properties = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`p${index}`, { type: "integer", minimum: 0, maximum: 9 }] as const),
    );
    const schema: SchemaObject = { type: "object", properties, required: Object.keys(properties) };
    const { edges, model } = madeFor(schema);
    expect(edges).toHaveLength(60);
    for (const edge of edges) expect(validate(model, schema, edge.value(), { direction: "response" })).toEqual([]);
  });
});

describe("the edges of a request", () => {
  test("are of parameters, if the wire can carry them, and of the body", () => {
    expect(
      requestEdgesOf({
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 100, default: 20 } },
          { name: "ids", in: "query", required: true, schema: { type: "array", items: { type: "string", enum: ["a"] } } },
          { name: "X-Name", in: "header", schema: { type: "string", maxLength: 12 } },
        ],
        requestBody: { content: { "application/json": { schema: { type: "boolean" } } } },
      }),
    ).toEqual([
      '/query has nothing optional {"query":{"ids":["a"]}}',
      // An empty list and an empty text cannot be told from none in a query; a header knows no letters beyond Latin-1.
      '/query/limit is at its minimum {"query":{"limit":1,"ids":["a"]}}',
      '/query/limit is at its maximum {"query":{"limit":100,"ids":["a"]}}',
      '/header is left out {"query":{"limit":20,"ids":["a"]}}',
      `/header/X-Name is empty {"header":{"X-Name":""}}`,
      `/header/X-Name is as long as it may be {"header":{"X-Name":"${"x".repeat(12)}"}}`,
      "/body is left out {}",
      '/body is false {"body":false}',
    ]);
  });

  test("are no longer than the head of a message may be, which is where parameters stand", () => {
    const long = { type: "string", maxLength: 5_000 } as const;
    const edges = requestEdgesOf({
      parameters: [{ name: "q", in: "query", schema: long }],
      requestBody: { content: { "application/json": { schema: long } } },
    });
    expect(edges.filter((edge) => edge.includes("is as long as it may be"))).toEqual([
      `/body is as long as it may be {"body":"${"x".repeat(5_000)}"}`,
    ]);
  });
});

function madeFor(schema: SchemaObject, others: { readonly [key: string]: SchemaObject } = {}) {
  const model = modelOf({ components: { schemas: { Subject: schema, ...others } } });
  const named = model.schemas.find(({ key }) => key === "Subject");
  if (named === undefined) throw new Error("It has the schema.");
  const made = sample(model, named.schema, { direction: "response", name: "Subject" });
  if (!made.ok) throw new Error(made.reason);
  return { model, edges: schemaEdges(model, named, made.value) };
}

function edgesOf(...given: Parameters<typeof madeFor>): string[] {
  return madeFor(...given).edges.map((edge) => {
    const whole = JSON.stringify(edge.value());
    return [edge.pointer, edge.what, edge.what === `is ${whole}` ? "" : whole].filter(Boolean).join(" ");
  });
}

/** With what differs from the usual request. */
function requestEdgesOf(operation: OperationObject): string[] {
  const model = modelOf({ paths: { "/things": { post: operation } } });
  const [only] = model.operations;
  if (only === undefined) throw new Error("It has an operation.");
  const usual = requestSample(model, only, only.body?.contents[0]);
  if (!usual.ok) throw new Error(usual.reason);
  return requestEdges(model, only, usual.request).map((edge) => {
    const [, location = ""] = edge.pointer.split("/");
    const changed = edge.value() as Record<string, unknown>;
    const shown =
      edge.what === "is left out" && location === "header" ? { query: changed["query"] } : { [location]: changed[location] };
    return `${edge.pointer} ${edge.what} ${JSON.stringify(shown)}`;
  });
}
