import express from "express";
import { OpenAPIBackend } from "openapi-backend";
import { answers, document, listening } from "./child.mjs";

const api = new OpenAPIBackend({
  definition: document,
  coerceTypes: true,
  ajvOpts: { strict: false },
  handlers: {
    getPet: (_context, _request, response) => response.json(answers.one),
    listPets: (_context, _request, response) => response.json(answers.three),
    createPet: (_context, _request, response) => response.status(201).json(answers.one),
    validationFail: (_context, _request, response) => response.status(400).json({}),
    methodNotAllowed: (_context, _request, response) => response.status(405).json({}),
    notFound: (_context, _request, response) => response.status(404).json({}),
  },
});
await api.init();
const app = express();
app.disable("etag");
app.use(express.json());
app.use((request, response) => api.handleRequest(request, request, response));
const server = app.listen(0, "127.0.0.1", () => listening(server.address().port));
