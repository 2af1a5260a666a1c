import fc from "fast-check";
import { expect, test } from "vitest";
import { equal, isUnique } from "../../../generator/runtime/validation/equal.ts";

test("items are unique when no two of them are equal", () => {
  const item = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(0, -0, 1n, undefined, {}, { a: 1, b: [] }, { b: [], a: 1 }, "1", 1),
  );
  fc.assert(
    fc.property(fc.array(item, { maxLength: 6 }), (items) => {
      const pairs = items.flatMap((one, index) => items.slice(index + 1).map((other) => equal(one, other)));
      expect(isUnique(items)).toBe(!pairs.includes(true));
    }),
    { numRuns: 2000 },
  );
});

test("many items are not held each against each", () => {
  let reads = 0;
  const counted = (index: number): object => ({
    get id() {
      reads += 1;
      return index;
    },
  });
  expect(isUnique(Array.from({ length: 5000 }, (_, index) => counted(index)))).toBe(true);
  expect(reads).toBeLessThan(20_000);
});
