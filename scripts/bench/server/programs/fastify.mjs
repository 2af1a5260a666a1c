import Fastify from "fastify";
import { answers, document, listening } from "./child.mjs";

const { NewPet, Pet } = document.components.schemas;
const app = Fastify();
const properties = (parameters, place) => ({
  type: "object",
  required: parameters.filter((one) => one.in === place && one.required).map((one) => one.name),
  properties: Object.fromEntries(parameters.filter((one) => one.in === place).map((one) => [one.name, one.schema])),
});
const results = {
  getPet: (_request, reply) => reply.send(answers.one),
  listPets: (_request, reply) => reply.send(answers.three),
  createPet: (_request, reply) => reply.code(201).send(answers.one),
};
for (const [path, item] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    const parameters = operation.parameters ?? [];
    const status = Object.keys(operation.responses)[0];
    app.route({
      method: method.toUpperCase(),
      url: path.replaceAll(/\{(\w+)\}/g, ":$1"),
      schema: {
        params: properties(parameters, "path"),
        querystring: properties(parameters, "query"),
        ...(operation.requestBody === undefined ? {} : { body: NewPet }),
        response: { [status]: operation.operationId === "listPets" ? { type: "array", items: Pet } : Pet },
      },
      handler: results[operation.operationId] ?? results.getPet,
    });
  }
}
await app.listen({ port: 0, host: "127.0.0.1" });
listening(app.server.address().port);
