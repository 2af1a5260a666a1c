import { readFileSync } from "node:fs";
import path from "node:path";
import { configNames } from "../config.ts";
import { hashOfFile, type Trace } from "../output/trace.ts";

/** The config file of a folder, what it imports by relative paths, and the places where one could be, for those who watch them. */
export function configFiles(cwd: string): Trace {
  const files = new Map<string, string>();
  const follow = (file: string): void => {
    if (files.has(file)) return;
    files.set(file, hashOfFile(file));
    const text = readIfThere(file);
    for (const [, name = ""] of text.matchAll(/(?:from|import|require)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g)) {
      const target = path.resolve(path.dirname(file), name);
      for (const candidate of [
        target,
        target.replace(/js$/, "ts"),
        ...["ts", "mts", "js", "mjs", "json"].map((one) => `${target}.${one}`),
      ]) {
        if (readIfThere(candidate) !== "") follow(candidate);
      }
    }
  };
  for (const name of configNames) follow(path.join(cwd, name));
  return { files, links: new Map(), folders: new Map(), steady: true };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
