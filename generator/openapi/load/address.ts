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

/**
 * Why a URL is not fetched, if it is not: a document must not make us speak to machines of the private network.
 * Names are judged as they are written; a public name that resolves to a private address is not seen here.
 */
export function refusalOf(url: string): string | undefined {
  if (!isUrl(url) || !URL.canParse(url)) return "only http and https are fetched";
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const privateName = /^(localhost|.*\.(localhost|local|internal|home|lan))\.?$/i.test(host) || !/[.:]/.test(host);
  // A URL parser writes every spelling of an IPv4 address in the dotted form.
  const privateIpv4 = /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(host);
  return privateName || privateIpv4 || host.includes(":") ? "its address is private or an IPv6 literal" : undefined;
}

function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray "%" means itself.
  }
}
