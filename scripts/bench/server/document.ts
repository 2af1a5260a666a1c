/** The document that every contestant serves: 43 operations, three of which are asked for. And what is asked, and what must be answered. */

const identifier = { type: "integer", format: "int64", minimum: 1 };
const owner = {
  type: "object",
  required: ["name", "address"],
  properties: {
    name: { type: "string", minLength: 1, maxLength: 80 },
    email: { type: "string", maxLength: 120 },
    address: {
      type: "object",
      required: ["city", "zip"],
      properties: {
        street: { type: "string" },
        city: { type: "string", minLength: 1 },
        zip: { type: "string", pattern: "^[0-9]{5}$" },
      },
    },
  },
};
const newPet = {
  type: "object",
  required: ["name", "kind", "age", "owner"],
  properties: {
    name: { type: "string", minLength: 1, maxLength: 40 },
    kind: { type: "string", enum: ["dog", "cat", "bird"] },
    age: { type: "integer", minimum: 0, maximum: 100 },
    weight: { type: "number", minimum: 0 },
    vaccinated: { type: "boolean" },
    tags: { type: "array", maxItems: 10, items: { type: "string", minLength: 1 } },
    chip: { type: "string", pattern: "^[A-F0-9]{8}$" },
    owner,
  },
};
const pet = { ...newPet, required: ["id", ...newPet.required], properties: { id: identifier, ...newPet.properties } };
const json = (schema: object): object => ({ content: { "application/json": { schema } } });
const reference = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const answer = (status: string, schema: object): object => ({ [status]: { description: "Done.", ...json(schema) } });

const others = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [
    `/shops/{shopId}/things-${index}/{thingId}`,
    {
      get: {
        operationId: `getThing${index}`,
        parameters: ["shopId", "thingId"].map((name) => ({ name, in: "path", required: true, schema: identifier })),
        responses: answer("200", reference("Pet")),
      },
      put: {
        operationId: `putThing${index}`,
        parameters: ["shopId", "thingId"].map((name) => ({ name, in: "path", required: true, schema: identifier })),
        requestBody: { required: true, ...json(reference("NewPet")) },
        responses: answer("200", reference("Pet")),
      },
    },
  ]),
);

export const document = {
  openapi: "3.0.3",
  info: { title: "Pets", version: "1.0.0" },
  paths: {
    "/pets": {
      get: {
        operationId: "listPets",
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 100, default: 20 } },
          { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } } },
          { name: "sort", in: "query", schema: { type: "string", enum: ["name", "age"] } },
        ],
        responses: answer("200", { type: "array", items: reference("Pet") }),
      },
      post: {
        operationId: "createPet",
        requestBody: { required: true, ...json(reference("NewPet")) },
        responses: answer("201", reference("Pet")),
      },
    },
    "/pets/{petId}": {
      get: {
        operationId: "getPet",
        parameters: [{ name: "petId", in: "path", required: true, schema: identifier }],
        responses: answer("200", reference("Pet")),
      },
    },
    ...others,
  },
  components: { schemas: { NewPet: newPet, Pet: pet } },
} as const;

const sent = {
  name: "Rex",
  kind: "dog",
  age: 4,
  weight: 31.5,
  vaccinated: true,
  tags: ["good", "loud"],
  chip: "0A1B2C3D",
  owner: { name: "Ada", email: "ada@example.com", address: { street: "Main Street 1", city: "Springfield", zip: "12345" } },
};

/** What all handlers answer. */
export const answers = { one: { id: 7, ...sent }, three: [1, 2, 3].map((id) => ({ id, ...sent })) };

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

/** What is measured, with the body of the answer. */
export const scenarios: Readonly<Record<string, Call & { readonly answer: unknown }>> = {
  "GET one": { method: "GET", path: "/pets/7", answer: answers.one },
  "GET list": { method: "GET", path: "/pets?limit=3&tags=good&tags=loud&sort=name", answer: answers.three },
  POST: { method: "POST", path: "/pets", body: JSON.stringify(sent), answer: answers.one },
};

/** What is asked before anything is measured, with the status that is right. */
export const probes: readonly (Call & { readonly status: number })[] = [
  { method: "GET", path: "/pets/7", status: 200 },
  { ...scenarios["GET list"], method: "GET", path: "/pets?limit=3&tags=good&tags=loud&sort=name", status: 200 },
  { method: "GET", path: "/pets/seven", status: 400 },
  { method: "GET", path: "/pets?limit=many", status: 400 },
  { method: "POST", path: "/pets", body: JSON.stringify(sent), status: 201 },
  { method: "POST", path: "/pets", body: JSON.stringify({ ...sent, kind: "car" }), status: 400 },
  { method: "DELETE", path: "/pets/7", status: 405 },
];
