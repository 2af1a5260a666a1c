import type { OpenApiObject } from "../../generator/openapi/shapes.ts";

const pets = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1" },
  paths: {
    "/pets": {
      summary: "Pets",
      get: {
        operationId: "listPets",
        summary: "List pets",
        description: "In the order of their names.",
        parameters: [
          {
            name: "limit",
            in: "query",
            description: "How many.",
            schema: { type: "integer", minimum: 1, maximum: 100, default: 20 },
          },
          { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } }, deprecated: true },
          { name: "X-Trace", in: "header", schema: { type: "string" } },
          { name: "session", in: "cookie", required: true, schema: { type: "string" } },
        ],
        responses: {
          "200": {
            description: "Some pets.",
            headers: {
              "X-Next": { description: "The next page.", required: true, schema: { type: "string" } },
              "X-Total": { schema: { type: "integer" } },
            },
            content: { "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Pet" } } } },
          },
          "4XX": {
            description: "Refused.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
          },
          default: { description: "Anything else.", content: { "text/plain": { schema: { type: "string" } } } },
        },
      },
      post: {
        operationId: "createPet",
        requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
        responses: {
          "201": { description: "Made.", content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
          "204": { description: "Nothing." },
        },
      },
    },
    "/pets/{petId}": {
      put: {
        operationId: "updatePet",
        deprecated: true,
        externalDocs: { url: "https://example.com/pets", description: "More" },
        parameters: [{ name: "petId", in: "path", required: true, schema: { type: "integer" } }],
        requestBody: {
          description: "A pet, perhaps.",
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/Animal" } },
            "application/x-www-form-urlencoded": {
              schema: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
            },
          },
        },
        responses: {
          "200": { description: "Done.", content: { "application/json": { schema: { $ref: "#/components/schemas/Animal" } } } },
        },
      },
      delete: {
        operationId: "deletePet",
        parameters: [{ name: "petId", in: "path", required: true, schema: { type: "integer" } }],
        responses: {
          "204": { description: "Gone." },
          "404": {
            description: "Never was.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
          },
        },
      },
    },
    "/pets/{petId}/photo": {
      get: {
        operationId: "getPhoto",
        parameters: [{ name: "petId", in: "path", required: true, schema: { type: "integer" } }],
        responses: {
          "200": { description: "A photo.", content: { "image/png": { schema: { type: "string", format: "binary" } } } },
        },
      },
      post: {
        operationId: "addPhoto",
        parameters: [{ name: "petId", in: "path", required: true, schema: { type: "integer" } }],
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                required: ["file"],
                properties: { file: { type: "string", format: "binary" }, caption: { type: "string" } },
              },
            },
          },
        },
        responses: { "204": { description: "Kept." } },
      },
    },
  },
  webhooks: {
    petAdded: {
      post: {
        operationId: "petAdded",
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
        responses: { "200": { description: "Heard." } },
      },
    },
  },
  components: {
    schemas: {
      Pet: {
        type: "object",
        description: "A pet.",
        required: ["id", "name"],
        properties: {
          id: { type: "integer", format: "int64", readOnly: true },
          name: { type: "string", examples: ["Rex"] },
          secret: { type: "string", writeOnly: true },
          status: { type: ["string", "null"], enum: ["available", "sold", null], default: "available" },
          friends: { type: "array", items: { $ref: "#/components/schemas/Pet" } },
        },
      },
      Cat: { type: "object", required: ["kind"], properties: { kind: { type: "string" }, lives: { type: "integer" } } },
      Dog: { type: "object", required: ["kind"], properties: { kind: { type: "string" }, good: { type: "boolean" } } },
      Animal: {
        oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
        discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" } },
      },
      Labels: {
        type: "object",
        required: ["name"],
        properties: { name: { type: "string" } },
        additionalProperties: { type: "number" },
      },
      Point: { type: "array", prefixItems: [{ type: "number" }, { type: "number" }], items: { type: "string" } },
      Problem: {
        type: "object",
        required: ["title"],
        properties: {
          title: { type: "string" },
          errors: { type: "array", items: { type: "object", properties: { at: { type: "string" } } } },
        },
      },
    },
  },
} satisfies OpenApiObject;

