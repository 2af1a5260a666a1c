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
  /** Files in the way that we did not write: never overwritten. */
  readonly foreign: readonly string[];
}

/** Compares without touching anything. Line ends are compared as `\n`, as a checkout on Windows may have changed them. */
export async function compare(out: string, files: readonly GeneratedFile[]): Promise<Comparison> {
  const wanted = withManifest(files);
  const owned = new Set(await ownedFiles(out));
  const comparison = { changed: [] as Comparison["changed"][number][], missing: [] as string[], orphaned: [] as string[], unchanged: [] as string[], foreign: [] as string[] };
  for (const file of wanted) {
    const before = await readIfThere(path.join(out, file.path));
    if (before === undefined) comparison.missing.push(file.path);
    else if (before.replaceAll("\r\n", "\n") === file.text) comparison.unchanged.push(file.path);
    else if (owned.has(file.path) || isGenerated(before) || file.path === manifestName) comparison.changed.push({ path: file.path, before, after: file.text });
    else comparison.foreign.push(file.path);
  }
  const paths = new Set(wanted.map((file) => file.path));
  for (const file of owned) {
    if (!paths.has(file) && (await readIfThere(path.join(out, file))) !== undefined) comparison.orphaned.push(file);
  }
  return comparison;
}

/** Whether the folder holds exactly what would be written. */
export function isCurrent(comparison: Comparison): boolean {
  return comparison.changed.length + comparison.missing.length + comparison.orphaned.length + comparison.foreign.length === 0;
}

/**
 * Writes what is changed or missing and removes orphans. Everything is staged beside its place first and moved afterwards;
 * when a move fails, what was moved is put back. Throws what the file system throws.
 */
export async function write(out: string, files: readonly GeneratedFile[], comparison: Comparison): Promise<void> {
  if (isCurrent(comparison)) return;
  if (comparison.foreign.length > 0) throw new Error("Files of others are in the way; the caller reports them.");
  await mkdir(out, { recursive: true });
  const staging = await mkdtemp(path.join(out, ".openapi-triad-"));
  const undo: (() => Promise<void>)[] = [];
  try {
    const stale = new Set([...comparison.missing, ...comparison.changed.map((file) => file.path)]);
    const staged = withManifest(files).filter((file) => stale.has(file.path));
    for (const [index, file] of staged.entries()) await writeFile(path.join(staging, `new-${index}`), file.text);
    for (const [index, file] of staged.entries()) {
      const target = path.join(out, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await setAside(target, path.join(staging, `old-${index}`), undo);
      await rename(path.join(staging, `new-${index}`), target);
      undo.push(() => rm(target, { force: true }));
    }
    for (const [index, file] of comparison.orphaned.entries()) {
      await setAside(path.join(out, file), path.join(staging, `orphan-${index}`), undo);
    }
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  for (const file of comparison.orphaned) await removeEmptyFolders(out, path.dirname(file));
}

async function setAside(target: string, aside: string, undo: (() => Promise<void>)[]): Promise<void> {
  try {
    await rename(target, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  undo.push(() => rename(aside, target));
}

async function removeEmptyFolders(out: string, folder: string): Promise<void> {
  if (folder === "." || folder === "") return;
  try {
    await rmdir(path.join(out, folder));
  } catch {
    return; // Not empty: it holds files that are still wanted, or not ours.
  }
  await removeEmptyFolders(out, path.dirname(folder));
}

function withManifest(files: readonly GeneratedFile[]): readonly GeneratedFile[] {
  const paths = files.map((file) => file.path).sort();
  return [...files, { path: manifestName, text: `${JSON.stringify({ generator: "openapi-triad", files: paths }, null, 2)}\n` }];
}

async function ownedFiles(out: string): Promise<readonly string[]> {
  const text = await readIfThere(path.join(out, manifestName));
  if (text === undefined) return [];
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
  return file !== "" && !path.isAbsolute(file) && !path.normalize(file).split(/[\\/]/).includes("..");
}

function isGenerated(text: string): boolean {
  return text.slice(0, 400).includes("Generated by openapi-triad");
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
