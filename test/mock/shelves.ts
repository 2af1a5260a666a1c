/** Lists cut into pages in every style, and collections that are told apart in other ways than by their paths. */
const text = { type: "string" } as const;
const integer = { type: "integer" } as const;

const query = (name: string, schema: object = integer) => ({ name, in: "query", schema });

const json = (schema: object, example?: unknown, headers?: object) => ({
  "200": {
    description: "It.",
    ...(headers === undefined ? {} : { headers }),
    content: { "application/json": { schema, ...(example === undefined ? {} : { example }) } },
  },
});

const list = (schema: object) => ({ type: "array", items: schema });
const object = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
});
const book = { $ref: "#/components/schemas/Book" };
const link = { type: ["string", "null"], format: "uri" };

export const shelves = {
  openapi: "3.1.0",
  info: { title: "Shelves", version: "1" },
  servers: [{ url: "https://shelves.example/api/v3" }],
  paths: {
    "/by-offset": {
      get: {
        operationId: "byOffset",
        parameters: [query("limit", { ...integer, default: 4 }), query("offset")],
        responses: json(object({ items: list(book), total: integer, limit: integer, offset: integer })),
      },
    },
    "/by-page": {
      get: {
        operationId: "byPage",
        parameters: [query("page"), query("per_page", { ...integer, default: 30 })],
        responses: json(list(book), [{ id: 7, title: "Emma", status: "read" }], {
          Link: { schema: text, example: '<https://api.example.com/resource?page=2>; rel="next"' },
        }),
      },
    },
    "/by-numbers": {
      get: {
        operationId: "byNumbers",
        parameters: [query("page"), query("per_page")],
        responses: json(
          object({
            books: list(book),
            meta: object({
              pagination: object({
                ...{ page: integer, per_page: integer, last_page: integer, total_entries: integer },
                ...{ next_page: { type: ["integer", "null"] }, previous_page: { type: ["integer", "null"] } },
              }),
            }),
          }),
        ),
      },
    },
    "/by-links": {
      get: {
        operationId: "byLinks",
        parameters: [query("page"), query("limit")],
        responses: json(
          {
            allOf: [
              { type: "object", properties: { data: list({ type: "object" }), links: { type: "object" } } },
              { properties: { data: list(book) } },
              { properties: { links: object({ self: link, next: link, prev: link }, []) } },
            ],
          },
          {
            data: [{ id: 7, title: "Emma", status: "read" }],
            links: { self: "https://shelves.example/by-links", next: "https://shelves.example/by-links?page=2" },
          },
        ),
      },
    },
    "/by-last": {
      get: {
        operationId: "byLast",
        parameters: [query("limit"), query("starting_after", text)],
        responses: json(object({ data: list(object({ id: text, title: text })), has_more: { type: "boolean" } })),
      },
    },
    "/hours": {
      get: {
        operationId: "hours",
        parameters: [query("page"), query("limit")],
        responses: json(list(object({ date: { type: "string", format: "date" }, opens: text })), [
          { date: "2026-09-11", opens: "09:00" },
        ]),
      },
    },
    "/books": {
      post: { operationId: "addBook", requestBody: { content: { "application/json": { schema: book } } }, responses: json(book) },
      put: { operationId: "putBook", requestBody: { content: { "application/json": { schema: book } } }, responses: json(book) },
    },
    "/books/findByStatus": {
      get: {
        operationId: "findByStatus",
        parameters: [query("status", { $ref: "#/components/schemas/Status" }), query("shelf", { enum: ["a", "b", "all"] })],
        responses: json(list(book)),
      },
    },
    "/books/{bookId}": {
      parameters: [{ name: "bookId", in: "path", required: true, schema: integer }],
      get: { operationId: "getBook", responses: json(book) },
      delete: { operationId: "removeBook", responses: { "204": { description: "Gone." } } },
    },
    "/readers/{reader}/notes": {
      post: {
        operationId: "note",
        parameters: [{ name: "reader", in: "path", required: true, schema: text }],
        requestBody: { content: { "application/json": { schema: object({ text, loud: { type: "boolean" } }, []) } } },
        responses: json(object({ id: text, text }), { id: "n1", text: "A note." }),
      },
    },
  },
  components: {
    schemas: {
      Status: { enum: ["read", "unread", "lent"] },
      Book: object({ id: integer, title: text, status: { $ref: "#/components/schemas/Status" }, shelf: text }, ["id", "title"]),
    },
  },
} as const;
