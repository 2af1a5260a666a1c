import { expect, test } from "vitest";
import { readSchemas } from "../support/read.ts";

async function schema(version: string, written: object): Promise<unknown> {
  const { schemas, problems } = await readSchemas(version, { X: written, Other: { type: "object" } });
  expect(problems).toEqual([]);
  return schemas["X"];
}

test("nullable adds null to the type, and to an enum that lacks it", async () => {
  expect(await schema("3.0.3", { type: "string", nullable: true })).toEqual({ type: ["string", "null"] });
  expect(await schema("3.0.3", { type: "string", nullable: true, enum: ["a", "b"] })).toEqual({
    type: ["string", "null"],
    enum: ["a", "b", null],
  });
  expect(await schema("3.0.3", { type: "string", nullable: false })).toEqual({ type: "string" });
  expect(await schema("3.0.3", { enum: ["a"], nullable: true })).toEqual({ enum: ["a", null] });
});

test("nullable beside a reference or a composition makes an alternative, and annotations stay outside", async () => {
  const other = { $ref: "#/components/schemas/Other" };
  expect(await schema("3.0.3", { ...other, nullable: true, description: "Or none." })).toEqual({
    description: "Or none.",
    anyOf: [other, { type: "null" }],
  });
  expect(await schema("3.0.3", { allOf: [other], nullable: true, readOnly: true })).toEqual({
    readOnly: true,
    anyOf: [other, { type: "null" }],
  });
  expect(await schema("3.0.3", { anyOf: [other, { type: "string" }], nullable: true })).toEqual({
    anyOf: [other, { type: "string" }, { type: "null" }],
  });
  expect(await schema("3.0.3", { type: "object", oneOf: [other], nullable: true })).toEqual({
    anyOf: [{ type: "object", oneOf: [other] }, { type: "null" }],
  });
});

test("nullable without a type takes the type that its keywords speak of", async () => {
  expect(await schema("3.0.3", { nullable: true, properties: { a: {} } })).toEqual({
    properties: { a: {} },
    type: ["object", "null"],
  });
  expect(await schema("3.0.3", { nullable: true })).toEqual({});
});

test("exclusive bounds that are booleans become numbers", async () => {
  expect(
    await schema("3.0.3", { type: "number", minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }),
  ).toEqual({ type: "number", exclusiveMinimum: 1, maximum: 9 });
  expect(await schema("3.1.0", { type: "number", exclusiveMinimum: 1 })).toEqual({ type: "number", exclusiveMinimum: 1 });
});

test("example becomes the first of examples", async () => {
  expect(await schema("3.0.3", { type: "string", example: "a" })).toEqual({ type: "string", examples: ["a"] });
  expect(await schema("3.1.0", { examples: ["b"], example: "a" })).toEqual({ examples: ["a", "b"] });
  expect(await schema("3.1.0", { example: null })).toEqual({ examples: [null] });
});

test("format byte is contentEncoding base64; binary stays", async () => {
  expect(await schema("3.0.3", { type: "string", format: "byte" })).toEqual({ type: "string", contentEncoding: "base64" });
  expect(await schema("3.0.3", { type: "string", format: "binary" })).toEqual({ type: "string", format: "binary" });
});

test("tuples of older drafts become prefixItems", async () => {
  expect(await schema("3.1.0", { items: [{ type: "string" }], additionalItems: false })).toEqual({
    prefixItems: [{ type: "string" }],
    items: false,
  });
});

test("in 3.1 keywords stay beside a reference; in 3.0 only its description does", async () => {
  const written = { $ref: "#/components/schemas/Other", description: "Mine.", minProperties: 1 };
  expect(await schema("3.1.0", written)).toEqual(written);
  const { schemas, problems } = await readSchemas("3.0.3", { X: written, Other: {} });
  expect(schemas["X"]).toEqual({ $ref: "#/components/schemas/Other", description: "Mine." });
  expect(problems).toEqual(["reference-siblings-ignored spec.json#/components/schemas/X/minProperties"]);
});

test("names and references of a discriminator's mapping become references", async () => {
  const written = {
    oneOf: [{ $ref: "#/components/schemas/Other" }],
    discriminator: { propertyName: "kind", mapping: { a: "Other", b: "#/components/schemas/Other" } },
  };
  const reference = "#/components/schemas/Other";
  expect(await schema("3.0.3", written)).toEqual({
    oneOf: [{ $ref: reference }],
    discriminator: { propertyName: "kind", mapping: { a: reference, b: reference } },
  });
  // Without a union there is nothing that it tells apart.
  const { schemas, problems } = await readSchemas("2.0", { X: { type: "object", discriminator: "kind" } });
  expect(schemas["X"]).toEqual({ type: "object", discriminator: { propertyName: "kind" } });
  expect(problems).toEqual(["field-unused spec.json#/definitions/X/discriminator"]);
});

test("data is not read as a schema", async () => {
  const data = { $ref: "#/nowhere", nullable: true, example: 1 };
  expect(await schema("3.1.0", { default: data, enum: [data], const: data, "x-a": data })).toEqual({
    default: data,
    enum: [data],
    const: data,
    "x-a": data,
  });
});

test("a property may have any name, also that of a keyword or of a member of Object.prototype", async () => {
  const properties = JSON.parse(
    '{"__proto__": {"type": "string"}, "constructor": {"type": "string"}, "$ref": {"type": "string"}, "example": {"type": "string"}}',
  ) as object;
  const read = (await schema("3.0.3", { properties })) as { properties: object };
  expect(Object.keys(read.properties)).toEqual(["__proto__", "constructor", "$ref", "example"]);
  expect(JSON.stringify(read.properties)).toBe(JSON.stringify(properties));
});

test("schemas named like members of Object.prototype are found", async () => {
  const { schemas, problems } = await readSchemas(
    "3.1.0",
    JSON.parse(
      '{"toString": {"type": "string"}, "__proto__": {"$ref": "#/components/schemas/toString"}, "A": {"$ref": "#/components/schemas/__proto__"}, "B": {"$ref": "#/components/schemas/constructor"}}',
    ) as object,
  );
  expect(Object.keys(schemas)).toEqual(["toString", "__proto__", "A", "B"]);
  expect(schemas["A"]).toEqual({ $ref: "#/components/schemas/__proto__" });
  expect(problems).toEqual(["reference-not-found spec.json#/components/schemas/B/$ref"]);
});
