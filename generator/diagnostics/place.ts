import { relative } from "node:path";
import { splitLocation, type Location } from "./location.ts";
import type { Range, SourceFile } from "./source-file.ts";
import type { Span } from "./yaml.ts";

/** What is needed to tell people where something is. */
export interface Surroundings {
  readonly sources: readonly SourceFile[];
  /** Paths are shown relative to this folder. */
  readonly cwd: string;
}

/** A place for people: a short path, and the lines and columns when the file could be read. */
export interface Place {
  readonly path: string;
  /** `/paths/~1pets/get`. */
  readonly pointer: string;
  readonly source?: SourceFile;
  readonly range?: Range;
}

/** Finds the places of diagnostics. */
export function placesIn({
  sources,
  cwd,
}: Surroundings): (what: { readonly at: Location; readonly atKey?: boolean; readonly span?: Span }) => Place {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  return ({ at, atKey = false, span }) => {
    const { file, keys } = splitLocation(at);
    const source = byFile.get(file);
    const place = {
      path: shorten(file, cwd),
      pointer: keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
    };
    if (source === undefined) return place;
    return { ...place, source, range: span === undefined ? source.locate(keys, atKey) : source.rangeOf(span) };
  };
}

/** `spec/openapi.yaml:3:5`, or the path alone. */
export function written({ path, range }: Place): string {
  return range === undefined ? path : `${path}:${range.start.line}:${range.start.column}`;
}

/** A path as people know it, seen from a folder; of a URL, what may be shown. */
export function shorten(file: string, cwd: string): string {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(file)) return redacted(file);
  const path = relative(cwd, file);
  // A path that climbs far is harder to read than the whole one.
  return path === "" || path.startsWith("../../..") ? file : path;
}

/** A URL as it may be shown: without a password, and without the values of a query that grant access. */
export function redacted(url: string): string {
  return url
    .replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#@]*@/i, "$1…@")
    .replace(/([?&][^=&#]*(?:token|key|secret|sig|signature|auth|password|credential|code)[^=&#]*=)[^&#]+/gi, "$1…");
}
