import { readdirSync, readFileSync } from "node:fs";

/** The modules of the runtime that fixtures import, by their paths in the output. */
export function runtimeSources(): Record<string, string> {
  const runtime = new URL("../../generator/runtime/", import.meta.url);
  const modules = ["operation.ts", ...readdirSync(new URL("fixtures/", runtime)).map((name) => `fixtures/${name}`)];
  return Object.fromEntries(modules.map((module) => [`runtime/${module}`, readFileSync(new URL(module, runtime), "utf8")]));
}
