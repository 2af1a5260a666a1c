import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { membersOf, needed, optional, present } from "../../../generator/runtime/validation/members.ts";
import type { Problem, Validator } from "../../../generator/runtime/validation/validator.ts";

class Base {
  get inherited(): string {
    return "of the prototype";
  }
}
class Derived extends Base {
  readonly own = 1;
}

it("gives the own members of an object, whatever its prototype has", () => {
  const plain = { name: "Rex" };
  expect(membersOf(plain)).toBe(plain);
  const bare: unknown = Object.assign(Object.create(null), { constructor: 1 });
  expect(membersOf(bare)).toBe(bare);
  expect(membersOf(new Derived())).toEqual({ own: 1 });
  expect(membersOf(new Derived())?.["inherited"]).toBeUndefined();
  expect(membersOf(new Derived())?.["constructor"]).toBeUndefined();
  expect(membersOf(runInNewContext("({ name: 'Rex' })"))).toEqual({ name: "Rex" });
});

it("reads a member that is called __proto__ as any other", () => {
  const named: unknown = JSON.parse('{"__proto__":{"name":"Rex"}}');
  expect(membersOf(named)?.["name"]).toBeUndefined();
  const inherits = Object.setPrototypeOf(JSON.parse('{"__proto__":1}'), new Derived()) as object;
  expect(Object.getOwnPropertyDescriptor(membersOf(inherits), "__proto__")?.value).toBe(1);
  expect(membersOf(inherits)?.["own"]).toBeUndefined();
});

it.each([[null], [undefined], [1], ["text"], [[]], [Object.setPrototypeOf([], Object.prototype)], [new Blob([])]])(
  "takes %o for no object",
  (value: unknown) => {
    expect(membersOf(value)).toBeUndefined();
  },
);

it("refuses what is absent or wrong, and goes on where problems are gathered", () => {
  const isText: Validator = (value, problems) => {
    if (typeof value !== "string") problems?.push({ pointer: "", keyword: "type", message: "must be string" });
    return typeof value === "string";
  };
  expect([needed(undefined, "name", isText, null, null), present(undefined, "name", null, null)]).toEqual([false, false]);
  expect([optional(undefined, "name", isText, null, null), optional(1, "name", isText, null, null)]).toEqual([true, false]);
  expect([needed("Rex", "name", isText, null, null), needed(1, "name", isText, null, null)]).toEqual([true, false]);
  const problems: Problem[] = [];
  expect([needed(undefined, "name", isText, problems, null), needed(1, "name", isText, problems, null)]).toEqual([true, true]);
  expect(problems.map(({ keyword }) => keyword)).toEqual(["required", "type"]);
});
