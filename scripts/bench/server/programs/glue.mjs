import Fastify from "fastify";
import openapiGlue from "fastify-openapi-glue";
import { answers, document, listening } from "./child.mjs";

const results = {
  getPet: (_request, reply) => reply.send(answers.one),
  listPets: (_request, reply) => reply.send(answers.three),
  createPet: (_request, reply) => reply.code(201).send(answers.one),
};
const app = Fastify();
app.register(openapiGlue, {
  specification: document,
  serviceHandlers: new Proxy(results, { get: (all, name) => all[name] ?? all.getPet, has: () => true }),
});
await app.listen({ port: 0, host: "127.0.0.1" });
listening(app.server.address().port);
