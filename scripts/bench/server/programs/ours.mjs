import { answers, listening } from "./child.mjs";
import { createRouter, partialHandlers } from "./ours/server.js";
import { serve } from "./ours/runtime/server/node.js";

const handlers = partialHandlers({
  getPet: ({ reply }) => reply.ok(answers.one),
  listPets: ({ reply }) => reply.ok(answers.three),
  createPet: ({ reply }) => reply.created(answers.one),
});
const router = createRouter(handlers, { responseCheck: process.argv[2] ?? "off" });
const { port } = await serve(router, { port: 0 });
listening(port);
