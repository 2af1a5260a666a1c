import { expect, test } from "vitest";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import { buildModel } from "../../generator/model/build.ts";
import { mutations } from "../../generator/model/mutate.ts";
import { validate } from "../../generator/model/validate.ts";
import { documentOf } from "../support/document.ts";

// Work is counted by what is read of lists and values, so that these do not depend on the machine.

test("an enum is indexed once, however many values are held against it", () => {
  const reads = (size: number): number => {
    const counted = counting(Array.from({ length: size }, (_, index) => (index % 3 === 0 ? { index } : `v${index}`)));
    for (let index = 0; index < size; index++) {
      const value = index % 3 === 0 ? { index } : `v${index}`;
      expect(validate({ schemaByReference: new Map() }, { enum: counted.value }, value)).toEqual([]);
    }
    expect(validate({ schemaByReference: new Map() }, { enum: counted.value }, "none")).toHaveLength(1);
    return counted.reads();
  };
  expect(reads(2000) / reads(1000)).toBeLessThan(2.5);
});

test("equal items are found without holding each against each", () => {
  const reads = (size: number): number => {
    const counted = counting(Array.from({ length: size }, (_, index) => index));
    expect(validate({ schemaByReference: new Map() }, { uniqueItems: true }, counted.value)).toEqual([]);
    return counted.reads();
  };
  expect(reads(2000) / reads(1000)).toBeLessThan(2.5);
});

test("invalid requests cost what the valid one weighs, and not its square", () => {
  const reads = (size: number): number => {
    const names = Array.from({ length: size }, (_, index) => `p${index}`);
    // Text is no number in a form, but the server cannot tell: no fault of a type can be shown.
    const properties = Object.fromEntries(names.map((name) => [name, { type: "string" } as const]));
    const schema = { type: "object", properties, required: names } as const;
    const content = { "application/x-www-form-urlencoded": { schema } };
    const document = documentOf({
      paths: { "/a": { post: { operationId: "a", requestBody: { content }, responses: { 204: { description: "Done." } } } } },
    });
    const model = buildModel(document, new Diagnostics());
    const counted = counting(Object.fromEntries(names.map((name) => [name, "text"])));
    const [operation] = model.operations;
    if (operation === undefined) throw new Error("The document has an operation.");
    const body = counted.value;
    expect(mutations(model, operation, { body, contentType: "application/x-www-form-urlencoded" })).toHaveLength(12);
    return counted.reads();
  };
  expect(reads(400) / reads(200)).toBeLessThan(2.5);
});

/** A value that counts how often its members are read. */
function counting<T extends object>(target: T): { readonly value: T; reads(): number } {
  let reads = 0;
  const value = new Proxy(target, {
    get(from, key) {
      reads += 1;
      return Reflect.get(from, key, from);
    },
  });
  return { value, reads: () => reads };
}
