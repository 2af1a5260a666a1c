import type { OpenApiObject } from "../../generator/openapi/shapes.ts";

const projectId = {
  name: "project_id",
  in: "path",
  required: true,
  description: "The project.",
  schema: { type: "string" },
} as const;
const id = { name: "id", in: "path", required: true, schema: { type: "integer" } } as const;
const problem = {
  description: "Refused.",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
} as const;
const thing = {
  description: "A thing.",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
} as const;

/** An API with all that a client knows: servers, a shared parameter, two schemes, bodies and parameters of every kind. */
export const things = {
  openapi: "3.1.0",
  info: { title: "Things", version: "1" },
  servers: [
    { url: "https://us.example.com/api", description: "The US" },
    { url: "https://eu.example.com/api", description: "The EU" },
    {
      url: "https://{host}/api",
      description: "Self-hosted",
      variables: { host: { default: "localhost", description: "Your host." } },
    },
  ],
  tags: [{ name: "things", description: "All kinds of things." }],
  security: [{ Key: [] }],
  paths: {
    "/projects/{project_id}/things": {
      get: {
        operationId: "things_list",
        tags: ["things"],
        summary: "List things",
        parameters: [
          projectId,
          { name: "limit", in: "query", schema: { type: "integer" } },
          { name: "X-Trace", in: "header", schema: { type: "string" } },
        ],
        responses: {
          "200": {
            description: "Things.",
            content: { "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Thing" } } } },
          },
          "429": problem,
        },
      },
      post: {
        operationId: "things_create",
        tags: ["things"],
        summary: "Create a thing",
        deprecated: true,
        parameters: [projectId, { name: "dry_run", in: "query", schema: { type: "boolean" } }],
        requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
        responses: {
          "201": thing,
          "400": problem,
          "409": {
            description: "There is one.",
            content: {
              "application/json": { schema: { type: "object", required: ["other"], properties: { other: { type: "integer" } } } },
            },
          },
        },
      },
    },
    "/projects/{project_id}/things/{id}": {
      get: {
        operationId: "things_retrieve",
        tags: ["things"],
        parameters: [projectId, id],
        responses: { "200": thing, "404": problem },
        security: [{ Key: [] }, { Share: [] }],
      },
      put: {
        operationId: "things_update",
        tags: ["things"],
        parameters: [projectId, id],
        requestBody: {
          required: true,
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/Thing" } },
            "text/csv": { schema: { type: "string" } },
          },
        },
        responses: { "204": { description: "Done." }, default: problem },
      },
      delete: {
        operationId: "things_delete",
        tags: ["things"],
        parameters: [
          projectId,
          id,
          { name: "why", in: "query", required: true, schema: { type: "string" } },
          { name: "why", in: "header", schema: { type: "string" } },
        ],
        responses: { "204": { description: "Gone." }, "404": problem },
      },
    },
  },
  components: {
    schemas: {
      Thing: { type: "object", required: ["name"], properties: { name: { type: "string" } }, additionalProperties: false },
      Problem: { type: "object", required: ["detail"], properties: { detail: { type: "string" } } },
    },
    securitySchemes: {
      Key: { type: "http", scheme: "bearer", description: "Your key.", "x-triad-env": "THINGS_API_KEY" },
      Share: { type: "apiKey", in: "query", name: "share" },
    },
  },
} satisfies OpenApiObject;
