import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const generated = path.resolve(import.meta.dirname, "../../generated");

/** Everything that a file brings along: its own files, and what it imports from elsewhere. */
function reach(entry: string): { readonly files: readonly string[]; readonly foreign: readonly string[] } {
  const files = new Set([path.join(generated, "src", entry)]);
  const foreign = new Set<string>();
  for (const file of files) {
    for (const specifier of importsOf(readFileSync(file, "utf8"))) {
      const target = path.resolve(path.dirname(file), specifier.replace(/\.js$/, ".ts"));
      if (specifier.startsWith(".") && existsSync(target)) files.add(target);
      else foreign.add(specifier);
    }
  }
  return { files: [...files].map((file) => path.relative(path.join(generated, "src"), file)), foreign: [...foreign] };
}

// Every way to name a module: `import … from`, `export … from`, `import "…"`, `import("…")`, `require("…")`.
function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(/\b(?:from|import|require)\s*\(?\s*["']([^"']+)["']/g)].flatMap(([, specifier]) =>
    specifier === undefined ? [] : [specifier],
  );
}

describe("the emitted package", () => {
  test.each(["index.ts", "types.ts", "server.ts", "fixtures.ts", "validators.ts"])(
    "%s runs in a browser: it needs nothing but files of its own",
    (entry) => {
      const { files, foreign } = reach(entry);
      expect(foreign).toEqual([]);
      expect(files.filter((file) => file.startsWith(".."))).toEqual([]);
    },
  );

  // `validation/validator.ts` holds types alone.
  test("has its client apart from server, fixtures and validators", () => {
    const { files } = reach("index.ts");
    expect(files.length).toBeGreaterThan(20);
    expect(
      files.filter((file) =>
        /^(server|fixtures|validators|operation-validators)\.ts|^runtime\/(server|fixtures|validation\/(?!validator\.ts))/.test(
          file,
        ),
      ),
    ).toEqual([]);
  });

  test("meets Node in one file, openapi-fetch in another, and MSW in a third", () => {
    expect(reach("runtime/server/node.ts").foreign.every((name) => name.startsWith("node:"))).toBe(true);
    expect(reach("openapi-fetch.ts").foreign).toEqual(["openapi-fetch"]);
    expect(reach("msw.ts").foreign).toEqual(["msw"]);
  });

  test("touches no global that only some platforms have, and evaluates no text", () => {
    const { files } = reach("index.ts");
    const others = reach("server.ts").files.concat(reach("fixtures.ts").files);
    for (const file of new Set([...files, ...others])) {
      const text = readFileSync(path.join(generated, "src", file), "utf8");
      expect(text, file).not.toMatch(/\b(?:eval|new Function|Function)\(|\bBuffer\.|\b__dirname\b|\brequire\(/);
      if (file !== "runtime/client/environment.ts")
        expect(text.replace(/\/\*[\s\S]*?\*\//g, ""), file).not.toMatch(/\bprocess\./);
    }
  });

  test("depends on nothing, and leads to each of its modules", () => {
    // JSON that we have written.
    const manifest = JSON.parse(readFileSync(path.join(generated, "package.json"), "utf8")) as {
      readonly dependencies?: object;
      readonly peerDependencies: object;
      readonly peerDependenciesMeta: { readonly [name: string]: { readonly optional: boolean } };
      readonly exports: { readonly [subpath: string]: string | { readonly types: string; readonly default: string } };
    };
    expect(manifest.dependencies).toBeUndefined();
    expect(Object.keys(manifest.peerDependencies)).toEqual(["msw", "openapi-fetch"]);
    expect(Object.values(manifest.peerDependenciesMeta)).toEqual([{ optional: true }, { optional: true }]);
    expect(Object.keys(manifest.exports)).toEqual(
      expect.arrayContaining([
        ".",
        "./types",
        "./openapi-fetch",
        "./server",
        "./server/node",
        "./server/express",
        "./fixtures",
        "./msw",
      ]),
    );
    for (const target of Object.values(manifest.exports)) {
      if (typeof target === "string") continue;
      const folder = path.join(generated, path.dirname(target.default.replace("./dist/", "src/")));
      if (target.default.includes("*")) {
        expect(readdirSync(folder).length, target.default).toBeGreaterThan(0);
        continue;
      }
      expect(target.types).toBe(target.default.replace(/\.js$/, ".d.ts"));
      expect(
        existsSync(path.join(generated, target.default.replace("./dist/", "src/").replace(/\.js$/, ".ts"))),
        target.default,
      ).toBe(true);
    }
  });
});
