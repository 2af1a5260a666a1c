import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The flags under which everything we emit must compile. */
export const harshestFlags: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  isolatedDeclarations: true,
  declaration: true,
  noUnusedLocals: true,
  noEmit: true,
  skipLibCheck: true,
};

/** Compiles files that exist in memory only, with TypeScript 5.9, and gives its complaints: `main.ts(2,5): TS2322 …`. */
export function typeErrors(files: Readonly<Record<string, string>>, options: ts.CompilerOptions = {}): string[] {
  const all = { ...harshestFlags, ...options };
  const virtual = new Map(Object.entries(files).map(([name, text]) => [path.join(folder, name), text]));
  const host = ts.createCompilerHost(all);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => virtual.has(name) || fileExists.call(host, name);
  // Without it, modules in folders that exist in memory only are not looked for.
  const { directoryExists } = host;
  host.directoryExists = (name) =>
    [...virtual.keys()].some((file) => file.startsWith(`${name}${path.sep}`)) || (directoryExists?.call(host, name) ?? true);
  host.readFile = (name) => virtual.get(name) ?? readFile.call(host, name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = virtual.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, version);
    const known = libraries.get(name);
    if (known !== undefined) return known;
    const file = getSourceFile.call(host, name, version, ...rest);
    if (file !== undefined) libraries.set(name, file);
    return file;
  };
  const program = ts.createProgram([...virtual.keys()], all, host);
  return ts.getPreEmitDiagnostics(program).map((problem) => {
    const text = `TS${problem.code} ${ts.flattenDiagnosticMessageText(problem.messageText, " ")}`;
    if (problem.file === undefined) return text;
    const { line, character } = problem.file.getLineAndCharacterOfPosition(problem.start ?? 0);
    return `${path.relative(folder, problem.file.fileName)}(${line + 1},${character + 1}): ${text}`;
  });
}

// A folder that does not exist, in a package of type "module" whose dependencies are found.
const folder = fileURLToPath(new URL("../virtual", import.meta.url));
const libraries = new Map<string, ts.SourceFile>();
