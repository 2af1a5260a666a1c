import { expect, it } from "vitest";
import { isDeclared } from "../../generator/emit/fixtures/declared.ts";
import type { NamedSchema } from "../../generator/model/api-model.ts";
import type { Schema } from "../../generator/openapi/shapes.ts";

const named = (key: string, schema: Schema): [string, NamedSchema] => {
  const reference = `#/components/schemas/${key}`;
  return [
    reference,
    { key, reference, name: key, factoryName: key.toLowerCase(), schema, at: `/spec.yaml#/components/schemas/${key}` },
  ];
};
const names = new Map([
  named("Owner", { type: "object", properties: { name: { type: "string" } } }),
  named("Tags", { type: "object", additionalProperties: { type: "string" } }),
]);
const pet: Schema = {
  allOf: [{ $ref: "#/components/schemas/Owner" }],
  properties: {
    owners: { type: "array", items: { $ref: "#/components/schemas/Owner" } },
    tags: { $ref: "#/components/schemas/Tags" },
  },
};

it.each([
  [{ name: "Rex", owners: [{ name: "Ann" }] }, true],
  [{ tags: { any: "thing" } }, true],
  [{ nick: "R" }, false],
  [{ owners: [{ name: "Ann" }, { age: 40 }] }, false],
])("%j is %s", (value, expected) => {
  expect(isDeclared(names, pet, value)).toBe(expected);
});

it("takes a schema that it does not know for one that lists nothing", () => {
  expect(isDeclared(names, { $ref: "#/components/schemas/Gone" }, {})).toBe(false);
});
