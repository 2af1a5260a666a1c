import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../scripts/compile.ts";

const root = path.resolve(import.meta.dirname, "..");

/** The TypeScript blocks of a Markdown page, each a module. */
function blocksOf(page: string): string[] {
  return [...readFileSync(path.join(root, page), "utf8").matchAll(/```ts\n([\s\S]*?)```/g)].map((block) => block[1] ?? "");
}

describe("the examples", () => {
  it.each(["README.md", "docs/client.md"])("of %s compile against the package", async (page) => {
    // Inside the repository, so that the compiler resolves packages and follows the emitted sources.
    const folder = mkdtempSync(path.join(root, "node_modules/.readme-"));
    try {
      const blocks = blocksOf(page).filter((text) => text.includes("posthog") && !elsewhere.test(text));
      expect(blocks.length).toBeGreaterThan(1);
      for (const [index, block] of blocks.entries()) {
        const sources = [...given(block), block]
          .join("\n")
          .replaceAll(
            /"posthog-environments(\/[\w/-]+)?"/g,
            (_, subpath: string | undefined) => `"../../generated/src/${modules[subpath ?? ""] ?? subpath?.slice(1)}.js"`,
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

/** Of a document with other operations, or tested with what they need. */
const elsewhere = /@opentelemetry|\bclient\.(?:events|files)\b/;

/** What a block of a page takes from the blocks and the text before it. */
function given(block: string): string[] {
  const missing = ([name]: readonly [string, string]): boolean =>
    new RegExp(`\\b${name}\\b`).test(block) &&
    !new RegExp(`(?:import |const (?:\\{|(?=${name} =)))[^;=]*\\b${name}\\b`).test(block);
  return before.filter(missing).map(([, text]) => text);
}

const before: readonly (readonly [name: string, text: string])[] = [
  ["createClient", `import { createClient } from "posthog-environments";`],
  ["errors", `import { errors } from "posthog-environments";`],
  ["isOperationError", `import { isOperationError } from "posthog-environments";`],
  ["posthog", `declare const posthog: import("posthog-environments").Client;`],
  ["query", `declare const query: import("posthog-environments").QueryRequest["query"];`],
  ["apiKey", `declare const apiKey: string;`],
  ["retrieve", `import { retrieve } from "posthog-environments/resources/query";`],
];

const modules: Readonly<Record<string, string>> = {
  "": "index",
  "/fixtures": "fixtures",
  "/server": "server",
  "/server/node": "runtime/server/node",
};
