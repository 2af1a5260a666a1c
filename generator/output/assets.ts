import { readFile } from "node:fs/promises";

// Both `generator/output/assets.ts` and `dist/output/assets.js` stand two folders below the package's root.
const root = new URL("../../", import.meta.url);

/** The text of a Handlebars template of `templates/`, by its name without `.hbs`. */
export function readTemplate(name: string): Promise<string> {
  return readFile(new URL(`templates/${name}.hbs`, root), "utf8");
}

/** The text of a file of `templates/`, which is shipped as it is. */
export function readAsset(folder: string, name: string): Promise<string> {
  return readFile(new URL(`templates/${folder}/${name}`, root), "utf8");
}

/** The text of a module of `generator/runtime/`, such as `wire/encode.ts`. The sources are published beside `dist/`. */
export function readRuntimeModule(module: string): Promise<string> {
  return readFile(new URL(`generator/runtime/${module}`, root), "utf8");
}
