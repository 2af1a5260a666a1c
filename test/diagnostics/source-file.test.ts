import { expect, test } from "vitest";
import { sourceFile, type SourceFile } from "../../generator/diagnostics/source-file.ts";

function show(source: SourceFile, keys: string[], atKey = false): string {
  const { start, end } = source.locate(keys, atKey);
  const line = source.text.split("\n")[start.line - 1] ?? "";
  return `${start.line}:${start.column} ${line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined)}`;
}

const yaml = sourceFile(
  "a.yaml",
  `info: &info
  title: "A b" # comment
  200: yes
list:
  - a
  - name: b
    empty:
flow: { x: [1, 22] }
text: |
  long
alias: *info
merged:
  <<: *info
  own: 1
`,
  "yaml",
);

test("values of a YAML file are found, and their keys when asked for", () => {
  expect(show(yaml, ["info", "title"])).toBe('2:10 "A b"');
  expect(show(yaml, ["info", "title"], true)).toBe("2:3 title");
  expect(show(yaml, ["info", "200"])).toBe("3:8 yes");
  expect(show(yaml, ["list", "1", "name"])).toBe("6:11 b");
  expect(show(yaml, ["flow", "x", "1"])).toBe("8:16 22");
  expect(show(yaml, ["flow", "x"])).toBe("8:12 [1, 22]");
});

test("what takes many lines, or none, is shown by its key", () => {
  expect(show(yaml, ["info"])).toBe("1:1 info");
  expect(show(yaml, ["text"])).toBe("9:1 text");
  expect(show(yaml, ["list", "1", "empty"])).toBe("7:5 empty");
});

test("aliases and merges are followed", () => {
  expect(show(yaml, ["alias", "title"])).toBe('2:10 "A b"');
  expect(show(yaml, ["merged", "title"])).toBe('2:10 "A b"');
  expect(show(yaml, ["merged", "own"])).toBe("14:8 1");
});

test("what does not exist is shown by its nearest ancestor", () => {
  expect(show(yaml, ["info", "nothing", "here"])).toBe("1:1 info");
  expect(show(yaml, ["nothing"])).toBe("1:1 ");
  expect(show(sourceFile("b.yaml", "", "yaml"), ["a"])).toBe("1:1 ");
});

const json = sourceFile(
  "a.json",
  '{\n  "a": { "b\\"}": [1, "x]", { "c": null }] },\n  "big": {\n    "d": -1.5e3\n  }\n}\n',
  "json",
);

test("values of a JSON file are found without a syntax tree", () => {
  expect(show(json, ["a"])).toBe('2:8 { "b\\"}": [1, "x]", { "c": null }] }');
  expect(show(json, ["a", 'b"}', "1"])).toBe('2:22 "x]"');
  expect(show(json, ["a", 'b"}', "2", "c"])).toBe("2:35 null");
  expect(show(json, ["big", "d"])).toBe("4:10 -1.5e3");
  expect(show(json, ["big", "d"], true)).toBe('4:5 "d"');
  expect(show(json, ["big"])).toBe('3:3 "big"');
  expect(show(json, ["big", "x"])).toBe('3:3 "big"');
});

test("a value is told as it is spelled", () => {
  expect(sourceFile("v.yaml", "version: 1.10\n", "yaml").textAt(["version"])).toBe("1.10");
});