/** Names that are hard to write: of globals, of members of all objects, and such as need quotes. */
const names = {
  openapi: "3.1.0",
  info: { title: "Names", version: "1" },
  paths: {
    "/it's/{a-b}": {
      get: {
        operationId: 'get it\'s "b"',
        parameters: [{ name: "a-b", in: "path", required: true, schema: { type: "string" } }],
        responses: {
          "200": {
            description: "Ok",
            content: { "application/json; charset=utf-8": { schema: { $ref: "#/components/schemas/Date" } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Date: {
        type: "object",
        properties: {
          record: { $ref: "#/components/schemas/Record" },
          "a-b": { type: "string" },
          constructor: { type: "string" as const },
        },
      },
      Record: { type: "object", additionalProperties: { $ref: "#/components/schemas/Record" } },
      Response: { anyOf: [{ $ref: "#/components/schemas/foo-bar" }, { $ref: "#/components/schemas/Error" }] },
      "foo-bar": { type: "object", additionalProperties: false },
      Error: { enum: ["a", "it's", 'say "hi"', `both ' and "`] },
      string: { type: "array", items: { $ref: "#/components/schemas/Promise" } },
      Promise: { type: "object", properties: { blob: { type: "string" } } },
      Blob: { const: "Blob" },
      日本: { type: "object", properties: { 名前: { type: "string" }, "emoji 😀": { type: "string" } } },
    },
  },
} satisfies OpenApiObject;

/** Types that do not fit in a line, in every place where they may stand. */
const long = ["a", "b", "c", "d", "e"].map((letter) => letter.repeat(28));
const wide = {
  openapi: "3.1.0",
  info: { title: "Wide", version: "1" },
  paths: {},
  components: {
    schemas: {
      Union: { enum: long },
      NullableUnion: { type: ["string", "null"], enum: [...long, null] },
      Array: { type: "array", items: { enum: long } },
      ArrayOfArrays: { type: "array", items: { type: "array", items: { enum: long } } },
      Tuple: {
        type: "array",
        prefixItems: [
          { enum: long },
          { type: "array", items: { enum: long } },
          { type: "object", properties: { a: { enum: long } } },
        ],
        items: { enum: long },
      },
      Map: { type: "object", additionalProperties: { enum: long } },
      References: { anyOf: long.map((key) => ({ $ref: `#/components/schemas/${key}` })) },
      Intersection: { allOf: long.map((key) => ({ $ref: `#/components/schemas/${key}` })) },
      Mixed: {
        allOf: [
          { $ref: `#/components/schemas/${long[0]}` },
          { type: "object", properties: { b: { enum: long } } },
          { $ref: `#/components/schemas/${long[1]}` },
          { anyOf: [{ $ref: `#/components/schemas/${long[2]}` }, { type: "object", properties: { c: { type: "string" } } }] },
        ],
      },
      Objects: {
        anyOf: [
          { type: "object", properties: { a: { type: "string", description: "A." } } },
          { type: "object", properties: { b: { type: "object", properties: { c: { enum: long } } } } },
          { type: "null" },
        ],
      },
      NullableObject: { anyOf: [{ type: "object", properties: { a: { type: "string", description: "A." } } }, { type: "null" }] },
      LongText: { const: "x".repeat(120) },
      Holder: {
        type: "object",
        properties: {
          union: { enum: long },
          nullable: { anyOf: [{ type: "array", items: { enum: long } }, { type: "null" }] },
          object: { anyOf: [{ type: "object", properties: { a: { enum: long } } }, { type: "null" }] },
          text: { const: "x".repeat(120) },
          intersection: {
            allOf: [
              { $ref: `#/components/schemas/${long[0]}` },
              { anyOf: long.slice(1).map((key) => ({ $ref: `#/components/schemas/${key}` })) },
            ],
          },
          deep: {
            type: "object",
            properties: {
              deeper: {
                type: "array",
                items: {
                  type: "object",
                  properties: {
                    tuple: {
                      type: "array",
                      prefixItems: long.map((key) => ({ $ref: `#/components/schemas/${key}` })),
                      items: false,
                    },
                  },
                },
              },
            },
          },
          ["k".repeat(110)]: { type: ["string", "number"] },
        },
      },
      ...Object.fromEntries(long.map((key) => [key, { type: "object", properties: { [key]: { type: "string" } } }] as const)),
    },
  },
} satisfies OpenApiObject;

/** Small normalized documents that between them hold what emitters must cope with. */
export const sampleDocuments: { readonly [name in "pets" | "names" | "wide" | "nothing"]: OpenApiObject } = {
  pets,
  names,
  wide,
  nothing: { openapi: "3.1.0", info: { title: "Nothing", version: "1" }, paths: {} },
};
