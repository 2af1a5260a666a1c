import { join } from "node:path";
import { expect, test } from "vitest";
import { understand } from "../../generator/pipeline.ts";

test("the keywords of older drafts are read as those of 2020-12", async () => {
  const spec = join(import.meta.dirname, "../problems/keyword-outdated/spec.yaml");
  const { document, diagnostics } = await understand({ spec, roots: [], overlays: [], allowHosts: [], formats: {} });
  expect(diagnostics.failed).toBe(false);
  expect(document?.root.components?.schemas).toEqual({
    Tree: {
      type: "object",
      properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
    },
    Old: {
      $schema: "http://json-schema.org/draft-04/schema#",
      type: "object",
      properties: {
        id: { type: "string" },
        price: { type: "number", exclusiveMinimum: 0 },
        pair: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false },
        part: { $ref: "#/components/schemas/Old_part" },
      },
      dependentRequired: { price: ["id"] },
      dependentSchemas: { pair: { required: ["price"] } },
    },
    Old_part: { $schema: "http://json-schema.org/draft-04/schema#", type: "boolean" },
  });
});
