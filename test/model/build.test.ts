import { expect, test } from "vitest";
import { modelOf } from "../support/model.ts";

test("a parameter has the defaults of its location", () => {
  const model = modelOf({
    paths: {
      "/users/{id}": {
        get: {
          operationId: "get_user",
          parameters: [
            { name: "id", in: "path", required: true, schema: { type: "string" } },
            { name: "fields", in: "query", schema: { type: "array", items: { type: "string" } } },
            { name: "X-Trace", in: "header", schema: { type: "string" } },
            { name: "filter", in: "query", content: { "application/json": { schema: { type: "object" } } } },
          ],
          responses: { 200: { description: "Fine." } },
        },
      },
    },
  });
  expect(model.operations[0]?.name).toBe("getUser");
  expect(
    model.operations[0]?.parameters.map(({ name, required, serialization }) => ({ name, required, ...serialization })),
  ).toEqual([
    { name: "id", required: true, kind: "style", style: "simple", explode: false, allowReserved: false },
    { name: "fields", required: false, kind: "style", style: "form", explode: true, allowReserved: false },
    { name: "X-Trace", required: false, kind: "style", style: "simple", explode: false, allowReserved: false },
    { name: "filter", required: false, kind: "content", mediaType: "application/json" },
  ]);
});
