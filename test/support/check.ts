import { readdir, readFile } from "node:fs/promises";
import { Diagnostics, type Diagnostic } from "../../generator/diagnostics/diagnostic.ts";
import type { SourceFile } from "../../generator/diagnostics/source-file.ts";
import { buildModel } from "../../generator/model/build.ts";
import { readDocument } from "../../generator/openapi/read.ts";

/** Everything that is found wrong with a document. */
export async function check(entry: string): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly sources: readonly SourceFile[] }> {
  const diagnostics = new Diagnostics();
  const { document, sources } = await readDocument(entry, { diagnostics, readFile: (file) => readFile(file, "utf8"), listFolder: (folder) => readdir(folder) });
  if (document !== undefined) buildModel(document, diagnostics);
  return { diagnostics: diagnostics.all, sources };
}
