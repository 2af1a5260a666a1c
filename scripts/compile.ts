/** A strict `tsc` over an emitted tree, with the compilers that our users have. */
import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, "..");

/** The compilers, by the version that is told. */
export const compilers = {
  "5.9": path.join(root, "node_modules/typescript/bin/tsc"),
  "7": path.join(root, "node_modules/typescript-7/bin/tsc"),
} as const;
export type CompilerVersion = keyof typeof compilers;

/** The harshest flags that we promise to bear. */
export const strictOptions = {
  target: "ES2022",
  lib: ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
  module: "NodeNext",
  moduleResolution: "NodeNext",
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noFallthroughCasesInSwitch: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  isolatedDeclarations: true,
  declaration: true,
  forceConsistentCasingInFileNames: true,
  noEmit: true,
  skipLibCheck: true,
} as const;

/**
 * Compiles the TypeScript under `folder` (or the given globs) and returns the compiler's error lines; none when all is well.
 * Packages are found in this repository's `node_modules`.
 */
export async function compile(
  folder: string,
  version: CompilerVersion,
  include: readonly string[] = ["**/*.ts"],
  options: Readonly<Record<string, boolean>> = {},
): Promise<readonly string[]> {
  await linkModules(folder);
  const project = path.join(folder, `tsconfig.strict-${version}.json`);
  await writeFile(
    project,
    JSON.stringify({ compilerOptions: { ...strictOptions, ...options }, include, exclude: ["node_modules", "dist"] }),
  );
  const output = await run(
    process.execPath,
    ["--max-old-space-size=8192", compilers[version], "-p", project, "--pretty", "false"],
    folder,
  );
  return output.split("\n").filter((line) => /error TS\d+/.test(line));
}

async function linkModules(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const target = path.dirname(path.dirname(require.resolve("typescript/package.json")));
  await symlink(target, path.join(folder, "node_modules"), "dir").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

function run(command: string, argv: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, argv, { cwd, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      // `tsc` exits 1 or 2 when it finds errors, which are on stdout; anything else is a failure to run.
      if (error !== null && stdout === "") reject(new Error(stderr || error.message));
      else resolve(stdout);
    });
  });
}
