import { expect, it } from "vitest";
import { createOperationRouter } from "../../../generator/runtime/server/router.ts";
import { isObject } from "../../../generator/runtime/validation/equal.ts";
import { property } from "../../../generator/runtime/validation/objects.ts";
import type { Validator } from "../../../generator/runtime/validation/validator.ts";

const node: Validator = (value, problems, path) => isObject(value) && property(value, "next", node, problems, path);

const router = createOperationRouter({
  operations: {
    addNode: {
      id: "addNode",
      method: "POST",
      path: "/nodes",
      body: { required: true, contents: [{ mediaType: "application/json", kind: "json" }] },
      responses: [{ status: "204" }],
    },
  },
  validators: { addNode: { body: { "application/json": { validate: node } } } },
  securitySchemes: {},
  handlers: { addNode: () => ({ status: 204 }) },
  options: {},
});

async function send(depth: number): Promise<Response> {
  const body = `${'{"next":'.repeat(depth)}{}${"}".repeat(depth)}`;
  return router(new Request("http://localhost/nodes", { method: "POST", headers: { "content-type": "application/json" }, body }));
}

it("refuses a body that is nested deeper than the stack, as any other that is wrong", async () => {
  expect((await send(50)).status).toBe(204);
  const refused = await send(100_000);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ errors: [{ in: "body", message: "must not be nested so deeply" }] });
});
