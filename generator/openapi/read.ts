/** The room's door: a path or URL goes in; a normalized Document comes out. */
import { bundle } from "./bundle.ts";
import type { Document } from "./document.ts";
import { load, type LoadOptions } from "./load.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import { normalize } from "./normalize.ts";

/**
 * Reads a document: load → bundle → normalize. `entry` is an absolute path, or an http(s) URL when `fetch` is handed in.
 * Nothing is thrown for what is wrong with the files: it is reported, and the document is as good as it can be. There is
 * none when the entry cannot be read or is no OpenAPI document. The sources are there in any case, for the messages.
 */
export async function readDocument(entry: string, options: LoadOptions): Promise<{ readonly document?: Document; readonly sources: readonly SourceFile[] }> {
  const loaded = await load(entry, options);
  const document = normalize(bundle(loaded, options.diagnostics), options.diagnostics);
  return document === undefined ? { sources: loaded.sources } : { document, sources: loaded.sources };
}
