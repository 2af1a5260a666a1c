import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import type { SourceFile } from "../../generator/diagnostics/source-file.ts";
import { readDocument } from "../../generator/openapi/read.ts";
import type { Document } from "../../generator/openapi/document.ts";
import type { Schema } from "../../generator/openapi/shapes.ts";

/** What came of files that exist in memory only, in the folder `/api`; the first is the entry. */
export interface Reading {
  readonly document: Document | undefined;
  readonly sources: readonly SourceFile[];
  /** `code file#pointer`, in the order of the report. */
  readonly problems: readonly string[];
  readonly diagnostics: Diagnostics;
}

/** Reads a document from texts, or from values, which are written as JSON. */
export async function readFiles(
  files: Readonly<Record<string, unknown>>,
  options: {
    readonly readUrl?: (url: string) => Promise<string>;
    readonly roots?: readonly string[];
    readonly overlays?: readonly string[];
  } = {},
): Promise<Reading> {
  const diagnostics = new Diagnostics();
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [
      `/api/${name}`,
      typeof text === "string" ? text : JSON.stringify(text, undefined, 2),
    ]),
  );
  const readFile = async (file: string): Promise<string> => {
    const text = texts.get(file);
    if (text === undefined) throw Object.assign(new Error(`no ${file}`), { code: "ENOENT" });
    return text;
  };
  const overlays = (options.overlays ?? []).map((name) => `/api/${name}`);
  const { document, sources } = await readDocument([...texts.keys()][0] ?? "", { diagnostics, readFile, ...options, overlays });
  return {
    document,
    sources,
    diagnostics,
    problems: diagnostics.all.map(({ code, at }) => `${code} ${at.replace("/api/", "")}`),
  };
}

/** The schemas that become of these, in a document of a version. */
export async function readSchemas(
  version: string,
  schemas: object,
): Promise<{ readonly schemas: Readonly<Record<string, Schema>>; readonly problems: readonly string[] }> {
  const spec =
    version === "2.0"
      ? { swagger: "2.0", info, paths: {}, definitions: schemas }
      : { openapi: version, info, paths: {}, components: { schemas } };
  const { document, problems } = await readFiles({ "spec.json": spec });
  return { schemas: document?.root.components?.schemas ?? {}, problems };
}

const info = { title: "Test", version: "1" };
