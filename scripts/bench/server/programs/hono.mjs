import { serve } from "@hono/node-server";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { answers, document, listening } from "./child.mjs";

const identifier = z.coerce.number().int().min(1);
const newPet = z.object({
  name: z.string().min(1).max(40),
  kind: z.enum(["dog", "cat", "bird"]),
  age: z.number().int().min(0).max(100),
  weight: z.number().min(0).optional(),
  vaccinated: z.boolean().optional(),
  tags: z.array(z.string().min(1)).max(10).optional(),
  chip: z
    .string()
    .regex(/^[A-F0-9]{8}$/)
    .optional(),
  owner: z.object({
    name: z.string().min(1).max(80),
    email: z.string().max(120).optional(),
    address: z.object({ street: z.string().optional(), city: z.string().min(1), zip: z.string().regex(/^[0-9]{5}$/) }),
  }),
});
const pet = newPet.extend({ id: z.number().int().min(1) });
const query = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  tags: z.preprocess((tags) => (typeof tags === "string" ? [tags] : tags), z.array(z.string()).optional()),
  sort: z.enum(["name", "age"]).optional(),
});
const json = (schema) => ({ content: { "application/json": { schema } } });
const app = new OpenAPIHono();
const results = {
  getPet: (context) => context.json(answers.one, 200),
  listPets: (context) => context.json(answers.three, 200),
  createPet: (context) => context.json(answers.one, 201),
};
for (const [path, item] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    const names = (operation.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name);
    const status = Object.keys(operation.responses)[0];
    const route = createRoute({
      method,
      path,
      request: {
        ...(names.length === 0 ? {} : { params: z.object(Object.fromEntries(names.map((name) => [name, identifier]))) }),
        ...(operation.operationId === "listPets" ? { query } : {}),
        ...(operation.requestBody === undefined ? {} : { body: { required: true, ...json(newPet) } }),
      },
      responses: { [status]: { description: "Done.", ...json(operation.operationId === "listPets" ? z.array(pet) : pet) } },
    });
    app.openapi(route, results[operation.operationId] ?? results.getPet);
  }
}
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => listening(port));
