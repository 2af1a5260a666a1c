/** Bundles a program as a page would load it: esbuild, minified, ESM, for the browser, with unused modules left out. */
import { gzipSync } from "node:zlib";
import { build, type BuildOptions } from "esbuild";

export interface Bundle {
  /** Bytes as they are. */
  readonly minified: number;
  /** Bytes after gzip at its best level. */
  readonly gzip: number;
  /** The modules of which something is in it, by their paths. */
  readonly modules: readonly string[];
}

/** The bundle of a TypeScript program whose imports are relative to a folder. Throws when it needs what a browser has not. */
export async function bundle(program: string, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({ ...common(program, folder), minify: true, metafile: true });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const [file] = outputFiles;
  return {
    minified: file?.contents.length ?? 0,
    gzip: file === undefined ? 0 : gzipSync(file.contents, { level: 9 }).length,
    modules: inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([module]) => module),
  };
}

/** What a bundle holds, with all names as they are: the same text for the same code, whatever was left out. */
export async function bundledCode(program: string, folder: string): Promise<string> {
  const { outputFiles } = await build({ ...common(program, folder), minifySyntax: true, minifyWhitespace: true });
  return outputFiles.map(({ text }) => text).join("");
}

function common(program: string, folder: string) {
  return {
    stdin: { contents: program, resolveDir: folder, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "silent",
  } as const satisfies BuildOptions;
}
