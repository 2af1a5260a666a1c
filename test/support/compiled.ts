import { mkdtemp, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import type { EmitContext, FilePlan } from "../../generator/emit/emitter.ts";
import { render } from "../../generator/output/render.ts";

/** What an emitter is told in tests. */
export function contextOf(sourceFolder = ""): EmitContext {
  return {
    sourceFolder,
    emitting: new Set(),
    package: { name: "test", version: "1.0.0", license: "MIT" },
    written: () => ({}),
    diagnostics: new Diagnostics(),
  };
}

/** The text of a plan, as it would be written. */
export async function textOf(plan: FilePlan): Promise<string> {
  const [file] = await render([{ emitter: "types", plan }]);
  return file?.text ?? "";
}

/** Turns plans into JavaScript in a temporary folder, imports one of them, and removes the folder. */
export async function importPlans(plans: readonly FilePlan[], entry: string): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "openapi-triad-"));
  try {
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    for (const plan of plans) {
      const file = join(folder, plan.path.replace(/\.ts$/, ".js"));
      await mkdir(dirname(file), { recursive: true });
      const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, verbatimModuleSyntax: true };
      await writeFile(file, ts.transpileModule(await textOf(plan), { compilerOptions: options }).outputText);
    }
    // A module is what it exports; the test knows which.
    return (await import(/* @vite-ignore */ pathToFileURL(join(folder, entry.replace(/\.ts$/, ".js"))).href)) as Record<
      string,
      unknown
    >;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
