import * as descriptors from "./github/operations.js";
import { createTrie } from "./github/runtime/server/trie.js";
import { createRouter, partialHandlers } from "./github/server.js";

const router = createRouter(partialHandlers({}), { security: new Proxy({}, { get: () => () => null, has: () => true }) });
const { user, system } = process.cpuUsage();
const memory = process.memoryUsage.rss();
if (typeof router !== "function") throw new Error("There is no router.");

const trie = createTrie();
const paths = [];
for (const [name, operation] of Object.entries(descriptors)) {
  trie.add(operation.path, operation.method, name);
  paths.push(operation.path.replaceAll(/\{[^}]*\}/g, "octocat"));
}
let found = 0;
const walk = () => {
  for (const path of paths) found += trie.find(path).length;
};
for (let round = 0; round < 100; round++) walk();
const before = process.cpuUsage().user;
for (let round = 0; round < 200; round++) walk();
const routing = (process.cpuUsage().user - before) / (200 * paths.length);
if (found < 300 * paths.length) throw new Error("A path leads nowhere.");
process.send({ start: (user + system) / 1000, memory, routing, operations: paths.length });
process.on("disconnect", () => process.exit());
