import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspace, smallDocument, type Workspace } from "../support/command-line.ts";

describe("generate", () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = openWorkspace({ "api.yaml": smallDocument() });
  });
  afterAll(() => workspace.close());
  const generate = (...flags: readonly string[]) =>
    workspace.run(["generate", "api.yaml", "--out", "out", "--emit", "types,fixtures", ...flags]);

  it("writes what is asked for and what that needs, and says so in one line", async () => {
    const { code, out, err } = await generate();
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(out).toMatch(/^ {2}13 files written, 0 unchanged, 0 removed · \d+\.\d s\n$/);
    expect(Object.keys(workspace.texts("out"))).toEqual([
      ".openapi-triad.json",
      "fixtures.ts",
      "runtime/fixtures/build.ts",
      "runtime/fixtures/edges.ts",
      "runtime/fixtures/factory.ts",
      "runtime/fixtures/operation-fixtures.ts",
      "runtime/fixtures/overrides.ts",
      "runtime/fixtures/sequence.ts",
      "runtime/fixtures/unions.ts",
      "runtime/fixtures/values.ts",
      "runtime/fixtures/vary.ts",
      "runtime/operation.ts",
      "types.ts",
    ]);
  });

  it("writes nothing a second time", async () => {
    const before = statSync(path.join(workspace.folder, "out/types.ts"));
    const { code, out } = await generate();
    expect(code).toBe(0);
    expect(out).toContain("0 files written, 13 unchanged, 0 removed");
    const after = statSync(path.join(workspace.folder, "out/types.ts"));
    expect(after.mtimeMs).toBe(before.mtimeMs);
    expect(after.ino).toBe(before.ino);
  });

  it("checks in silence what is up to date", async () => {
    expect(await generate("--check")).toEqual({ code: 0, out: "", err: "" });
  });

  it("takes line ends of Windows for what they are", async () => {
    const text = workspace.read("out/types.ts");
    workspace.put("out/types.ts", text.replaceAll("\n", "\r\n"));
    expect((await generate("--check")).code).toBe(0);
    workspace.put("out/types.ts", text);
  });

  it("names what is changed, missing and orphaned, and touches none of it", async () => {
    workspace.put("out/types.ts", workspace.read("out/types.ts").replace("name: string;", "name: number;"));
    workspace.remove("out/runtime/operation.ts");
    workspace.put(
      "out/.openapi-triad.json",
      workspace.read("out/.openapi-triad.json").replace('"fixtures.ts"', '"fixtures.ts",\n    "old.ts"'),
    );
    workspace.put("out/old.ts", "export {};\n");
    workspace.put("out/mine.ts", "export {};\n");
    const before = workspace.texts("out");
    const { code, out, err } = await generate("--check");
    expect(code).toBe(1);
    expect(out + err).toMatchInlineSnapshot(`
      "  changed    out/types.ts
          @@ -52,3 +52,3 @@
           export interface Pet {
          -  name: number;
          +  name: string;
           }
        changed    out/.openapi-triad.json
          @@ -4,3 +4,2 @@
               "fixtures.ts",
          -    "old.ts",
               "runtime/fixtures/build.ts",
        missing    out/runtime/operation.ts
        orphaned   out/old.ts
        Run \`openapi-triad generate\` (or your npm script for it) and commit the result.
      "
    `);
    expect(workspace.texts("out")).toEqual(before);
  });

  it("puts all of that right, and leaves the files of others alone", async () => {
    const { code, out } = await generate();
    expect(code).toBe(0);
    expect(out).toContain("3 files written, 10 unchanged, 1 removed");
    expect(Object.keys(workspace.texts("out"))).not.toContain("old.ts");
    expect(workspace.read("out/mine.ts")).toBe("export {};\n");
    expect((await generate("--check")).code).toBe(0);
  });

  it("removes what is no longer asked for, with the folders that it leaves empty", async () => {
    const { code, out } = await workspace.run(["generate", "api.yaml", "--out", "out", "--emit", "types"]);
    expect(code).toBe(0);
    expect(out).toContain("1 file written, 1 unchanged, 11 removed");
    expect(Object.keys(workspace.texts("out"))).toEqual([".openapi-triad.json", "mine.ts", "types.ts"]);
    expect(() => statSync(path.join(workspace.folder, "out/runtime"))).toThrow("ENOENT");
  });

  it.each([
    ["a file", () => workspace.put("theirs/types.ts", "export type Mine = 1;\n")],
    ["a folder", () => workspace.put("theirs/types.ts/mine.ts", "export type Mine = 1;\n")],
  ])("never overwrites %s that it did not write", async (_, put) => {
    put();
    const before = workspace.texts("theirs");
    for (const flags of [[], ["--check"]]) {
      const { code, out, err } = await workspace.run(["generate", "api.yaml", "--out", "theirs", "--emit", "types", ...flags]);
      expect(code).toBe(1);
      expect(out + err).toContain("theirs/types.ts");
      expect(out + err).toContain("Nothing was written. Move these files, or choose another folder with --out.");
    }
    expect(workspace.texts("theirs")).toEqual(before);
    workspace.remove("theirs");
  });

  it("leaves no trace when the disk refuses midway", async () => {
    // A file stands where a folder must be; what comes before it in the order of writing must go again.
    workspace.put("taken/runtime", "not a folder\n");
    const { code, out, err } = await workspace.run(["generate", "api.yaml", "--out", "taken", "--emit", "types,fixtures"]);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toMatch(
      /^The output folder cannot be used: \w+: [^\n]+taken\/runtime[^\n]*\.\nNothing was written: taken is as it was\.\n$/,
    );
    expect(workspace.texts("taken")).toEqual({ runtime: "not a folder\n" });
  });

  it("makes no folder where it cannot write", async () => {
    workspace.put("file", "not a folder\n");
    const { code, err } = await workspace.run(["generate", "api.yaml", "--out", "file/out", "--emit", "types"]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^The output folder cannot be used: ENOTDIR: not a directory, [^\n]+\nNothing was written: file\/out is as it was\.\n$/,
    );
    expect(err).not.toContain("    at ");
  });

  it("makes a package of all artefacts when none is named, in a new folder", async () => {
    mkdirSync(path.join(workspace.folder, "deep"));
    const { code, err } = await workspace.run(["generate", "api.yaml", "--out", "deep/er/package", "--package-name", "@me/pets"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const texts = workspace.texts("deep/er/package");
    expect(Object.keys(texts)).toEqual(
      expect.arrayContaining([
        "README.md",
        "docs/reference.md",
        "package.json",
        "src/client.ts",
        "src/server.ts",
        "src/types.ts",
      ]),
    );
    expect(JSON.parse(texts["package.json"] ?? "")).toMatchObject({ name: "@me/pets", version: "1.0.0" });
  });
});
