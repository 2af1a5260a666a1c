/** A media type or media range (RFC 9110, §8.3.1), in lower case but for the values of its parameters. */
export interface MediaType {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const essence = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\/([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:;|$)/;
const parameter =
  /;\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[^"\\]|\\.)*)")\s*/g;

/** Parses a media type; `undefined` when the text is none. */
export function parseMediaType(text: string): MediaType | undefined {
  const match = essence.exec(text);
  const type = match?.[1];
  const subtype = match?.[2];
  if (type === undefined || subtype === undefined) return undefined;
  const parameters = new Map<string, string>();
  for (const found of text.matchAll(parameter)) {
    const name = (found[1] ?? "").toLowerCase();
    const quoted = found[3] ?? "";
    if (!parameters.has(name)) parameters.set(name, found[2] ?? quoted.replace(/\\(.)/g, "$1"));
  }
  return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), parameters };
}

/**
 * How well a range of the document fits a media type of the wire: 0 is not at all, more is more specific. Parameters of the range
 * that the wire names too have to be equal, but for `charset` and `boundary`, which say how and not what.
 */
export function matchMediaType(range: string, actual: MediaType): number {
  const wanted = parseMediaType(range);
  if (wanted === undefined) return 0;
  let equal = 0;
  for (const [name, value] of wanted.parameters) {
    const given = actual.parameters.get(name);
    if (given === value) equal += 1;
    else if (given !== undefined && name !== "charset" && name !== "boundary") return 0;
  }
  if (wanted.type === "*" && wanted.subtype === "*") return 1;
  if (wanted.type !== actual.type) return 0;
  if (wanted.subtype === actual.subtype) return 100 + equal;
  if (wanted.subtype === "*") return 2;
  const suffix = /^\*(\+.+)$/.exec(wanted.subtype)?.[1];
  return suffix !== undefined && actual.subtype.endsWith(suffix) ? 3 : 0;
}

/** The content that a `Content-Type` selects: the most specific, and of equals the first. */
export function selectContent<Content extends { readonly mediaType: string }>(
  contents: readonly Content[],
  contentType: string | null,
): Content | undefined {
  const actual = contentType === null ? undefined : parseMediaType(contentType);
  if (actual === undefined) return undefined;
  let best: Content | undefined;
  let score = 0;
  for (const content of contents) {
    const match = matchMediaType(content.mediaType, actual);
    if (match > score) [best, score] = [content, match];
  }
  // Forms travel as `multipart/form-data`, whatever subtype the document gives them.
  if (best === undefined && actual.type === "multipart" && actual.subtype === "form-data")
    return contents.find((content) => parseMediaType(content.mediaType)?.type === "multipart");
  return best;
}
