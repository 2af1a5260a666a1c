import path from "node:path";
import ts from "typescript";
import type { GeneratedFile } from "../../generator/output/render.ts";

/** Relative imports of generated files that lead to no generated file: `client.ts imports ./gone.js`. */
export function danglingImports(files: readonly GeneratedFile[]): readonly string[] {
  const paths = new Set(files.map((file) => file.path));
  return files
    .filter((file) => file.path.endsWith(".ts"))
    .flatMap((file) => {
      // As the compiler sees them: a module may hold the text of another.
      const { importedFiles } = ts.preProcessFile(file.text, true, true);
      const specifiers = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith("."));
      const leads = (specifier: string): boolean =>
        paths.has(path.posix.join(path.posix.dirname(file.path), specifier).replace(/\.js$/, ".ts"));
      return specifiers.filter((specifier) => !leads(specifier)).map((specifier) => `${file.path} imports ${specifier}`);
    });
}
