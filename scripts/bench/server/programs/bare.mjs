import { createServer } from "node:http";
import { answers, listening } from "./child.mjs";

/** What sends a text that is always the same. */
const constant = (status, body) => {
  const text = JSON.stringify(body);
  const fields = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };
  return (response) => {
    response.writeHead(status, fields);
    response.end(text);
  };
};
const one = constant(200, answers.one);
const three = constant(200, answers.three);
const created = constant(201, answers.one);
const server = createServer((request, response) => {
  if (request.method === "POST") request.on("data", () => undefined).on("end", () => created(response));
  else if (request.url.startsWith("/pets?")) three(response);
  else one(response);
});
server.listen(0, "127.0.0.1", () => listening(server.address().port));
