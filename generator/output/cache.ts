/**
 * The memory of runs that changed nothing more: what they looked at, what they left, and what they told. A run is recalled only when
 * every byte of that is the same; the modification times of files say nothing.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";

import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { GeneratedFile } from "./render.ts";
import { hashOf, hashOfFile, isUnchanged, type Trace } from "./trace.ts";
import { withManifest } from "./write.ts";

/** What a run told, to be told again. */
export interface Told {
  /** The problems, as they were printed. */
  readonly problems: string;
  /** What was made, for people. */
  readonly summary: string;
  /** How many files the output folder holds. */
  readonly files: number;
}

export interface Cache {
  /** What the last run told, if nothing has changed since. */
  recall(): Told | undefined;
  /** Keeps a run whose output folder is as it should be. */
  keep(run: { readonly trace: Trace; readonly out: string; readonly files: readonly GeneratedFile[]; readonly told: Told }): void;
}

/**
 * The cache of runs from a folder: in `node_modules/.cache/openapi-triad` of the package around it, else in the system's folder for
 * temporary files. `settings` is whatever a run depends on beside the disk; the tool itself is added.
 */
export function openCache(cwd: string, settings: unknown): Cache {
  const key = hashOf(JSON.stringify([cwd, settings, fingerprint()]));
  const file = path.join(cacheFolder(cwd), `${nameOf([cwd, settings])}.json`);
  return {
    recall() {
      try {
        const kept = JSON.parse(readFileSync(file, "utf8")) as Kept; // Written below; what is not as written there is no match.
        if (kept.key !== key || kept.sum !== sumOf(kept)) return undefined;
        const { files, links, folders } = kept;
        const trace = { files: new Map(files), links: new Map(links), folders: new Map(folders), steady: true };
        const current = kept.outputs.every(([output, hash]) => hashOfFile(output) === hash) && isUnchanged(trace);
        return current ? kept.told : undefined;
      } catch {
        return undefined; // There is none, or it is of no use.
      }
    },
    keep({ trace, out, files, told }) {
      try {
        const outputs = outputsOf(out, files);
        if (!trace.steady || outputs === undefined) return;
        const kept = { key, told, files: [...trace.files], links: [...trace.links], folders: [...trace.folders], outputs };
        mkdirSync(path.dirname(file), { recursive: true });
        const temporary = `${file}.${nameOf(kept)}`;
        writeFileSync(temporary, JSON.stringify({ ...kept, sum: sumOf(kept) }));
        renameSync(temporary, file);
      } catch {
        // A disk that takes no cache: the next run does the work again.
      }
    },
  };
}

// For the name of a file.
function nameOf(value: unknown): string {
  return hashOf(JSON.stringify(value))
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .slice(0, 24);
}

interface Kept {
  readonly key: string;
  readonly told: Told;
  readonly files: readonly (readonly [string, string])[];
  readonly links: readonly (readonly [string, string])[];
  readonly folders: readonly (readonly [string, string])[];
  /** Absolute paths and the hashes of their content. */
  readonly outputs: readonly (readonly [string, string])[];
  readonly sum?: string;
}

// Half a file, or one that someone has touched, is none.
function sumOf({ key, told, files, links, folders, outputs }: Kept): string {
  return hashOf(JSON.stringify([key, told, files, links, folders, outputs]));
}

/** The files of the output folder with their hashes; `undefined` when one is not what was made, but for its line ends. */
function outputsOf(out: string, files: readonly GeneratedFile[]): [string, string][] | undefined {
  const found: [string, string][] = [];
  for (const file of withManifest(files)) {
    const output = path.join(out, file.path);
    const content = readFileSync(output);
    if (content.toString("utf8").replaceAll("\r\n", "\n") !== file.text) return undefined;
    found.push([output, hashOf(content)]);
  }
  return found;
}

function cacheFolder(cwd: string): string {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const modules = path.join(folder, "node_modules");
    if (existsSync(modules)) return path.join(modules, ".cache", "openapi-triad");
    if (path.dirname(folder) === folder) return path.join(tmpdir(), "openapi-triad-cache");
  }
}

/** The tool: its own files, and the versions of what it stands on. */
function fingerprint(): string {
  const own = fileURLToPath(new URL("..", import.meta.url));
  const root = path.dirname(path.normalize(`${own}/`));
  const folders = [own, path.join(root, "generator", "runtime"), path.join(root, "templates")];
  const files = folders.flatMap((folder) => filesIn(folder)).concat(path.join(root, "package.json"), ...dependencies(root));
  return hashOf(JSON.stringify(files.map((file) => [path.relative(root, file), hashOfFile(file)])));
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".d.ts"))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function dependencies(root: string): string[] {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const { dependencies: named = {} } = manifest as { readonly dependencies?: Readonly<Record<string, string>> }; // Our own.
  return Object.keys(named).flatMap((name) => {
    for (let folder = root; ; folder = path.dirname(folder)) {
      const file = path.join(folder, "node_modules", name, "package.json");
      if (existsSync(file)) return [file];
      if (path.dirname(folder) === folder) return [];
    }
  });
}
