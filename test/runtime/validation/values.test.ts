import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equal, isUnique } from "../../../generator/runtime/validation/equal.ts";
import { isMultipleOf } from "../../../generator/runtime/validation/numbers.ts";
import { pointerOf } from "../../../generator/runtime/validation/report.ts";
import { maxLength, minLength } from "../../../generator/runtime/validation/strings.ts";

describe("equal", () => {
  it("compares JSON values as a copy through text would", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        const [one, other] = [JSON.parse(JSON.stringify(left)) as unknown, JSON.parse(JSON.stringify(right)) as unknown];
        expect(equal(one, JSON.parse(JSON.stringify(one)))).toBe(true);
        expect(equal(one, other)).toBe(equal(other, one));
      }),
    );
  });

  it.each<[unknown, unknown, boolean]>([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: undefined }, {}, true],
    [{ a: 1 }, { constructor: 1 }, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [0, false, false],
    [null, undefined, false],
  ])("holds %j against %j", (left, right, expected) => expect(equal(left, right)).toBe(expected));
});

it("finds equal items among scalars and among objects", () => {
  expect(
    [
      [1, "1", true, null, [1], { a: 1 }],
      [1, 2, 1],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      [[1], [1]],
      [],
    ].map((items) => isUnique(items)),
  ).toEqual([true, false, false, false, true]);
});

it("divides in decimals, not in doubles", () => {
  expect(
    [
      [0.3, 0.1],
      [1.1, 0.01],
      [19.99, 0.01],
      [1e308, 0.5],
      [0.00751, 0.0001],
      [1e-7, 1e-8],
      [7, 2],
      [4.5, 1.5],
      [Infinity, 1],
    ].map(([value = 0, divisor = 0]) => isMultipleOf(value, divisor)),
  ).toEqual([true, true, true, true, false, true, false, true, false]);
  fc.assert(
    fc.property(
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 6 }),
      (times, digits, places) => {
        // Both are what the decimals read as; the product is exact in decimals by construction.
        expect(isMultipleOf(Number(`${times * digits}e-${places}`), Number(`${digits}e-${places}`))).toBe(true);
      },
    ),
  );
});

it("counts characters, not UTF-16 units", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 12 }), fc.nat(14), (text, limit) => {
      expect([minLength(text, limit, null, null), maxLength(text, limit, null, null)]).toEqual([
        [...text].length >= limit,
        [...text].length <= limit,
      ]);
    }),
  );
});

it("writes the way to a fault as a JSON Pointer", () => {
  expect(pointerOf({ parent: { parent: { parent: null, key: "a/b" }, key: 0 }, key: "~" })).toBe("/a~1b/0/~0");
  expect(pointerOf(null)).toBe("");
});
