/** Every fixed field of every object of OpenAPI 2.0, 3.0, 3.1 and 3.2, as the specifications list them, each with a value that says something. */

type Json = { readonly [key: string]: unknown };

/** An object of the specification: a document that holds one with more fields, where it stands, and the fields that it can have. */
export interface Subject {
  readonly name: string;
  readonly versions: readonly Version[];
  readonly at: string;
  readonly document: (more: Json) => Json;
  /** What has to be there for other fields to mean something comes with them. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type Version = "2.0" | "3.0" | "3.1" | "3.2";

const three: readonly Version[] = ["3.0", "3.1", "3.2"];
const info = { title: "Title", version: "1" };
const text = { type: "string" };
const responses = { 200: { description: "Fine." } };
const docs = { url: "https://docs.example/more", description: "More." };

const api = (more: Json): Json => ({ info, paths: { "/a": { get: { operationId: "getA", responses } } }, ...more });
const item = (more: Json): Json =>
  api({ paths: { "/a/{id}": { parameters: [pathId], get: { operationId: "getA", responses }, ...more } } });
const pathId = { name: "id", in: "path", required: true, schema: text };
const operation = (more: Json): Json =>
  api({
    paths: { "/a": { post: { operationId: "postA", responses, ...more } }, "/b": { get: { operationId: "getB", responses } } },
  });
const parameter = (more: Json): Json =>
  operation({
    parameters: [
      { name: "p", in: "query", ...(more["content"] === undefined ? { schema: { type: "array", items: text } } : {}), ...more },
    ],
  });
const header = (more: Json): Json =>
  operation({
    responses: {
      200: {
        description: "Fine.",
        headers: { H: { ...(more["content"] === undefined ? { schema: { type: "array", items: text } } : {}), ...more } },
      },
    },
  });
const body = (more: Json): Json => operation({ requestBody: { content: { "application/json": { schema: text } }, ...more } });
const media = (more: Json, type = "application/json"): Json => body({ content: { [type]: more } });
const form = { type: "object", properties: { p: { type: "array", items: text } } };
const encoding = (more: Json): Json => media({ schema: form, encoding: { p: more } }, "multipart/form-data");
const response = (more: Json): Json => operation({ responses: { 200: { description: "Fine.", ...more } } });
const example = (more: Json): Json => media({ schema: text, examples: { one: { value: "zero", ...more } } });
const link = (more: Json): Json => response({ links: { next: { operationId: "getB", ...more } } });
const server = (more: Json): Json => api({ servers: [{ url: "https://{host}.example", ...more }] });
const variable = (more: Json): Json => server({ variables: { host: { default: "one", ...more } } });
const tag = (more: Json): Json => api({ tags: [{ name: "over" }, { name: "tag", ...more }] });
const scheme = (more: Json): Json => api({ components: { securitySchemes: { S: more } }, security: [{ S: [] }] });
const oauth = (more: Json, name = "clientCredentials"): Json =>
  scheme({ type: "oauth2", flows: { [name]: { tokenUrl: "https://id.example/token", scopes: {}, ...more } } });
const schema = (more: Json): Json => ({
  ...media({ schema: { $ref: "#/components/schemas/S" } }),
  components: {
    schemas: {
      S: more,
      One: { type: "object", properties: { kind: text } },
      Two: { type: "object", properties: { kind: text, other: text } },
    },
  },
});
const xml = (more: Json): Json => schema({ type: "object", properties: { p: { type: "string", xml: more } } });
const union = { oneOf: [{ $ref: "#/components/schemas/One" }, { $ref: "#/components/schemas/Two" }] };
const component = (name: string, value: unknown): Json => ({ components: { [name]: { Some: value } } });
const flow = {
  authorizationUrl: "https://id.example/authorize",
  refreshUrl: "https://id.example/refresh",
  scopes: { read: "Reads." },
};

const documented = { summary: "Summary.", description: "Description." };
const callback = { "{$request.query.u}": { post: { responses } } };

export const subjects: readonly Subject[] = [
  ...swaggerSubjects(),
  subject("OpenAPI Object", three, "", api, {
    servers: [{ url: "https://one.example" }],
    tags: [{ name: "t", description: "T." }],
    externalDocs: docs,
    security: [{ S: [] }],
  }),
  subject("OpenAPI Object", ["3.1", "3.2"], "", api, {
    webhooks: { born: { post: { responses } } },
  }),
  subject("OpenAPI Object", ["3.1", "3.2"], "", (more) => ({ ...schema({ type: "array", prefixItems: [text] }), ...more }), {
    jsonSchemaDialect: "https://dialect.example/of-our-own",
  }),
  subject("OpenAPI Object", ["3.2"], "", api, { $self: "https://self.example/api.yaml" }, ["$self"]),
  subject("Info Object", three, "/info", (more) => ({ ...api({}), info: { ...info, ...more } }), {
    description: "Description.",
    termsOfService: "https://terms.example",
    contact: { name: "Ada" },
    license: { name: "MIT" },
  }),
  subject("Info Object", ["3.1", "3.2"], "/info", (more) => ({ ...api({}), info: { ...info, ...more } }), {
    summary: "Summary.",
  }),
  subject("Contact Object", three, "/info/contact", (more) => ({ ...api({}), info: { ...info, contact: { ...more } } }), {
    name: "Ada",
    url: "https://ada.example",
    email: "ada@example.com",
  }),
  subject(
    "License Object",
    three,
    "/info/license",
    (more) => ({ ...api({}), info: { ...info, license: { name: "MIT", ...more } } }),
    {
      url: "https://mit.example",
    },
  ),
  subject(
    "License Object",
    ["3.1", "3.2"],
    "/info/license",
    (more) => ({ ...api({}), info: { ...info, license: { name: "M", ...more } } }),
    {
      identifier: "MIT",
    },
  ),
  subject("Server Object", three, "/servers/0", server, { description: "Description.", variables: { host: { default: "one" } } }),
  subject("Server Object", ["3.2"], "/servers/0", server, { name: "live" }),
  subject("Server Variable Object", three, "/servers/0/variables/host", variable, {
    enum: ["one", "two"],
    description: "Description.",
  }),
  ...["schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes"].map((name) =>
    subject("Components Object", three, "/components", (more) => api({ components: more }), {
      [name]: { Some: componentOf(name) },
    }),
  ),
  subject("Path Item Object", three, "/paths/~1a~1{id}", item, {
    ...documented,
    ...Object.fromEntries(
      ["put", "post", "delete", "options", "head", "patch", "trace"].map((method) => [
        method,
        { operationId: method, responses },
      ]),
    ),
    servers: [{ url: "https://other.example" }],
    parameters: [pathId, { name: "q", in: "query", schema: text }],
  }),
  subject("Path Item Object", ["3.2"], "/paths/~1a~1{id}", item, {
    query: { operationId: "search", responses },
    additionalOperations: { COPY: { operationId: "copy", responses } },
  }),
  subject("Operation Object", three, "/paths/~1a/post", operation, {
    tags: ["t"],
    ...documented,
    externalDocs: docs,
    operationId: "other",
    parameters: [{ name: "q", in: "query", schema: text }],
    requestBody: { content: { "application/json": {} } },
    responses: { 204: { description: "Nothing." } },
    callbacks: { told: callback },
    deprecated: true,
    security: [{ S: [] }],
    servers: [{ url: "https://other.example" }],
  }),
  subject(
    "External Documentation Object",
    three,
    "/externalDocs",
    (more) => api({ externalDocs: { url: "https://x.example", ...more } }),
    {
      description: "Description.",
    },
  ),
  subject("Parameter Object", three, "/paths/~1a/post/parameters/0", parameter, {
    name: "other",
    in: "header",
    description: "Description.",
    required: true,
    deprecated: true,
    allowEmptyValue: true,
    style: "pipeDelimited",
    explode: false,
    allowReserved: true,
    schema: text,
    example: ["one"],
    examples: { one: { value: ["one"] } },
    content: { "application/json": {} },
  }),
  subject(
    "Parameter Object",
    ["3.2"],
    "/paths/~1a/post/parameters/0",
    (more) => parameter({ content: { "text/plain": { schema: text } }, ...more }),
    {
      in: "querystring",
    },
  ),
  subject("Request Body Object", three, "/paths/~1a/post/requestBody", body, {
    description: "Description.",
    content: { "text/plain": {} },
    required: true,
  }),
  subject("Media Type Object", three, "/paths/~1a/post/requestBody/content/application~1json", (more) => media(more), {
    schema: text,
    example: "one",
    examples: { one: { value: "one" } },
  }),
  subject(
    "Media Type Object",
    three,
    "/paths/~1a/post/requestBody/content/multipart~1form-data",
    (more) => media({ schema: form, ...more }, "multipart/form-data"),
    {
      encoding: { p: { contentType: "text/csv" } },
    },
  ),
  subject(
    "Media Type Object",
    ["3.2"],
    "/paths/~1a/post/requestBody/content/application~1jsonl",
    (more) => media(more, "application/jsonl"),
    {
      itemSchema: text,
    },
  ),
  subject(
    "Media Type Object",
    ["3.2"],
    "/paths/~1a/post/requestBody/content/multipart~1mixed",
    (more) => media({ schema: { type: "array", items: text }, ...more }, "multipart/mixed"),
    {
      prefixEncoding: [{ contentType: "text/csv" }],
      itemEncoding: { contentType: "text/csv" },
      itemSchema: text,
    },
  ),
  subject("Encoding Object", three, "/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/p", encoding, {
    contentType: "text/csv",
    headers: { H: { schema: text } },
    style: "pipeDelimited",
    explode: false,
    allowReserved: true,
  }),
  subject("Encoding Object", ["3.2"], "/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/p", encoding, {
    encoding: { q: { contentType: "text/csv" } },
    prefixEncoding: [{ contentType: "text/csv" }],
    itemEncoding: { contentType: "text/csv" },
  }),
  subject("Response Object", three, "/paths/~1a/post/responses/200", response, {
    description: "Other.",
    headers: { H: { schema: text } },
    content: { "application/json": {} },
    links: { next: { operationId: "getB" } },
  }),
  subject("Response Object", ["3.2"], "/paths/~1a/post/responses/200", response, { summary: "Summary." }),
  subject("Example Object", three, "/paths/~1a/post/requestBody/content/application~1json/examples/one", example, {
    summary: "Other.",
    description: "Description.",
    value: "one",
    externalValue: "https://one.example",
  }),
  subject("Example Object", ["3.2"], "/paths/~1a/post/requestBody/content/application~1json/examples/one", example, {
    serializedValue: '"one"',
  }),
  subject(
    "Example Object",
    ["3.2"],
    "/paths/~1a/post/requestBody/content/application~1json/examples/one",
    (more) => media({ schema: text, examples: { one: { summary: "S.", ...more } } }),
    {
      dataValue: "one",
    },
  ),
  subject(
    "Link Object",
    three,
    "/paths/~1a/post/responses/200/links/next",
    link,
    {
      operationRef: "#/paths/~1b/get",
      operationId: "postA",
      parameters: { p: "$response.body#/id" },
      requestBody: "$response.body",
      description: "Description.",
      server: { url: "https://other.example" },
    },
    ["operationRef"],
  ),
  subject("Link Object", three, "/paths/~1a/post/responses/200/links/next", (more) => response({ links: { next: more } }), {
    operationRef: "#/paths/~1b/get",
  }),
  subject(
    "Header Object",
    three,
    "/paths/~1a/post/responses/200/headers/H",
    header,
    {
      description: "Description.",
      required: true,
      deprecated: true,
      style: "simple",
      explode: true,
      schema: { type: "integer" },
      example: ["one"],
      examples: { one: { value: ["one"] } },
      content: { "application/json": {} },
    },
    ["style"],
  ),
  subject("Tag Object", three, "/tags/1", tag, { description: "Description.", externalDocs: docs }),
  subject("Tag Object", ["3.2"], "/tags/1", tag, { summary: "Summary.", parent: "over", kind: "nav" }),
  subject("Schema Object", three, "/components/schemas/S", schema, {
    ...{ title: "T", description: "D.", default: "one", deprecated: true, example: "one", externalDocs: docs },
    ...{ type: "string", format: "uuid", enum: ["one"], not: { type: "null" }, allOf: [text], anyOf: [text], oneOf: [text] },
  }),
  ...[
    [{ type: "string" }, { minLength: 1, maxLength: 3, pattern: "^a", readOnly: true, writeOnly: true }],
    [{ type: "number" }, { multipleOf: 2, maximum: 4, minimum: 2 }],
    [
      { type: "array", items: text },
      { maxItems: 2, minItems: 1, uniqueItems: true, items: { type: "integer" } },
    ],
    [
      { type: "object" },
      { maxProperties: 2, minProperties: 1, required: ["p"], properties: { p: text }, additionalProperties: text },
    ],
  ].map(([base, fields]) =>
    subject(
      "Schema Object",
      three,
      "/components/schemas/S/properties/p",
      (more) => schema({ type: "object", properties: { p: { ...base, ...more } } }),
      fields ?? {},
    ),
  ),
  ...[
    [
      { type: "number", minimum: 1, maximum: 9 },
      { exclusiveMaximum: true, exclusiveMinimum: true, nullable: true },
    ],
  ].map(([base, fields]) =>
    subject("Schema Object", ["3.0"], "/components/schemas/S", (more) => schema({ ...base, ...more }), fields ?? {}),
  ),
  subject("Schema Object", three, "/components/schemas/S", (more) => schema({ ...union, ...more }), {
    discriminator: { propertyName: "kind" },
  }),
  subject(
    "Discriminator Object",
    three,
    "/components/schemas/S/discriminator",
    (more) => schema({ ...union, discriminator: { propertyName: "kind", ...more } }),
    {
      propertyName: "other",
      mapping: { x: "One" },
    },
    ["propertyName"],
  ),
  subject(
    "Discriminator Object",
    ["3.2"],
    "/components/schemas/S/discriminator",
    (more) => schema({ ...union, discriminator: { propertyName: "kind", mapping: { x: "One" }, ...more } }),
    {
      defaultMapping: "Two",
    },
  ),
  subject("XML Object", three, "/components/schemas/S/properties/p/xml", xml, {
    name: "n",
    namespace: "https://ns.example",
    prefix: "x",
    attribute: true,
    wrapped: true,
  }),
  subject("XML Object", ["3.2"], "/components/schemas/S/properties/p/xml", xml, { nodeType: "attribute" }),
  subject(
    "Security Scheme Object",
    three,
    "/components/securitySchemes/S",
    (more) => scheme({ type: "http", scheme: "bearer", ...more }),
    {
      type: "openIdConnect",
      description: "Description.",
      scheme: "basic",
      bearerFormat: "JWT",
    },
  ),
  subject(
    "Security Scheme Object",
    three,
    "/components/securitySchemes/S",
    (more) => scheme({ type: "apiKey", in: "header", name: "K", ...more }),
    {
      in: "query",
      name: "other",
    },
  ),
  subject(
    "Security Scheme Object",
    three,
    "/components/securitySchemes/S",
    (more) => scheme({ type: "openIdConnect", ...more }),
    {
      openIdConnectUrl: "https://id.example",
    },
  ),
  subject("Security Scheme Object", three, "/components/securitySchemes/S", (more) => scheme({ type: "oauth2", ...more }), {
    flows: { implicit: { authorizationUrl: "https://id.example", scopes: {} } },
  }),
  subject(
    "Security Scheme Object",
    ["3.2"],
    "/components/securitySchemes/S",
    (more) => scheme({ type: "oauth2", flows: {}, ...more }),
    {
      oauth2MetadataUrl: "https://id.example",
      deprecated: true,
    },
  ),
  subject("OAuth Flow Object", three, "/components/securitySchemes/S/flows/clientCredentials", (more) => oauth(more), {
    ...flow,
    tokenUrl: "https://t.example",
  }),
  subject(
    "OAuth Flow Object",
    ["3.2"],
    "/components/securitySchemes/S/flows/deviceAuthorization",
    (more) => oauth(more, "deviceAuthorization"),
    {
      deviceAuthorizationUrl: "https://id.example/device",
    },
  ),
  subject(
    "Callback Object",
    three,
    "/paths/~1a/post/callbacks/told",
    (more) => operation({ callbacks: { told: { ...callback, ...more } } }),
    {
      "{$request.query.v}": { post: { responses } },
    },
  ),
];

function componentOf(name: string): unknown {
  const values: Readonly<Record<string, unknown>> = {
    schemas: text,
    responses: { description: "Fine." },
    parameters: { name: "q", in: "query", schema: text },
    requestBodies: { content: { "application/json": { schema: text } } },
    headers: { schema: text },
    securitySchemes: { type: "http", scheme: "bearer" },
  };
  return values[name] ?? component;
}

function subject(
  name: string,
  versions: readonly Version[],
  at: string,
  document: Subject["document"],
  fields: Subject["fields"],
  without: readonly string[] = [],
): Subject {
  return {
    name,
    versions,
    at,
    document,
    fields: Object.fromEntries(Object.entries(fields).filter(([key]) => !without.includes(key))),
  };
}

/** https://spec.openapis.org/oas/v2.0 */
function swaggerSubjects(): Subject[] {
  const two: readonly Version[] = ["2.0"];
  const pathParameter = { name: "id", in: "path", required: true, type: "string" };
  const parameterOf = (more: Json): Json =>
    operation({ parameters: [{ name: "p", in: "query", type: "array", items: text, ...more }] });
  const bodyOf = (more: Json): Json => operation({ parameters: [{ name: "p", in: "body", schema: text, ...more }] });
  const formOf = (more: Json): Json =>
    operation({ parameters: [{ name: "p", in: "formData", type: "array", items: text, ...more }] });
  const headerOf = (more: Json): Json =>
    operation({ responses: { 200: { description: "Fine.", headers: { H: { type: "array", items: text, ...more } } } } });
  const schemaOf = (more: Json): Json => ({ ...response({ schema: { $ref: "#/definitions/S" } }), definitions: { S: more } });
  const schemeOf = (more: Json): Json => api({ securityDefinitions: { S: more }, security: [{ S: [] }] });
  const strings = { maxLength: 4, minLength: 2, pattern: "^a", enum: ["ab"], default: "ab", format: "uuid" };
  const numbers = { maximum: 9, minimum: 2, multipleOf: 2 };
  const bounds = { exclusiveMaximum: true, exclusiveMinimum: true };
  const arrays = { maxItems: 3, minItems: 1, uniqueItems: true, items: { type: "integer" }, default: ["a"] };
  const typed = (name: string, at: string, document: (more: Json) => Json): Subject[] => [
    subject(name, two, at, (more) => document({ type: "string", items: undefined, ...more }), strings),
    subject(name, two, at, (more) => document({ type: "number", items: undefined, ...more }), numbers),
    subject(name, two, at, (more) => document({ type: "number", items: undefined, maximum: 9, minimum: 1, ...more }), bounds),
    subject(name, two, at, document, arrays),
  ];
  const parameterPlace = "/paths/~1a/post/parameters/0";
  const headerPlace = "/paths/~1a/post/responses/200/headers/H";
  const flowUrls = { authorizationUrl: "https://id.example/a", tokenUrl: "https://id.example/t" };
  return [
    subject("Swagger Object", two, "", (more) => ({ ...api({}), host: "api.example", ...more }), {
      host: "other.example",
      basePath: "/v1",
      schemes: ["http"],
      securityDefinitions: { S: { type: "basic" } },
      security: [{ S: [] }],
      tags: [{ name: "t", description: "T." }],
      externalDocs: docs,
      definitions: { S: text },
      parameters: { P: { name: "p", in: "query", type: "string" } },
      responses: { R: { description: "R." } },
    }),
    subject("Swagger Object", two, "", (more) => ({ ...bodyOf({}), ...more }), { consumes: ["text/plain"] }),
    subject("Swagger Object", two, "", (more) => ({ ...response({ schema: text }), ...more }), { produces: ["text/plain"] }),
    subject("Info Object", two, "/info", (more) => ({ ...api({}), info: { ...info, ...more } }), {
      description: "D.",
      termsOfService: "https://terms.example",
      contact: { name: "Ada", url: "https://ada.example", email: "a@example.com" },
      license: { name: "MIT", url: "https://mit.example" },
    }),
    subject(
      "Path Item Object",
      two,
      "/paths/~1a~1{id}",
      (more) => api({ paths: { "/a/{id}": { parameters: [pathParameter], get: { operationId: "g", responses }, ...more } } }),
      {
        ...Object.fromEntries(
          ["put", "post", "delete", "options", "head", "patch"].map((method) => [method, { operationId: method, responses }]),
        ),
        parameters: [pathParameter, { name: "q", in: "query", type: "string" }],
      },
    ),
    subject(
      "Operation Object",
      two,
      "/paths/~1a/post",
      (more) => ({
        ...operation({
          parameters: [{ name: "b", in: "body", schema: text }],
          responses: { 200: { description: "Fine.", schema: text } },
          ...more,
        }),
        host: "api.example",
      }),
      {
        tags: ["t"],
        ...documented,
        externalDocs: docs,
        operationId: "other",
        consumes: ["text/plain"],
        produces: ["text/plain"],
        parameters: [],
        responses: { 204: { description: "Nothing." } },
        schemes: ["http"],
        deprecated: true,
        security: [{ S: [] }],
      },
    ),
    subject("Parameter Object", two, parameterPlace, parameterOf, {
      name: "other",
      in: "header",
      description: "D.",
      required: true,
      allowEmptyValue: true,
      collectionFormat: "pipes",
    }),
    subject("Parameter Object", two, parameterPlace, bodyOf, { description: "D.", required: true, schema: { type: "integer" } }),
    subject("Parameter Object", two, parameterPlace, formOf, {
      description: "D.",
      required: true,
      collectionFormat: "multi",
      allowEmptyValue: true,
    }),
    ...typed("Parameter Object", parameterPlace, parameterOf),
    ...typed("Header Object", headerPlace, headerOf),
    ...typed("Items Object", `${parameterPlace}/items`, (more) =>
      parameterOf({ items: { type: "array", items: text, ...more } }),
    ),
    subject("Header Object", two, headerPlace, headerOf, { description: "D.", collectionFormat: "pipes" }),
    subject("Response Object", two, "/paths/~1a/post/responses/200", response, {
      description: "Other.",
      schema: text,
      headers: { H: { type: "string" } },
      examples: { "application/json": "one" },
    }),
    subject("Schema Object", two, "/definitions/S", schemaOf, {
      ...{
        title: "T",
        description: "D.",
        default: "a",
        example: "a",
        externalDocs: docs,
        type: "string",
        allOf: [text],
      },
    }),
    subject(
      "Schema Object",
      two,
      "/definitions/S/properties/p",
      (more) => schemaOf({ type: "object", properties: { p: { type: "string", ...more } } }),
      { ...strings, readOnly: true },
    ),
    subject("Schema Object", two, "/definitions/S", (more) => schemaOf({ type: "object", properties: { kind: text }, ...more }), {
      required: ["kind"],
      maxProperties: 2,
      minProperties: 1,
      additionalProperties: text,
      discriminator: "kind",
    }),
    subject("XML Object", two, "/definitions/S/xml", (more) => schemaOf({ type: "string", xml: more }), {
      name: "n",
      namespace: "https://n.example",
      prefix: "p",
      attribute: true,
      wrapped: true,
    }),
    subject("Tag Object", two, "/tags/0", (more) => api({ tags: [{ name: "t", ...more }] }), {
      description: "T.",
      externalDocs: docs,
    }),
    subject(
      "Security Scheme Object",
      two,
      "/securityDefinitions/S",
      (more) => schemeOf({ type: "apiKey", in: "header", name: "K", ...more }),
      {
        type: "basic",
        description: "D.",
        name: "other",
        in: "query",
      },
    ),
    subject(
      "Security Scheme Object",
      two,
      "/securityDefinitions/S",
      (more) => schemeOf({ type: "oauth2", flow: "accessCode", ...flowUrls, scopes: {}, ...more }),
      {
        flow: "implicit",
        authorizationUrl: "https://other.example",
        tokenUrl: "https://other.example",
        scopes: { read: "Reads." },
      },
    ),
  ];
}
