import { child, splitLocation, type Location } from "../diagnostics/location.ts";
import type { Document } from "./document.ts";

/** The first of some places below a place that was really written, else the place itself: normalizing has moved some keywords. */
export function written(document: Document, at: Location, ...candidates: readonly (readonly (string | number)[])[]): Location {
  const { file, keys } = splitLocation(at);
  const source = document.sources.find((one) => one.file === file);
  if (source === undefined) return at;
  const here = source.locate(keys);
  for (const candidate of candidates) {
    const there = source.locate([...keys, ...candidate.map(String)]);
    if (there.start.line !== here.start.line || there.start.column !== here.start.column || there.end.line !== here.end.line)
      return child(at, ...candidate);
  }
  return at;
}
