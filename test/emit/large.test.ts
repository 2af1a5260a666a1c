import { expect, test } from "vitest";
import { tagLines } from "../../generator/emit/docs/about.ts";
import { print } from "../../generator/emit/text/layout.ts";
import { interfaceLayout } from "../../generator/emit/types/layout.ts";
import { objectOf, primitive } from "../../generator/emit/types/type.ts";

test("an interface of two hundred thousand members can be written", () => {
  const members = Array.from({ length: 200_000 }, (_, index) => ({ name: `p${index}`, type: primitive("string") }));
  const type = objectOf(members);
  if (type.kind !== "object") throw new Error("That is no object.");
  expect(print(interfaceLayout("Large", type)).split("\n")).toHaveLength(200_002);
});

test("a chain of twenty thousand tags, each the parent of the next, can be written", () => {
  const tags = Array.from({ length: 20_000 }, (_, index) => ({
    name: `t${index}`,
    ...(index === 0 ? {} : { parent: `t${index - 1}` }),
  }));
  const lines = tagLines(tags);
  expect(lines.slice(0, 2)).toEqual(["- `t0`", "  - `t1`"]);
  expect(lines).toHaveLength(20_000);
});
