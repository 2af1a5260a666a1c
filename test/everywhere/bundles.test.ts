/** Nothing of Node in what is made for all platforms, by the judgement of a bundler. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { build, type Metafile } from "esbuild";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const generated = path.join(root, "generated");

/** What is for Node alone, and says so by its name. */
const adapters = [
  /^generator\/runtime\/server\/node(\/[a-z-]+)?\.ts$/,
  /^generated\/src\/runtime\/server\/node(\/[a-z-]+)?\.ts$/,
];

async function bundle(entryPoints: readonly string[], conditions: readonly string[]): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [...entryPoints],
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: [...conditions],
    // Reported below, all of them, instead of as an error at the first.
    external: ["node:*"],
    outdir: path.join(root, "nowhere"),
    absWorkingDir: root,
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  return metafile;
}

/** Which modules need what only Node has: `a.ts imports node:http`. */
function needsOfNode({ inputs }: Metafile, besides = adapters): readonly string[] {
  return Object.entries(inputs)
    .filter(([file]) => !besides.some((adapter) => adapter.test(file)))
    .flatMap(([file, { imports }]) => imports.filter(({ external }) => external).map((one) => `${file} imports ${one.path}`));
}

function list(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(root, folder, file));
}

// JSON that we have written.
const manifest = JSON.parse(readFileSync(path.join(generated, "package.json"), "utf8")) as {
  readonly exports: { readonly [subpath: string]: string | { readonly default: string } };
};
const doors = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
  typeof target === "string"
    ? []
    : [{ subpath, file: path.join(generated, target.default.replace("./dist/", "src/").replace(/\.js$/, ".ts")) }],
);

describe.each([
  { platform: "browsers", conditions: ["browser"] },
  { platform: "Workers", conditions: ["workerd", "worker", "browser"] },
  { platform: "Deno", conditions: ["deno"] },
])("a bundle for $platform", ({ conditions }) => {
  test("of each entry of the published package needs nothing of Node, but that of its adapter", async () => {
    expect(doors.length).toBeGreaterThan(8);
    for (const { subpath, file } of doors) {
      const metafile = await bundle([file], conditions);
      expect(needsOfNode(metafile), subpath).toEqual([]);
    }
  });

  test("of each module of the runtime needs nothing of Node, but that of its adapter", async () => {
    const modules = list("generator/runtime");
    expect(modules.length).toBeGreaterThan(100);
    expect(needsOfNode(await bundle(modules, conditions))).toEqual([]);
  });
});

test("A module that needs Node is found", async () => {
  const metafile = await bundle([path.join(root, "generator/runtime/server/node.ts")], []);
  expect(needsOfNode(metafile, [])).toContain("generator/runtime/server/node.ts imports node:http");
});
