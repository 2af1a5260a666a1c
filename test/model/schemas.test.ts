import { expect, test } from "vitest";
import type { OpenApiObject, Schema } from "../../generator/openapi/shapes.ts";
import { modelOf, reportedModelOf } from "../support/model.ts";

const done = { 204: { description: "Done." } };

test("schemas whose names meet are told at both places, and get names of their own", () => {
  const { model, reports } = reportedModelOf({
    components: { schemas: { foo_bar: { type: "string" }, "foo-bar": { type: "string" }, FooBar: { type: "string" } } },
  });
  expect(reports).toMatchInlineSnapshot(`
    [
      "warning schema-names-clash: The schemas "FooBar" and "foo-bar" both become the type "FooBar"; "foo-bar" is called "FooBar2". (rename "foo-bar" or "FooBar", so that they differ in more than case and punctuation)",
      "warning schema-names-clash: The schemas "FooBar" and "foo_bar" both become the type "FooBar"; "foo_bar" is called "FooBar3". (rename "foo_bar" or "FooBar", so that they differ in more than case and punctuation)",
    ]
  `);
  expect(model.schemas.map(({ key, name, factoryName }) => ({ key, name, factoryName }))).toMatchInlineSnapshot(`
    [
      {
        "factoryName": "fooBar3",
        "key": "foo_bar",
        "name": "FooBar3",
      },
      {
        "factoryName": "fooBar2",
        "key": "foo-bar",
        "name": "FooBar2",
      },
      {
        "factoryName": "fooBar",
        "key": "FooBar",
        "name": "FooBar",
      },
    ]
  `);
});

test("schemas that differ in case alone are a warning", () => {
  expect(reportedModelOf({ components: { schemas: { Messages: true, messages: true } } }).reports).toMatchInlineSnapshot(`
    [
      "warning schema-names-clash: The schemas "Messages" and "messages" both become the type "Messages"; "messages" is called "Messages2". (rename "messages" or "Messages", so that they differ in more than case and punctuation)",
    ]
  `);
});

test("a schema never takes the name of a global type or of one of ours", () => {
  const { model, reports } = reportedModelOf({
    components: { schemas: { Date: true, DateSchema: true, Client: true, error: true } },
  });
  expect(model.schemas.map(({ key, name }) => `${key}: ${name}`)).toMatchInlineSnapshot(`
    [
      "Date: DateSchema2",
      "DateSchema: DateSchema",
      "Client: ClientSchema",
      "error: ErrorSchema",
    ]
  `);
  expect(reports[0]).toMatchInlineSnapshot(
    `"info schema-name-reserved: The schema "Client" cannot be the type "Client", which has a meaning already; it is called "ClientSchema"."`,
  );
});

test("keys that every object has are ordinary keys", () => {
  const schemas = Object.fromEntries(
    ["__proto__", "constructor", "toString"].map((key): [string, Schema] => [key, { type: "string" }]),
  );
  const model = modelOf({ components: { schemas } });
  expect(model.schemas.map(({ key, name, factoryName }) => `${key}: ${name}, ${factoryName}`)).toMatchInlineSnapshot(`
    [
      "__proto__: Proto, proto",
      "constructor: Constructor, constructorValue",
      "toString: ToString, toStringValue",
    ]
  `);
});

test("a factory is not called as an operation is", () => {
  const model = modelOf({
    paths: { "/pet": { get: { operationId: "pet", responses: done } } },
    components: { schemas: { Pet: { type: "object" }, Delete: { type: "object" } } },
  });
  expect(model.schemas.map(({ factoryName }) => factoryName)).toEqual(["petValue", "deleteValue"]);
});

test("a type for requests is named where a request uses a schema and a property is one-sided at any depth", () => {
  const model = modelOf({
    paths: {
      "/pets": {
        post: {
          operationId: "create",
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
          responses: done,
        },
      },
    },
    components: {
      schemas: {
        Pet: {
          type: "object",
          properties: { owner: { $ref: "#/components/schemas/Owner" }, tag: { $ref: "#/components/schemas/Tag" } },
        },
        Owner: {
          type: "object",
          properties: {
            id: { $ref: "#/components/schemas/Id" },
            pets: { type: "array", items: { $ref: "#/components/schemas/Pet" } },
          },
        },
        Id: { type: "string", readOnly: true },
        Tag: { type: "string" },
        Unused: { type: "object", properties: { id: { $ref: "#/components/schemas/Id" } } },
      },
    },
  });
  expect(model.schemas.map(({ name, writableName }) => `${name}: ${String(writableName)}`)).toEqual([
    "Pet: PetWritable",
    "Owner: OwnerWritable",
    "Id: undefined",
    "Tag: undefined",
    "Unused: undefined",
  ]);
});

