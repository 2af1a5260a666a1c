import { fileURLToPath, pathToFileURL } from "node:url";
import { addressOf, isUrl } from "./address.ts";

/** Where a reference may lead. */
export interface Targets {
  /** The identifier it comes to, without a fragment: some schema may have it as its `$id`. */
  readonly uri: string;
  /** The files to look for, the likeliest first. */
  readonly files: readonly string[];
}

/** The URI of a file: what an `$id` in it is resolved against. */
export function uriOf(file: string): string {
  return /^[a-z][a-z\d+.-]+:/i.test(file) ? file : pathToFileURL(file).href;
}

/** An `$id` as an absolute URI, or as it is written when nothing makes it one. */
export function absoluteId(id: string, base: string): string {
  return URL.canParse(id, base) ? new URL(id, base).href.replace(/#$/, "") : id;
}

/**
 * What the part of a reference before its `#` may lead to: `base` is the absolute `$id` around it, if there is one. JSON Schema
 * resolves against the `$id` alone; many files that have one refer to their neighbours on the disk all the same.
 */
export function targetsOf(address: string, file: string, base: string | undefined): Targets {
  const near = addressOf(address, file);
  if (base === undefined || !URL.canParse(address, base)) return { uri: uriOf(near), files: [near] };
  const uri = new URL(address, base).href.replace(/#.*$/, "");
  const there = uri.startsWith("file:") ? fileURLToPath(uri) : uri;
  if (there === near) return { uri, files: [near] };
  return { uri, files: isUrl(there) && !isUrl(file) ? [near, there] : [there, near] };
}
