import * as fc from "fast-check";
import { expect, it } from "vitest";
import { mixedSegment } from "../../../generator/runtime/server/mixed-segment.ts";

it.each([
  ["{from}-{to}.json", "a-b-c.json", ["a-b", "c"]],
  ["{from}-{to}.json", "a.json", undefined],
  ["{from}-{to}.json", "-b.json", undefined],
  ["v{major}.{minor}", "v1.2", ["1", "2"]],
  ["v{major}.{minor}", "v1%2e2", ["1", "2"]],
  ["v{major}.{minor}", "v1.2%2E3", ["1", "2%2E3"]],
  ["{a}{b}{c}", "xyz!", ["xy", "z", "!"]],
  ["{a}{b}", "x", undefined],
  ["{id}:cancel", "7%3acancel", ["7"]],
  ["a({id})", "a(%28)", ["%28"]],
])("%s has %s as %j", (template, segment, texts) => {
  expect(mixedSegment(template).match(segment)).toEqual(texts);
});

it("finds what a regular expression finds", () => {
  const literal = fc.string({ unit: fc.constantFrom("a", "-", "."), maxLength: 2 });
  const text = fc.string({ unit: fc.constantFrom("a", "-", ".", "b"), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(literal, { minLength: 2, maxLength: 5 }), text, (literals, segment) => {
      const source = literals.map((each) => each.replace(/[.-]/g, "\\$&")).join("(.+)");
      const found = new RegExp(`^${source}$`).exec(segment);
      expect(mixedSegment(literals.join("{x}")).match(segment)).toEqual(found === null ? undefined : [...found].slice(1));
    }),
    { numRuns: 2000 },
  );
});

it("takes a time that grows with the length alone", () => {
  const started = performance.now();
  expect(mixedSegment("{a}-{b}-{c}-{d}.json").match("-".repeat(16_000))).toBeUndefined();
  expect(mixedSegment("{a}{b}{c}{d}!").match("-".repeat(16_000))).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(500);
});
