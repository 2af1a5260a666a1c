import express from "express";
import * as OpenApiValidator from "express-openapi-validator";
import { answers, document, listening } from "./child.mjs";

const app = express();
app.disable("etag");
app.use(express.json());
app.use(OpenApiValidator.middleware({ apiSpec: document, validateRequests: true, validateResponses: false }));
app.get("/pets/:petId", (_request, response) => void response.json(answers.one));
app.get("/pets", (_request, response) => void response.json(answers.three));
app.post("/pets", (_request, response) => void response.status(201).json(answers.one));
app.use((error, _request, response, _next) => void response.status(error.status ?? 500).json({ message: error.message }));
const server = app.listen(0, "127.0.0.1", () => listening(server.address().port));
