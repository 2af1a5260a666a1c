import { afterEach, expect, test, vi } from "vitest";
import { environment, environmentLogin } from "../../../generator/runtime/client/environment.ts";

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

test.each([
  ["ada:open sesame", { username: "ada", password: "open sesame" }],
  ["ada:a:b", { username: "ada", password: "a:b" }],
  ["key_of_ada", { username: "key_of_ada", password: "" }],
  ["", undefined],
])("A login %j is a user and a password", (text, login) => {
  vi.stubGlobal("process", { env: { LOGIN: text } });
  const found = environmentLogin("LOGIN");
  vi.unstubAllGlobals();
  expect(found).toEqual(login);
});
