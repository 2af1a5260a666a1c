/**
 * Percent-encodes all but the unreserved characters of RFC 3986, §2.3; `encodeURIComponent` leaves `!'()*` alone.
 * Throws a URIError for a lone surrogate.
 */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Reserved expansion (RFC 6570, §3.2.3): percent-encoded triplets and the characters in `kept` pass through, everything else is
 * encoded. The caller says which reserved characters cannot break the place that the text goes to.
 */
export function percentEncodeKeeping(text: string, kept: string): string {
  return text.replace(/%[0-9a-f]{2}|[^]/giu, (part) =>
    (part.length === 3 && part.startsWith("%")) || kept.includes(part) ? part : percentEncode(part),
  );
}

/** Decodes percent-encoded UTF-8; `undefined` when it is malformed. */
export function percentDecode(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Decodes a name or value of a query or an urlencoded form, where `+` is a space; `undefined` when it is malformed. */
export function formDecode(text: string): string | undefined {
  return percentDecode(text.replaceAll("+", " "));
}
