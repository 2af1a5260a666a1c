import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { GeneratedFile } from "../output/render.ts";

/** Generated modules, by their paths in the output without extension: `runtime/client/core`. */
export interface Modules {
  import(module: string): Promise<Readonly<Record<string, unknown>>>;
}

/** Generated modules, made runnable in a temporary folder of their own. */
export interface RunnableModules extends Modules {
  /** Removes the folder. */
  remove(): Promise<void>;
}

/** Makes all generated modules runnable. */
export async function makeRunnable(files: readonly GeneratedFile[]): Promise<RunnableModules> {
  const { folder, remove } = await makeFolder();
  await layOut(
    folder,
    files.filter((file) => file.path.endsWith(".ts") && file.path !== "types.ts"),
  );
  return { ...modulesIn(folder), remove };
}

/** What of the generated files is needed to run some modules: they, and what they import. `types.ts` holds nothing but types. */
export function neededFor(modules: readonly string[], files: readonly GeneratedFile[]): GeneratedFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const needed = new Set<GeneratedFile>();
  const visit = (module: string): void => {
    const file = byPath.get(`${module}.ts`);
    if (file === undefined || needed.has(file) || file.path === "types.ts") return;
    needed.add(file);
    // What is imported for its types alone is gone when the code runs.
    for (const [, typed, specifier = ""] of file.text.matchAll(/^(?:import|export) (type )?[^"';]*from "(\.[^"]+)\.js";$/gm))
      if (typed === undefined) visit(path.posix.join(path.posix.dirname(file.path), specifier));
  };
  for (const module of modules) visit(module);
  return [...needed];
}

/** Makes a folder for modules to run in. */
export async function makeFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "openapi-triad-"));
  await writeFile(path.join(folder, "package.json"), `{ "type": "module" }\n`);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Strips the types from generated TypeScript and lays the JavaScript out in a folder. Generated code is erasable TypeScript, so nothing
 * but types is lost; the compiler is the one that ts-morph carries, never the user's.
 */
export async function layOut(folder: string, files: readonly GeneratedFile[]): Promise<void> {
  const { ts } = await import("ts-morph");
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  for (const file of files) {
    const target = path.join(folder, file.path.replace(/\.ts$/, ".js"));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, ts.transpileModule(file.text, { compilerOptions, fileName: file.path }).outputText);
  }
}

/** The modules of a folder, once they are laid out. */
export function modulesIn(folder: string): Modules {
  return {
    import: (module) =>
      import(pathToFileURL(path.join(folder, `${module}.js`)).href) as Promise<Readonly<Record<string, unknown>>>,
  };
}
