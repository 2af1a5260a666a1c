import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { GeneratedFile } from "../output/render.ts";

/** Generated modules, made runnable in a temporary folder of their own. */
export interface RunnableModules {
  /** Imports a module by its path in the output without extension: `runtime/client/core`. */
  import(module: string): Promise<Readonly<Record<string, unknown>>>;
  /** Removes the folder. */
  remove(): Promise<void>;
}

/**
 * Strips the types from generated TypeScript and lays the JavaScript out for `import`. Generated code is erasable TypeScript,
 * so nothing but types is lost; the compiler is the one that ts-morph carries, never the user's.
 */
export async function makeRunnable(files: readonly GeneratedFile[]): Promise<RunnableModules> {
  const { ts } = await import("ts-morph");
  const folder = await mkdtemp(path.join(tmpdir(), "openapi-triad-"));
  await writeFile(path.join(folder, "package.json"), `{ "type": "module" }\n`);
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  for (const file of files) {
    // `types.ts` holds nothing but types and is by far the largest.
    if (!file.path.endsWith(".ts") || file.path === "types.ts") continue;
    const target = path.join(folder, file.path.replace(/\.ts$/, ".js"));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, ts.transpileModule(file.text, { compilerOptions, fileName: file.path }).outputText);
  }
  return {
    import: (module) =>
      import(pathToFileURL(path.join(folder, `${module}.js`)).href) as Promise<Readonly<Record<string, unknown>>>,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
