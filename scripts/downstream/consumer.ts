/** A user of what `npm run generate` made: client and server of an orchard, over real HTTP. */
import assert from "node:assert/strict";
import * as fixtures from "./api/fixtures.js";
import { createClient } from "./api/index.js";
import { serve } from "./api/runtime/server/node.js";
import { createRouter, type Handlers } from "./api/server.js";

const handlers: Handlers = {
  listTrees: ({ query, reply }) => reply.ok((query.kind ?? []).map(() => fixtures.tree({ kind: "pear" }))),
  createTree: ({ body, reply }) => reply.created(fixtures.tree({ kind: body.kind })),
  getTree: ({ path, reply }) =>
    path.treeId === 1 ? reply.ok(fixtures.tree({ id: 1 })) : reply.notFound({ detail: "No such tree." }),
};
const server = await serve(createRouter(handlers), { port: 0 });
try {
  const client = createClient({ server: server.url });
  const trees = await client.trees.list({ kind: ["apple", "pear"] });
  assert.deepEqual(
    trees.map((tree) => tree.kind),
    ["pear", "pear"],
  );

  const planted = await client.trees.create({ kind: "quince" });
  assert.equal(planted.kind, "quince");

  const result = await client.trees.retrieve(2).result();
  assert.equal(result.status, 404);
  if (result.status === 404) assert.equal(result.error.detail, "No such tree.");
  await assert.rejects(async () => client.trees.retrieve(2), client.errors.NotFoundError);

  const { data } = await client.GET("/trees/{treeId}", { params: { path: { treeId: 1 } } });
  assert.equal(data?.id, 1);

  // @ts-expect-error a tree bears apples, pears or quinces
  await assert.rejects(async () => client.trees.create({ kind: "plum" }));
} finally {
  await server.close();
}
