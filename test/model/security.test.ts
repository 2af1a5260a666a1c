import { expect, test } from "vitest";
import type { SecurityRequirementObject } from "../../generator/openapi/shapes.ts";
import { modelOf } from "../support/model.ts";

const requiredBeside = (...security: SecurityRequirementObject[]): unknown =>
  modelOf({
    paths: {
      "/things": {
        get: {
          operationId: "list_things",
          security,
          parameters: [{ name: "api_key", in: "query", required: true, schema: { type: "string" } }],
          responses: { 204: { description: "Done." } },
        },
      },
    },
    components: {
      securitySchemes: {
        key: { type: "apiKey", in: "query", name: "api_key" },
        bearer: { type: "http", scheme: "bearer" },
      },
    },
  }).operations[0]?.parameters[0]?.required;

test.each([
  ["every way in asks for it", [{ key: [] }], false],
  ["every way in asks for it, with others", [{ key: [], bearer: [] }, { key: [] }], false],
  ["anybody is let in", [{}, { key: [] }], true],
  ["another way in does without", [{ key: [] }, { bearer: [] }], true],
  ["nothing asks for it", [], true],
] as const)("a required parameter that is a credential, where %s", (_, security, required) => {
  expect(requiredBeside(...security)).toBe(required);
});
