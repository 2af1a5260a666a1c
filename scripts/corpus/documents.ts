/** Which documents are examined: files, and folders of them. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

/**
 * The documents that arguments name, in their order. A file is a document; a folder is all of its documents; anything else is a part of a
 * path, and documents of folders that contain none of these parts are left out.
 */
export async function documentsOf(argv: readonly string[]): Promise<readonly string[]> {
  const kinds = await Promise.all(
    argv.map(async (argument) => {
      const found = await stat(argument).catch(() => undefined);
      return { argument, kind: found === undefined ? "part" : found.isDirectory() ? "folder" : "file" } as const;
    }),
  );
  const parts = kinds.filter(({ kind }) => kind === "part").map(({ argument }) => argument);
  const lists = await Promise.all(
    kinds.map(async ({ argument, kind }) => {
      if (kind === "file") return [path.resolve(argument)];
      if (kind === "part") return [];
      const all = await documentsIn(path.resolve(argument));
      return all.filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
    }),
  );
  return lists.flat();
}

async function documentsIn(root: string): Promise<readonly string[]> {
  const index = await readFile(path.join(root, "INDEX.tsv"), "utf8").catch(() => undefined);
  // An index names the entry of documents that are spread over many files; without one, each file is a document.
  const names =
    index === undefined
      ? (await readdir(root)).filter((name) => /\.(ya?ml|json)$/.test(name))
      : index
          .trim()
          .split("\n")
          .slice(1)
          .map((row) => row.split("\t")[0] ?? "");
  return names
    .filter((name) => name !== "")
    .sort()
    .map((name) => path.join(root, name));
}
