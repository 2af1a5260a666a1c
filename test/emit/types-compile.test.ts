import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { typesText } from "../../generator/emit/types.ts";
import { typeErrors } from "../support/compile.ts";
import { foreignIdentifiers, hostileDocument } from "../support/hostile.ts";
import { modelOf } from "../support/model.ts";
import { sampleDocuments } from "../support/samples.ts";

describe("types.ts", () => {
  it.each(Object.entries(sampleDocuments))(
    "of the %s compiles under the harshest flags, and prettier would change nothing",
    async (_, document) => {
      const text = typesText(modelOf(document));
      expect(typeErrors({ "types.ts": text })).toEqual([]);
      expect(await format(text, { parser: "typescript", printWidth: 110 })).toBe(text);
    },
  );

  it("of a hostile document compiles, and nothing in it is code", async () => {
    const text = typesText(modelOf(hostileDocument()));
    expect(foreignIdentifiers(text)).toEqual([]);
    expect(typeErrors({ "types.ts": text })).toEqual([]);
    expect(await format(text, { parser: "typescript", printWidth: 110 })).toBe(text);
  });

  it("holds what the document says, and no more", async () => {
    await expect(typesText(modelOf(sampleDocuments.pets))).toMatchFileSnapshot("goldens/pets.types.ts");
  });

  it("lets values be built, narrowed and refused as the document means them", () => {
    const types = typesText(modelOf(sampleDocuments.pets));
    const use = `import type { Animal, Cat, Labels, Pet, PetWritable, Point, operations } from "./types.js";

export const labels: Labels = { name: "a", size: 1 };
// @ts-expect-error a label is a number or the name
export const wrongLabels: Labels = { name: "a", size: true };
export const point: Point = [1, 2, "a", "b"];
// @ts-expect-error the second coordinate is missing
export const wrongPoint: Point = [1];
export const sent: PetWritable = { name: "Rex", secret: "s", status: null };
// @ts-expect-error requests have no id
export const wrongSent: PetWritable = { name: "Rex", id: 1 };
export const received: Pet = { id: 1, name: "Rex", friends: [{ id: 2, name: "Tom" }] };
// @ts-expect-error responses have no secret
export const wrongReceived: Pet = { id: 1, name: "Rex", secret: "s" };
// @ts-expect-error the status is not one of them
export const wrongStatus: Pet = { id: 1, name: "Rex", status: "lost" };
export const cat: Cat = { kind: "cat", lives: 9 };
export function describe(animal: Animal): number | boolean | undefined {
  switch (animal.kind) {
    case "cat": return animal.lives;
    case "dog": return animal.good;
  }
}
export type Query = operations["listPets"]["parameters"]["query"];
export const query: Query = { limit: 1, tags: ["a"] };
// @ts-expect-error no such parameter
export const wrongQuery: Query = { limits: 1 };
export type Sent = operations["createPet"]["requestBody"]["content"]["application/json"];
export const body: Sent = sent;
`;
    expect(typeErrors({ "types.ts": types, "use.ts": use })).toEqual([]);
  });
});
