import { expect, it } from "vitest";
import { settling, soon } from "../../../generator/runtime/server/soon.ts";

it("goes on at once with what is there", () => {
  expect(soon(1, (value) => value + 1)).toBe(2);
  expect(() =>
    soon(1, () => {
      throw new Error("at once");
    }),
  ).toThrow("at once");
});

it("goes on later with what is not", async () => {
  const later = soon(Promise.resolve(1), (value) => value + 1);
  expect(later).toBeInstanceOf(Promise);
  expect(await later).toBe(2);
});

it("waits for whatever has a then, and for nothing else", async () => {
  const thenable = { then: (resolve: (value: string) => void) => resolve("waited for") };
  const settled = settling(thenable as PromiseLike<string>);
  expect(settled).toBeInstanceOf(Promise);
  expect(await settled).toBe("waited for");
  for (const value of [undefined, null, 7, "then", { then: "text" }]) expect(settling(value)).toBe(value);
});
