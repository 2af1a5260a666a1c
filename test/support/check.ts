import { existsSync } from "node:fs";
import { readdir, readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Diagnostics, type Diagnostic } from "../../generator/diagnostics/diagnostic.ts";
import type { SourceFile } from "../../generator/diagnostics/source-file.ts";
import { fixturesEmitter } from "../../generator/emit/fixtures.ts";
import { lint } from "../../generator/lint/lint.ts";
import { buildModel } from "../../generator/model/build.ts";
import { decodeText } from "../../generator/openapi/load/decode.ts";
import { createFetcher } from "../../generator/openapi/load/fetch.ts";
import { readDocument } from "../../generator/openapi/read.ts";

/**
 * Everything that is found wrong with a document up to its fixtures, under the `overlay.yaml` beside it if there is one; what only
 * lint looks for, when it is asked to.
 */
export async function check(
  entry: string,
  linted = false,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly sources: readonly SourceFile[] }> {
  const diagnostics = new Diagnostics();
  const overlays = [join(dirname(entry), "overlay.yaml")].filter(existsSync);
  const { document, sources } = await readDocument(entry, {
    diagnostics,
    overlays,
    readFile: async (file) => decodeText(await readFile(file)),
    listFolder: (folder) => readdir(folder),
    realPath: (file) => realpath(file),
    // Nobody is asked: the test is about what may be asked at all.
    readUrl: (url) => createFetcher({ lookup: () => Promise.resolve([]) }).read(url),
  });
  const model = document === undefined ? undefined : buildModel(document, diagnostics);
  if (linted && document !== undefined && model !== undefined) lint(document, model, diagnostics);
  // Of the emitters, this one leaves things out.
  if (!linted && model !== undefined)
    fixturesEmitter.emit(model, {
      sourceFolder: "",
      emitting: new Set(),
      package: { name: "test", version: "1.0.0", license: "MIT" },
      written: () => ({}),
      diagnostics,
    });
  return { diagnostics: diagnostics.all, sources };
}
