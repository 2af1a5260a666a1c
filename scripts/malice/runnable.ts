/** Generated TypeScript, made runnable in a temporary folder of its own. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import type { GeneratedFile } from "../../generator/output/render.ts";

export interface Runnable {
  /** Imports a module by its path in the output without extension: `runtime/server/node`. */
  import(module: string): Promise<Readonly<Record<string, unknown>>>;
  remove(): Promise<void>;
}

/** Strips the types from generated files and lays them out for `import`. */
export async function makeRunnable(files: readonly GeneratedFile[]): Promise<Runnable> {
  const folder = await mkdtemp(path.join(tmpdir(), "openapi-triad-"));
  await writeFile(path.join(folder, "package.json"), `{ "type": "module" }\n`);
  for (const file of files) {
    // `types.ts` holds nothing but types and is by far the largest.
    if (!file.path.endsWith(".ts") || file.path === "types.ts") continue;
    const target = path.join(folder, file.path.replace(/\.ts$/, ".js"));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, (await transform(file.text, { loader: "ts", target: "es2022" })).code);
  }
  return {
    import: (module) =>
      import(pathToFileURL(path.join(folder, `${module}.js`)).href) as Promise<Readonly<Record<string, unknown>>>,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
