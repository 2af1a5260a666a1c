/** The room's door: a path or URL goes in; a normalized Document comes out. */
import type { SourceFile } from "../diagnostics/source-file.ts";
import { Diagnostics } from "../diagnostics/diagnostic.ts";
import { locationOf, splitLocation } from "../diagnostics/location.ts";
import { bundle } from "./bundle.ts";
import type { Document } from "./document.ts";
import { load, readSource, type Loaded, type LoadOptions, type Source } from "./load.ts";
import { normalize } from "./normalize.ts";
import { applyOverlays } from "./overlay.ts";
import { written } from "./written.ts";

/** What is read, and how. */
export interface ReadOptions extends LoadOptions {
  /** Overlays to apply before anything else is made of the document: paths or URLs as for the entry, in their order. */
  readonly overlays?: readonly string[];
}

/**
 * Reads a document: load → overlay → bundle → normalize. `entry` is an absolute path, or an http(s) URL when `fetch` is
 * handed in. Nothing is thrown for what is wrong with the files: it is reported, and the document is as good as it can be.
 * There is none when the entry cannot be read or is no OpenAPI document. The sources are there in any case, for the messages.
 */
export async function readDocument(
  entry: string,
  options: ReadOptions,
): Promise<{ readonly document?: Document; readonly sources: readonly SourceFile[] }> {
  const { loaded, sources } = await loadOverlaid(entry, options);
  const normalized = normalize(bundle(loaded, options.diagnostics), options.diagnostics);
  if (normalized === undefined) return { sources };
  return { document: { ...normalized, written: () => asWritten(loaded, normalized) }, sources };
}

function asWritten(loaded: Loaded, { root, dialect, locate }: Omit<Document, "written">): unknown {
  const schemas = Object.entries(root.components?.schemas ?? {});
  const keys = new Map(schemas.flatMap(([key, schema]) => (typeof schema === "object" ? [[locate(schema), key]] : [])));
  // What is wrong with references has been said.
  return written(bundle(loaded, new Diagnostics()), { dialect, keyOf: (at) => keys.get(at) });
}

/**
 * Loads twice when there are overlays: what they say can only be told when the document is known, and they may add
 * references to further files, or remove those that lead nowhere. Problems count as of the second time.
 */
async function loadOverlaid(
  entry: string,
  options: ReadOptions,
): Promise<{ readonly loaded: Loaded; readonly sources: readonly SourceFile[] }> {
  const files = options.overlays ?? [];
  if (files.length === 0) {
    const loaded = await load(entry, options);
    return { loaded, sources: loaded.sources };
  }
  const texts = new Map<string, Promise<string>>();
  const readFile = (file: string): Promise<string> => {
    const text = texts.get(file) ?? options.readFile(file);
    texts.set(file, text);
    return text;
  };
  const before = await load(entry, { ...options, readFile, diagnostics: new Diagnostics() });
  const overlays = (await Promise.all(files.map((file) => readSource(file, options)))).filter((source) => source !== undefined);
  const { treeOf, originOf } = applyOverlays(before.sources, overlays, options.diagnostics);
  options.diagnostics.relocate(originOf);
  const loaded = await load(entry, { ...options, readFile, amend: treeOf });
  const sources = [...loaded.sources, ...overlays];
  const written = new Map(sources.map((source) => [source.file, source]));
  const amended = loaded.sources.map((source): Source => {
    if (treeOf(source.file) === undefined) return source;
    // Keys are those of the amended tree; what they lead to may stand elsewhere, or in an overlay.
    const origin = (keys: readonly string[]) => splitLocation(originOf(locationOf(source.file, keys)));
    const fileOf = ({ file }: { readonly file: string }): Source => written.get(file) ?? source;
    return {
      ...source,
      amended: true,
      textAt: (keys) => fileOf(origin(keys)).textAt(origin(keys).keys),
      locate: (keys, atKey) => fileOf(origin(keys)).locate(origin(keys).keys, atKey),
    };
  });
  return { loaded: { ...loaded, sources: amended }, sources };
}
