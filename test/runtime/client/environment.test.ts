import { afterEach, expect, test, vi } from "vitest";
import { environment } from "../../../generator/runtime/client/environment.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const refuse = (): never => {
  throw new Error("Requires env access");
};

test.each([
  ["of Node", { process: { env: { TOKEN: "t" } } }, "t"],
  ["of Deno alone", { process: undefined, Deno: { env: { get: (name: string) => `${name}!` } } }, "TOKEN!"],
  ["of nobody, as in a browser", { process: undefined }, undefined],
  ["of a bundler's process", { process: {} }, undefined],
  ["that may not be read", { process: { env: new Proxy({}, { get: refuse }) }, Deno: { env: { get: refuse } } }, undefined],
])("A variable %s", (_, globals, value) => {
  for (const [name, stub] of Object.entries(globals)) vi.stubGlobal(name, stub);
  const found = environment("TOKEN");
  vi.unstubAllGlobals();
  expect(found).toBe(value);
});