test("the type for requests steps aside for a schema of its name", () => {
  const schema: Schema = { type: "object", properties: { id: { type: "string", readOnly: true } } };
  const model = modelOf({
    paths: {
      "/pets": {
        post: {
          operationId: "create",
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
          responses: done,
        },
      },
    },
    components: { schemas: { Pet: schema, PetWritable: { type: "string" } } },
  });
  expect(model.schemas.map(({ name, writableName }) => [name, writableName])).toEqual([
    ["Pet", "PetWritableSchema"],
    ["PetWritable", undefined],
  ]);
});

const file: Schema = { type: "string", format: "binary" };

function upload(
  content: Record<string, { schema: Schema; encoding?: Record<string, { contentType: string }> }>,
  schemas: Record<string, Schema> = {},
): Partial<OpenApiObject> {
  return {
    paths: { "/files": { post: { operationId: "upload", requestBody: { content }, responses: done } } },
    components: { schemas },
  };
}

test("format: binary stays in the parts of a form and goes elsewhere", () => {
  const properties = {
    one: file,
    many: { type: "array", items: file },
    deep: { type: "object", properties: { inner: file } },
  } as const;
  const { model, reports } = reportedModelOf(
    upload({ "multipart/form-data": { schema: { type: "object", properties } }, "application/json": { schema: file } }),
  );
  expect(model.operations[0]?.body?.contents.map(({ schema }) => schema)).toEqual([
    {
      type: "object",
      properties: {
        one: file,
        many: { type: "array", items: file },
        deep: { type: "object", properties: { inner: { type: "string" } } },
      },
    },
    { type: "string" },
  ]);
  expect(reports).toMatchInlineSnapshot(`
    [
      "info binary-format-ignored: \`format: binary\` means bytes in multipart and binary bodies alone; here it is a string. (write "contentEncoding: base64" for bytes in a text, or remove the format)",
    ]
  `);
});

test("a form that is JSON elsewhere keeps its name there, and stands in place with its bytes", () => {
  const form: Schema = { type: "object", properties: { file, note: { type: "string" } } };
  const reference = { $ref: "#/components/schemas/Form" };
  const both = modelOf(
    upload({ "application/json": { schema: reference }, "multipart/form-data": { schema: reference } }, { Form: form }),
  );
  expect(both.schemas[0]?.schema).toEqual({ type: "object", properties: { file: { type: "string" }, note: { type: "string" } } });
  expect(both.operations[0]?.body?.contents.map(({ schema }) => schema)).toEqual([reference, form]);
  const alone = modelOf(upload({ "multipart/form-data": { schema: reference } }, { Form: form }));
  expect(alone.schemas[0]?.schema).toEqual(form);
  expect(alone.operations[0]?.body?.contents.map(({ schema }) => schema)).toEqual([reference]);
});

test("a part is bytes by its media type", () => {
  const schema: Schema = {
    type: "object",
    properties: {
      icon: {},
      photo: { type: "string", contentMediaType: "image/png" },
      text: { type: "string", contentMediaType: "image/png", contentEncoding: "base64" },
    },
  };
  const model = modelOf(
    upload({ "multipart/form-data": { schema, encoding: { icon: { contentType: "image/png, image/jpeg" } } } }),
  );
  expect(model.operations[0]?.body?.contents[0]?.schema).toEqual({
    type: "object",
    properties: {
      icon: file,
      photo: { ...file, contentMediaType: "image/png" },
      text: { type: "string", contentMediaType: "image/png", contentEncoding: "base64" },
    },
  });
});

test("bytes are bytes and text is a string, whatever the schema hopes", () => {
  const pet: Schema = { type: "object", description: "A pet.", properties: { name: { type: "string" } } };
  const content = {
    "image/png": { schema: {} },
    "application/xml": { schema: pet },
    "text/plain": { schema: { type: "string", maxLength: 3 } as const },
    "application/zip": { schema: { $ref: "#/components/schemas/File" } },
  };
  const model = modelOf(upload(content, { File: file }));
  expect(model.operations[0]?.body?.contents.map(({ kind, schema }) => [kind, schema])).toEqual([
    ["binary", file],
    ["text", { type: "string", description: "A pet." }],
    ["text", { type: "string", maxLength: 3 }],
    ["binary", { $ref: "#/components/schemas/File" }],
  ]);
  expect(model.schemas[0]?.schema).toEqual(file);
});

test("a schema that refers to itself does not hold the model up", () => {
  const node: Schema = {
    type: "object",
    allOf: [{ $ref: "#/components/schemas/Node" }],
    properties: { next: { $ref: "#/components/schemas/Node" }, file },
  };
  const reference = { $ref: "#/components/schemas/Node" };
  const model = modelOf(
    upload({ "multipart/form-data": { schema: reference }, "application/json": { schema: reference } }, { Node: node }),
  );
  expect(model.operations[0]?.body?.contents).toHaveLength(2);
});
