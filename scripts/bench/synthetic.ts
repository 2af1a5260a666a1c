/** An OpenAPI document with as many operations as are asked for, in steps of five; the same one for the same number. */
export function syntheticDocument(operations: number): object {
  const resources = Array.from({ length: Math.ceil(operations / 5) }, (_, index) => index);
  return {
    openapi: "3.1.0",
    info: { title: `Synthetic ${operations}`, version: "1.0.0" },
    servers: [{ url: "https://api.example.com" }],
    security: [{ token: [] }],
    paths: Object.assign({}, ...resources.map(pathsOf)) as object,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      parameters: {
        Limit: { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 100, default: 20 } },
        Cursor: { name: "cursor", in: "query", schema: { type: "string" } },
      },
      schemas: Object.assign({ Problem: problem }, ...resources.map((index) => schemasOf(index, resources.length))) as object,
    },
  };
}

const problem = {
  type: "object",
  required: ["title", "status"],
  properties: { title: { type: "string" }, status: { type: "integer" }, detail: { type: "string" } },
};

function pathsOf(index: number): object {
  const name = `Resource${index}`;
  const reference = (schema: string): object => ({ $ref: `#/components/schemas/${schema}` });
  const json = (schema: string): object => ({ content: { "application/json": { schema: reference(schema) } } });
  const answer = (schema: string): object => ({ description: "Done.", ...json(schema) });
  const failure = { description: "Refused.", ...json("Problem") };
  const operation = (verb: string, rest: object): object => ({
    operationId: `${verb}${name}`,
    summary: `${verb} of ${name}.`,
    tags: [name],
    ...rest,
  });
  const id = { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } };
  const shared = ["Limit", "Cursor"].map((one) => ({ $ref: `#/components/parameters/${one}` }));
  return {
    [`/resource-${index}`]: {
      get: operation("list", { parameters: shared, responses: { 200: answer(`${name}Page`), default: failure } }),
      post: operation("create", {
        requestBody: { required: true, ...json(`New${name}`) },
        responses: { 201: answer(name), default: failure },
      }),
    },
    [`/resource-${index}/{id}`]: {
      parameters: [id],
      get: operation("get", { responses: { 200: answer(name), 404: failure, default: failure } }),
      patch: operation("update", {
        requestBody: { required: true, ...json(`New${name}`) },
        responses: { 200: answer(name), default: failure },
      }),
      delete: operation("delete", { responses: { 204: { description: "Gone." }, default: failure } }),
    },
  };
}

function schemasOf(index: number, count: number): object {
  const name = `Resource${index}`;
  const fields = {
    name: { type: "string", minLength: 1, maxLength: 200, description: "What people call it." },
    kind: { enum: ["first", "second", `kind-${index % 7}`] },
    count: { type: "integer", format: "int32", minimum: 0 },
    ratio: { type: "number", exclusiveMinimum: 0 },
    enabled: { type: "boolean", default: true },
    labels: { type: "object", additionalProperties: { type: "string" } },
    tags: { type: "array", uniqueItems: true, maxItems: 20, items: { type: "string", pattern: "^[a-z-]+$" } },
    link: { type: "string", format: "uri" },
    owner: { oneOf: [{ type: "null" }, { $ref: `#/components/schemas/Resource${(index * 7 + 1) % count}` }] },
  };
  return {
    [`New${name}`]: { type: "object", required: ["name", "kind"], properties: fields },
    [name]: {
      description: `The resource of number ${index}.`,
      allOf: [
        { $ref: `#/components/schemas/New${name}` },
        {
          type: "object",
          required: ["id", "created"],
          properties: {
            id: { type: "string", format: "uuid", readOnly: true },
            created: { type: "string", format: "date-time", readOnly: true },
            parent: { $ref: `#/components/schemas/Resource${Math.floor(index / 2)}` },
          },
        },
      ],
    },
    [`${name}Page`]: {
      type: "object",
      required: ["items"],
      properties: {
        items: { type: "array", items: { $ref: `#/components/schemas/${name}` } },
        next: { type: ["string", "null"] },
      },
    },
  };
}
