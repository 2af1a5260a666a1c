import { expect, test } from "vitest";
import { Diagnostics } from "../../../generator/diagnostics/diagnostic.ts";
import { printDiagnostics } from "../../../generator/diagnostics/print.ts";
import { parse } from "../../../generator/openapi/load/parse.ts";
import { readActions } from "../../../generator/openapi/overlay/read.ts";

/** What is said of an overlay for `/api/spec.yaml`, and how many actions are left. */
function read(text: string, file: string = "/api/hints/overlay.yaml"): { readonly actions: number; readonly printed: string } {
  const diagnostics = new Diagnostics();
  const source = parse(file, text, diagnostics);
  const actions = readActions(source, "/api/spec.yaml", diagnostics);
  return {
    actions: actions.length,
    printed: printDiagnostics(diagnostics.all, { sources: [source], cwd: "/api/hints" }),
  };
}

const info = "info: { title: Hints, version: '1' }";
const actions = "actions: [{ target: $.info, remove: true }]";

test.each(["1.0.0", "1.1.0", "1.1.7", "1.0", "'1.1'"])("version %s is known", (version) => {
  expect(read(`overlay: ${version}\n${info}\n${actions}\n`)).toEqual({ actions: 1, printed: "" });
});

test.each(["1.2.0", "2.0.0", "1", "true", "[1.0.0]"])("version %s is not known", (version) => {
  expect(read(`overlay: ${version}\n${info}\n${actions}\n`)).toMatchObject({
    actions: 0,
    printed: expect.stringContaining("overlay-version-unsupported"),
  });
});

test.each(["../spec.yaml", "./../spec.yaml#", "https://example.com/v2/spec.yaml"])(
  "an overlay that extends %s is meant for this document",
  (written) => {
    expect(read(`overlay: 1.1.0\n${info}\nextends: ${written}\n${actions}\n`).printed).toBe("");
  },
);

test.each(["spec.yaml", "https://example.com/v2/openapi.yaml", "urn:example:spec"])(
  "an overlay that extends %s is meant for another",
  (written) => {
    expect(read(`overlay: 1.1.0\n${info}\nextends: ${written}\n${actions}\n`)).toMatchObject({
      actions: 1,
      printed: expect.stringContaining("overlay-extends-other"),
    });
  },
);

test("actions of wrong shapes are left out, each with its place", () => {
  const text = `overlay: 1.1.0
${info}
action: []
actions:
  - remove
  - { update: {} }
  - { target: 7, remove: true }
  - { target: $.info, remove: "yes" }
  - { target: $.info, udpate: {} }
  - { target: $.info, copy: "$.info[?@.title == 'x'" }
  - { target: $.info, x-why: it is kept, update: { title: Kept } }
`;
  const { actions: left, printed } = read(text);
  expect(left).toBe(1);
  expect(printed.split("\n").filter((line) => line.startsWith("overlay.yaml"))).toMatchInlineSnapshot(`
    [
      "overlay.yaml:3:1  warning  member-unknown  "action" is not known in an overlay; it is left out.",
      "overlay.yaml:5:5  error  value-wrong-kind  Here stands a string; an action must be an object.",
      "overlay.yaml:6:5  error  member-missing  The action has no "target"; it is left out.",
      "overlay.yaml:7:15  error  value-wrong-kind  Here stands a number; "target" must be a string.",
      "overlay.yaml:8:31  error  value-wrong-kind  Here stands a string; "remove" must be a boolean.",
      "overlay.yaml:9:23  warning  member-unknown  "udpate" is not known in an action; it is left out.",
      "overlay.yaml:9:5  warning  overlay-action-idle  The action has no "update", no "copy" and no "remove: true"; it changes nothing.",
      "overlay.yaml:10:51  error  jsonpath-syntax  "$.info[?@.title == 'x'" is no JSONPath: unclosed bracketed selection.",
    ]
  `);
});

test("the mistake in a JSONPath is pointed at in JSON, too", () => {
  const text = `{ "overlay": "1.1.0", "info": {},\n  "actions": [{ "target": "$.paths[/x]", "remove": true }, { "target": "$.paths[\\"x\\"].", "remove": true }] }`;
  expect(read(text, "/api/hints/overlay.json").printed).toMatchInlineSnapshot(`
    "overlay.json:2:36  error  jsonpath-syntax  "$.paths[/x]" is no JSONPath: unexpected token '/' in bracketed selection.
      2 | …tions": [{ "target": "$.paths[/x]", "remove": true }, { "target": "$.paths[\\"x\\"].", "remove": tru…
        |                                ^
        = write it as RFC 9535 has it, such as $.paths['/pets'].get; what is no plain name stands in brackets and quotes

    overlay.json:2:72  error  jsonpath-syntax  "$.paths["x"]." is no JSONPath: it ends where a name or a bracket is expected.
      2 | …"remove": true }, { "target": "$.paths[\\"x\\"].", "remove": true }] }
        |                                ^^^^^^^^^^^^^^^^^
        = write it as RFC 9535 has it, such as $.paths['/pets'].get; what is no plain name stands in brackets and quotes
    "
  `);
});
