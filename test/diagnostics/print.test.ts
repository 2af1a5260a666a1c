import { expect, test } from "vitest";
import { createColors } from "picocolors";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.ts";
import { printDiagnostics, printGithub, toJson } from "../../generator/diagnostics/print.ts";
import { sourceFile } from "../../generator/diagnostics/source-file.ts";

const source = sourceFile("/api/a.yaml", 'first: 1\npets:\n\t# tab\n  owner: "Ada"\n', "yaml");
const places = { sources: [source], cwd: "/api" };

function diagnostic(more: Partial<Diagnostic>): Diagnostic {
  return {
    code: "file-not-found",
    severity: "error",
    message: "It is wrong.",
    at: "/api/a.yaml#/first",
    atKey: false,
    related: [],
    ...more,
  };
}

test("a problem shows its place, the line before it, its cure and what belongs to it", () => {
  const problem = diagnostic({
    at: "/api/a.yaml#/pets",
    atKey: true,
    cure: "make it right",
    related: [{ at: "/api/a.yaml#/first", message: "this came first" }],
  });
  expect(printDiagnostics([problem, diagnostic({ severity: "warning" })], places)).toMatchInlineSnapshot(`
    "a.yaml:2:1  error  file-not-found  It is wrong.
      1 | first: 1
      2 | pets:
        | ^^^^
        = a.yaml:1:8: this came first
        = make it right

    a.yaml:1:8  warning  file-not-found  It is wrong.
      1 | first: 1
        |        ^
    "
  `);
});

test("nothing is printed for nothing", () => {
  expect(printDiagnostics([], places)).toBe("");
});

test("tabs, long lines and wide characters keep the carets where they belong", () => {
  const json = sourceFile("/api/a.json", `{"a":"${"x".repeat(300)}","宽":"宽度","b":"here","c":"${"y".repeat(300)}"}`, "json");
  const tabs = sourceFile("/api/b.json", '{\n\t"a":\t"b"\n}', "json");
  const printed = printDiagnostics(
    [diagnostic({ at: "/api/a.json#/b" }), diagnostic({ at: "/api/b.json#/a" }), diagnostic({ at: "/api/a.json#/c" })],
    { sources: [json, tabs], cwd: "/api" },
  );
  expect(printed).toMatchInlineSnapshot(`
    "a.json:1:322  error  file-not-found  It is wrong.
      1 | …xxxxxxxxxxxxxxx","宽":"宽度","b":"here","c":"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
        |                                   ^^^^^^

    b.json:2:7  error  file-not-found  It is wrong.
      1 | {
      2 |   "a":  "b"
        |         ^^^

    a.json:1:333  error  file-not-found  It is wrong.
      1 | …xxxx","宽":"宽度","b":"here","c":"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
        |                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "
  `);
});

test("a document cannot speak to the terminal or forge a message", () => {
  const hostile = sourceFile("/api/a.json", '{"a": "\u001b[31m\u202e"}', "json");
  const printed = printDiagnostics([diagnostic({ at: "/api/a.json#/a", message: "\u001b[2J\nis wrong." })], {
    sources: [hostile],
    cwd: "/api",
  });
  expect(printed).not.toMatch(/[\u001b\u202e]/);
  expect(printed.split("\n")[0]).toBe("a.json:1:7  error  file-not-found  <U+001B>[2J<U+000A>is wrong.");
});

test("a file that could not be read is named without a line", () => {
  expect(printDiagnostics([diagnostic({ at: "/api/gone.yaml#" })], places)).toBe(
    "gone.yaml  error  file-not-found  It is wrong.\n",
  );
});

test("colours are those that are handed in", () => {
  expect(printDiagnostics([diagnostic({})], { ...places, colors: createColors(true) })).toContain("\u001b[31merror\u001b[39m");
});

test("GitHub gets a command for each, escaped", () => {
  const problem = diagnostic({ message: "100% wrong\nreally, yes: so.", cure: "mend it" });
  expect(printGithub([problem], { ...places, cwd: "/" })).toBe(
    "::error file=api/a.yaml,line=1,col=8,endLine=1,endColumn=9,title=file-not-found::100%25 wrong%0Areally, yes: so.%0Amend it\n",
  );
  expect(printGithub([diagnostic({ at: "/api/x,y:z.yaml#", severity: "info" })], places)).toBe(
    "::notice file=x%2Cy%3Az.yaml,title=file-not-found::It is wrong.\n",
  );
});

test("programs get plain objects", () => {
  expect(
    toJson(
      [diagnostic({ at: "/api/a.yaml#/pets/owner", cure: "mend it", related: [{ at: "/api/gone.yaml#", message: "there" }] })],
      places,
    ),
  ).toEqual([
    {
      file: "a.yaml",
      line: 4,
      column: 10,
      endLine: 4,
      endColumn: 15,
      pointer: "/pets/owner",
      code: "file-not-found",
      severity: "error",
      message: "It is wrong.",
      cure: "mend it",
      related: [{ file: "gone.yaml", pointer: "", message: "there" }],
    },
  ]);
});
