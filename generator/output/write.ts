/** GeneratedFiles meet the disk: what differs is told (`compare`) or written (`write`), whole or not at all. */
import { mkdir, mkdtemp, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { GeneratedFile } from "./render.ts";

/** The list of files that a run owns, kept in the output folder: what is on it and no longer made is an orphan. */
export const manifestName = ".openapi-triad.json";

/** How the output folder stands against what would be written. Paths are relative to it. */
export interface Comparison {
  readonly changed: readonly { readonly path: string; readonly before: string; readonly after: string }[];
  readonly missing: readonly string[];
  readonly orphaned: readonly string[];
  readonly unchanged: readonly string[];
  /** Files and folders in the way that we did not write: never overwritten. */
  readonly foreign: readonly string[];
}

/** Compares without touching anything. Line ends are compared as `\n`, as a checkout on Windows may have changed them. */
export async function compare(out: string, files: readonly GeneratedFile[]): Promise<Comparison> {
  const wanted = withManifest(files);
  const owned = new Set(await ownedFiles(out));
  const comparison = {
    changed: [] as Comparison["changed"][number][],
    missing: [] as string[],
    orphaned: [] as string[],
    unchanged: [] as string[],
    foreign: [] as string[],
  };
  for (const file of wanted) {
    const before = await readIfThere(path.join(out, file.path));
    if (before === undefined) comparison.missing.push(file.path);
    else if (before === folder) comparison.foreign.push(file.path);
    else if (before.replaceAll("\r\n", "\n") === file.text) comparison.unchanged.push(file.path);
    else if (owned.has(file.path) || isGenerated(before) || file.path === manifestName)
      comparison.changed.push({ path: file.path, before, after: file.text });
    else comparison.foreign.push(file.path);
  }
  const paths = new Set(wanted.map((file) => file.path));
  for (const file of owned) {
    if (!paths.has(file) && typeof (await readIfThere(path.join(out, file))) === "string") comparison.orphaned.push(file);
  }
  return comparison;
}

/** Whether the folder holds exactly what would be written. */
export function isCurrent(comparison: Comparison): boolean {
  const { changed, missing, orphaned, foreign } = comparison;
  return changed.length + missing.length + orphaned.length + foreign.length === 0;
}

/**
 * Writes what is changed or missing and removes orphans. Everything is staged beside its place first and moved afterwards;
 * when a move fails, what was moved is put back, and folders that were made are removed. Throws what the file system throws.
 */
export async function write(out: string, files: readonly GeneratedFile[], comparison: Comparison): Promise<void> {
  if (isCurrent(comparison)) return;
  if (comparison.foreign.length > 0) throw new Error("Files of others are in the way; the caller reports them.");
  const undo: Undo[] = [];
  try {
    await makeFolder(out, undo);
    const staging = await mkdtemp(path.join(out, ".openapi-triad-"));
    undo.push(() => rm(staging, { recursive: true, force: true }));
    await stage(staging, files, comparison);
    // What was moved is put back before the staging folder goes, which holds it.
    await move(out, staging, comparison, undo);
    await rm(staging, { recursive: true, force: true });
  } catch (error) {
    // A step that cannot be undone must not keep the others from it; the first error is the one that tells.
    for (const step of undo.reverse()) await step().catch(() => undefined);
    throw error;
  }
  for (const file of comparison.orphaned) await removeEmptyFolders(out, path.dirname(file));
}

type Undo = () => Promise<unknown>;

async function stage(staging: string, files: readonly GeneratedFile[], comparison: Comparison): Promise<void> {
  const texts = new Map(withManifest(files).map((file) => [file.path, file.text]));
  for (const [index, file] of stale(comparison).entries())
    await writeFile(path.join(staging, `new-${index}`), texts.get(file) ?? "");
}

async function move(out: string, staging: string, comparison: Comparison, undo: Undo[]): Promise<void> {
  const setAside = async (file: string, name: string): Promise<void> => {
    const target = path.join(out, file);
    const aside = path.join(staging, name);
    await rename(target, aside);
    undo.push(() => rename(aside, target));
  };
  const missing = new Set(comparison.missing);
  for (const [index, file] of stale(comparison).entries()) {
    const target = path.join(out, file);
    if (missing.has(file)) await makeFolder(path.dirname(target), undo);
    else await setAside(file, `old-${index}`);
    await rename(path.join(staging, `new-${index}`), target);
    undo.push(() => rm(target, { force: true }));
  }
  for (const [index, file] of comparison.orphaned.entries()) await setAside(file, `orphan-${index}`);
}

/** What is to be written: missing files and changed ones. */
function stale({ missing, changed }: Comparison): readonly string[] {
  return [...missing, ...changed.map((file) => file.path)];
}

async function makeFolder(wanted: string, undo: Undo[]): Promise<void> {
  const first = await mkdir(wanted, { recursive: true });
  if (first !== undefined) undo.push(() => rm(first, { recursive: true, force: true }));
}

async function removeEmptyFolders(out: string, name: string): Promise<void> {
  if (name === "." || name === "") return;
  try {
    await rmdir(path.join(out, name));
  } catch {
    return; // Not empty: it holds files that are still wanted, or not ours.
  }
  await removeEmptyFolders(out, path.dirname(name));
}

/** The files with the list of them, which is written beside them. */
export function withManifest(files: readonly GeneratedFile[]): readonly GeneratedFile[] {
  const paths = files.map((file) => file.path).sort();
  const text = `${JSON.stringify({ generator: "openapi-triad", files: paths }, null, 2)}\n`;
  return [...files, { path: manifestName, text }];
}

async function ownedFiles(out: string): Promise<readonly string[]> {
  const text = await readIfThere(path.join(out, manifestName));
  if (typeof text !== "string") return [];
  try {
    const { files } = JSON.parse(text) as { files?: unknown }; // Written by us; checked member by member below.
    if (!Array.isArray(files)) return [];
    // A manifest is a file like any other: it must not make us remove what lies outside the output folder.
    return files.filter((file): file is string => typeof file === "string" && isInside(file));
  } catch {
    return [];
  }
}

function isInside(file: string): boolean {
  return file !== "" && !file.includes("\0") && !path.isAbsolute(file) && !path.normalize(file).split(/[\\/]/).includes("..");
}

function isGenerated(text: string): boolean {
  return text.slice(0, 400).includes("Generated by openapi-triad");
}

const folder = Symbol("a folder where a file is to be");

async function readIfThere(file: string): Promise<string | typeof folder | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "EISDIR") return folder;
    throw error;
  }
}
