import { expect, test } from "vitest";
import { suggest } from "../../generator/diagnostics/suggest.ts";

test("the nearest candidate is suggested", () => {
  expect(suggest("SessionRecoding", ["Session", "SessionRecording", "Recording"])).toBe("SessionRecording");
});

test("letter case and swapped neighbours are small mistakes", () => {
  expect(suggest("pet", ["Pet"])).toBe("Pet");
  expect(suggest("tyeps", ["client", "types"])).toBe("types");
});

test("nothing is suggested when nothing is near", () => {
  expect(suggest("Cat", ["Environment", "Dog"])).toBeUndefined();
  expect(suggest("Cat", [])).toBeUndefined();
});

test("the word itself is no suggestion", () => {
  expect(suggest("Pet", ["Pet", "Pets"])).toBe("Pets");
});

test("of equally near candidates the first wins", () => {
  expect(suggest("bat", ["cat", "rat"])).toBe("cat");
});
