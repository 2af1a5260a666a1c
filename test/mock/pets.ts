/** A small API with a collection, errors of its own, examples, pages and credentials. */
export const pets = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1" },
  servers: [{ url: "https://pets.example/v1" }],
  paths: {
    "/pets": {
      get: {
        operationId: "listPets",
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 20, default: 10 } },
          { name: "cursor", in: "query", schema: { type: "string" } },
        ],
        responses: {
          "200": {
            description: "A page.",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["items", "has_more"],
                  properties: {
                    items: { type: "array", items: { $ref: "#/components/schemas/Pet" } },
                    next_cursor: { type: ["string", "null"] },
                    has_more: { type: "boolean" },
                  },
                },
              },
            },
          },
        },
      },
      post: {
        operationId: "createPet",
        security: [{ key: [] }],
        requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
        responses: {
          "201": {
            description: "Made.",
            headers: { Location: { schema: { type: "string" } } },
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
          "422": { $ref: "#/components/responses/Problem" },
        },
      },
    },
    "/pets/{petId}": {
      parameters: [{ name: "petId", in: "path", required: true, schema: { type: "integer" } }],
      get: {
        operationId: "getPet",
        responses: {
          "200": {
            description: "A pet.",
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Pet" },
                examples: {
                  cat: { value: { id: 1, name: "Felix", kind: "cat" } },
                  dog: { value: { id: 2, name: "Rex", kind: "dog" } },
                },
              },
            },
          },
          "404": { $ref: "#/components/responses/Problem" },
        },
      },
      put: {
        operationId: "replacePet",
        requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
        responses: {
          "200": { description: "A pet.", content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
        },
      },
      patch: {
        operationId: "updatePet",
        requestBody: {
          content: {
            "application/json": {
              schema: { type: "object", properties: { name: { type: "string" }, secret: { type: "string" } } },
            },
          },
        },
        responses: {
          "200": { description: "A pet.", content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
        },
      },
      delete: { operationId: "deletePet", responses: { "204": { description: "Gone." } } },
    },
  },
  components: {
    securitySchemes: { key: { type: "http", scheme: "bearer" } },
    responses: {
      Problem: {
        description: "What is wrong.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
    schemas: {
      Problem: {
        type: "object",
        required: ["message"],
        properties: { code: { type: "string" }, message: { type: "string" } },
      },
      Pet: {
        type: "object",
        required: ["id", "name"],
        properties: {
          id: { type: "integer", readOnly: true },
          name: { type: "string", minLength: 1 },
          kind: { enum: ["cat", "dog"] },
          secret: { type: "string", writeOnly: true },
        },
        additionalProperties: false,
      },
    },
  },
};
