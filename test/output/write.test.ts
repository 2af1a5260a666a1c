import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { header } from "../../generator/emit/text/header.ts";
import type { GeneratedFile } from "../../generator/output/render.ts";
import { compare, isCurrent, manifestName, write } from "../../generator/output/write.ts";

let parent: string;
let out: string;
beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), "openapi-triad-write-"));
  out = path.join(parent, "out");
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const ours = (name: string): string => `${header}\nexport const name = "${name}";\n`;
const files: readonly GeneratedFile[] = [
  { path: "a.ts", text: ours("a") },
  { path: "deep/b.ts", text: ours("b") },
];

describe("compare", () => {
  it("finds everything missing where nothing is, and makes no folder", async () => {
    const comparison = await compare(out, files);
    expect(comparison).toEqual({
      changed: [],
      missing: ["a.ts", "deep/b.ts", manifestName],
      orphaned: [],
      unchanged: [],
      foreign: [],
    });
    expect(isCurrent(comparison)).toBe(false);
    expect(existsSync(out)).toBe(false);
  });

  it("finds nothing to do after writing", async () => {
    await put(files);
    const comparison = await compare(out, files);
    expect(comparison).toEqual({
      changed: [],
      missing: [],
      orphaned: [],
      unchanged: ["a.ts", "deep/b.ts", manifestName],
      foreign: [],
    });
    expect(isCurrent(comparison)).toBe(true);
  });

  it("knows a file as ours by the manifest or by its first line, and any other as foreign", async () => {
    await put(files);
    lay("a.ts", "changed by hand");
    lay("c.ts", ours("an older c"));
    lay("d.ts", "not ours");
    mkdirSync(path.join(out, "e.ts"));
    const wanted = [...files, ...["c.ts", "d.ts", "e.ts"].map((name) => ({ path: name, text: ours(name) }))];
    const { changed, foreign } = await compare(out, wanted);
    expect(changed.map((file) => file.path)).toEqual(["a.ts", "c.ts", manifestName]);
    expect(changed[0]).toEqual({ path: "a.ts", before: "changed by hand", after: ours("a") });
    expect(foreign).toEqual(["d.ts", "e.ts"]);
  });

  it("takes for orphans what the manifest lists and is still there", async () => {
    await put([...files, { path: "gone.ts", text: ours("gone") }, { path: "folder.ts", text: ours("folder") }]);
    lay("theirs.ts", "not ours");
    rmSync(path.join(out, "folder.ts"));
    mkdirSync(path.join(out, "folder.ts"));
    expect((await compare(out, files)).orphaned).toEqual(["gone.ts"]);
  });

  it.each([
    ["climbs out of the folder", "../evil.ts"],
    ["climbs out on a detour", "deep/../../evil.ts"],
    ["climbs out as Windows writes it", "..\\evil.ts"],
    ["is absolute", "ABSOLUTE"],
    ["is empty", ""],
    ["holds a zero byte", "a\0b"],
    ["is no text", 5],
  ])("owns nothing that %s, whatever the manifest says", async (_, entry) => {
    writeFileSync(path.join(parent, "evil.ts"), "not ours");
    lay(manifestName, JSON.stringify({ files: [entry === "ABSOLUTE" ? path.join(parent, "evil.ts") : entry] }));
    const comparison = await compare(out, files);
    expect(comparison.orphaned).toEqual([]);
    await write(out, files, comparison);
    expect(readFileSync(path.join(parent, "evil.ts"), "utf8")).toBe("not ours");
  });

  it.each(["", "{", "null", "[]", '{"files":"a.ts"}'])("does without a manifest that says %j", async (text) => {
    lay(manifestName, text);
    expect(await compare(out, files)).toMatchObject({ orphaned: [], missing: ["a.ts", "deep/b.ts"] });
  });
});

describe("write", () => {
  it("lists in the manifest what it made, sorted, and leaves nothing else behind", async () => {
    await put([...files].reverse());
    expect(tree()).toEqual([manifestName, "a.ts", "deep/b.ts"]);
    expect(JSON.parse(readFileSync(path.join(out, manifestName), "utf8"))).toEqual({
      generator: "openapi-triad",
      files: ["a.ts", "deep/b.ts"],
    });
  });

  it("touches only what differs", async () => {
    await put(files);
    const before = statSync(path.join(out, "a.ts"));
    await put([
      { path: "a.ts", text: ours("a") },
      { path: "deep/b.ts", text: ours("new b") },
    ]);
    expect(statSync(path.join(out, "a.ts")).ino).toBe(before.ino);
    expect(read("deep/b.ts")).toBe(ours("new b"));
  });

  it("removes orphans and the folders that they leave empty, and no other", async () => {
    await put([...files, { path: "deep/er/c.ts", text: ours("c") }, { path: "kept/d.ts", text: ours("d") }]);
    lay("kept/theirs.ts", "not ours");
    await put([{ path: "a.ts", text: ours("a") }]);
    expect(tree()).toEqual([manifestName, "a.ts", "kept/theirs.ts"]);
    expect(existsSync(path.join(out, "deep"))).toBe(false);
  });

  it("refuses to overwrite what is not ours", async () => {
    lay("a.ts", "not ours");
    await expect(write(out, files, await compare(out, files))).rejects.toThrow("Files of others are in the way");
    expect(read("a.ts")).toBe("not ours");
  });

  it("puts everything back when a move fails, down to the folders that it made", async () => {
    await put([
      { path: "a.ts", text: ours("old a") },
      { path: "gone.ts", text: ours("gone") },
    ]);
    const wanted = [...files, { path: "made/c.ts", text: ours("c") }, { path: "z/d.ts", text: ours("d") }];
    const comparison = await compare(out, wanted);
    lay("z", "a file where a folder must go, since we looked");
    const before = texts();
    await expect(write(out, wanted, comparison)).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(texts()).toEqual(before);
    expect(existsSync(path.join(out, "made"))).toBe(false);
  });

  it("puts changed files back when the removal of an orphan fails", async () => {
    await put([...files, { path: "gone.ts", text: ours("gone") }]);
    const wanted = [
      { path: "a.ts", text: ours("new a") },
      { path: "deep/b.ts", text: ours("b") },
    ];
    const comparison = await compare(out, wanted);
    rmSync(path.join(out, "gone.ts"));
    const before = texts();
    await expect(write(out, wanted, comparison)).rejects.toThrow("ENOENT");
    expect(texts()).toEqual(before);
  });

  it("leaves no folder behind where none was", async () => {
    const comparison = await compare(out, files);
    writeFileSync(out, "a file where the folder must go");
    await expect(write(out, files, comparison)).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(readdirSync(parent)).toEqual(["out"]);
    rmSync(out);
    const bad = [...files, { path: "a.ts/c.ts", text: ours("c") }];
    await expect(write(out, bad, await compare(out, bad))).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(readdirSync(parent)).toEqual([]);
  });
});

async function put(wanted: readonly GeneratedFile[]): Promise<void> {
  await write(out, wanted, await compare(out, wanted));
}

function lay(file: string, text: string): void {
  const target = path.join(out, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function read(file: string): string {
  return readFileSync(path.join(out, file), "utf8");
}

function tree(): readonly string[] {
  const entries = readdirSync(out, { recursive: true, encoding: "utf8" }).sort();
  return entries.filter((file) => statSync(path.join(out, file)).isFile()).map((file) => file.replaceAll("\\", "/"));
}

function texts(): Readonly<Record<string, string>> {
  return Object.fromEntries(tree().map((file) => [file, read(file)]));
}
