import { createServer } from "node:http";
import { answers, listening } from "./child.mjs";

const text = JSON.stringify(answers.one);
const length = Buffer.byteLength(text);
const server = createServer((_request, response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": length });
  response.end(text);
});
server.listen(0, "127.0.0.1", () => listening(server.address().port));
