import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../scripts/compile.ts";

const root = path.resolve(import.meta.dirname, "..");

/** The TypeScript blocks of a Markdown page, each a module. */
function blocksOf(page: string): string[] {
  return [...readFileSync(path.join(root, page), "utf8").matchAll(/```ts\n([\s\S]*?)```/g)].map((block) => block[1] ?? "");
}

describe("the examples of the README", () => {
  it("compile against the package", async () => {
    // Inside the repository, so that the compiler resolves packages and follows the emitted sources.
    const folder = mkdtempSync(path.join(root, "node_modules/.readme-"));
    try {
      for (const [index, block] of blocksOf("README.md")
        .filter((text) => text.includes("posthog-environments"))
        .entries()) {
        const sources = block
          .replaceAll(
            /"posthog-environments(\/[\w/-]+)?"/g,
            (_, subpath: string | undefined) => `"../../generated/src/${modules[subpath ?? ""] ?? "?"}.js"`,
          )
          // One entry stands for nine.
          .replace("const handlers: Handlers =", "export const handlers: Partial<Handlers> =");
        writeFileSync(path.join(folder, `block-${index}.ts`), `${sources}\nexport {};\n`);
      }
      const errors = await compile(folder, "5.9", ["*.ts"], {
        noUnusedLocals: false,
        isolatedDeclarations: false,
        declaration: false,
      });
      expect(errors).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const modules: Readonly<Record<string, string>> = {
  "": "index",
  "/fixtures": "fixtures",
  "/server": "server",
  "/server/node": "runtime/server/node",
};
