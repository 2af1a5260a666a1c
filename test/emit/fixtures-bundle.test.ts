import path from "node:path";
import { build } from "esbuild";
import { rolldown } from "rolldown";
import { describe, expect, test } from "vitest";

const source = path.resolve("generated/src");

interface Bundle {
  readonly bytes: number;
  readonly text: string;
}

/** A program that uses the fixtures of this repository's document, minified, with what it brings along. */
type Bundler = (code: string) => Promise<Bundle>;

// The package marks itself free of side effects, and imports its files as JavaScript.
const inSource = (file: string, folder: string): string => path.resolve(folder, file.replace(/\.js$/, ".ts"));

const withEsbuild: Bundler = async (code) => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: source, loader: "ts" },
    plugins: [
      {
        name: "sources",
        setup({ onResolve }) {
          onResolve({ filter: /^\..*\.js$/ }, ({ path: file, resolveDir }) => ({
            path: inSource(file, resolveDir),
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
  return bundleOf(outputFiles[0]?.text ?? "");
};

const withRolldown: Bundler = async (code) => {
  const entry = path.join(source, "entry.ts");
  const bundle = await rolldown({
    input: entry,
    plugins: [
      {
        name: "sources",
        resolveId(file, importer) {
          if (file === entry) return entry;
          return { id: inSource(file, path.dirname(importer ?? entry)), moduleSideEffects: false };
        },
        load: (id) => (id === entry ? code : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  return bundleOf(output[0].code);
};

function bundleOf(text: string): Bundle {
  return { bytes: Buffer.byteLength(text), text };
}

describe.each([
  ["esbuild", withEsbuild],
  ["Rolldown", withRolldown],
])("a bundle of fixtures by %s", (_, bundled) => {
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
