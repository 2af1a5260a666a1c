import { dirname, isAbsolute, relative, resolve } from "node:path";

/** Whether a file is known by a URL rather than a path. */
export function isUrl(file: string): boolean {
  return /^https?:\/\//i.test(file);
}

/** The file that the part of a reference before its `#` names, seen from the file it stands in. */
export function addressOf(reference: string, from: string): string {
  if (/^[a-z][a-z\d+.-]+:/i.test(reference)) return URL.canParse(reference) ? new URL(reference).href : reference;
  if (isUrl(from)) return URL.canParse(reference, from) ? new URL(reference, from).href : reference;
  return resolve(dirname(from), decoded(reference));
}

/** How one file refers to another: by a path where both are files. */
export function addressFrom(from: string, to: string): string {
  return isUrl(from) || isUrl(to) ? to : relative(dirname(from), to).replaceAll("\\", "/");
}

/** Splits a reference at its `#`. */
export function splitReference(reference: string): { readonly address: string; readonly fragment: string } {
  const hash = reference.indexOf("#");
  return hash === -1
    ? { address: reference, fragment: "" }
    : { address: reference.slice(0, hash), fragment: decoded(reference.slice(hash + 1)) };
}

/** Whether a path lies in one of the folders. */
export function isWithin(file: string, roots: readonly string[]): boolean {
  return roots.some((root) => {
    const path = relative(root, file);
    return path !== ".." && !/^\.\.[\\/]/.test(path) && !isAbsolute(path);
  });
}

function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray "%" means itself.
  }
}
