import path from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

const source = path.resolve("generated/src");

/** The bytes of a program that uses the fixtures of this repository's document, minified, and what it brings along. */
async function bundled(code: string): Promise<{ readonly bytes: number; readonly text: string }> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: source, loader: "ts" },
    plugins: [
      {
        name: "sources",
        setup({ onResolve }) {
          // The package marks itself free of side effects, and imports its files as JavaScript.
          onResolve({ filter: /^\..*\.js$/ }, ({ path: file, resolveDir }) => ({
            path: path.resolve(resolveDir, file.replace(/\.js$/, ".ts")),
            sideEffects: false,
          }));
        },
      },
    ],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  const text = outputFiles[0]?.text ?? "";
  return { bytes: Buffer.byteLength(text), text };
}

describe("a bundle of fixtures", () => {
  test("holds nothing where nothing is used", async () => {
    expect((await bundled('import * as fixtures from "./fixtures.js"; void 0;')).bytes).toBeLessThan(10);
  });

  test("holds one factory, those that it needs, and what makes factories", async () => {
    const { bytes, text } = await bundled('import { sharePassword } from "./fixtures.js"; console.log(sharePassword());');
    expect(text).toContain("For the design agency");
    expect(text).not.toContain("0b3f8a52-7c1d-5e94-8a6f-2d9e41c7b035");
    expect(bytes).toBeLessThan(8500);
    const all = await bundled('import * as fixtures from "./fixtures.js"; console.log(fixtures);');
    expect(all.bytes).toBeGreaterThan(15 * bytes);
  });

  test("holds an operation without the others", async () => {
    const { text } = await bundled(
      'import { environmentsSessionRecordingsSharingList as list } from "./fixtures.js"; console.log(list.responses[200]());',
    );
    expect(text).not.toContain("HogQLQuery");
  });
});
