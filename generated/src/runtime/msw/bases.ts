/** Where the paths of an API begin. */
export interface Base {
  /** The paths that an absolute URL has below this base, the longest first; none where the URL is elsewhere. */
  below(url: string): readonly string[];
}

/**
 * Reads where paths begin: the URL of a server (OpenAPI 3.1, §4.8.5), whose variables may be anything; one without an origin, such as
 * `/v1`, which may stand on any; or a text in which `*` stands for anything.
 */
export function baseOf(text: string): Base {
  const whole = text.replace(/[?#].*$/s, "").replace(/\/+$/, "");
  const absolute = /^[^/]*:\/\//.test(whole) || /^[*{]/.test(whole);
  const fixed = absolute ? whole : whole.replace(/^\.?(?=\/|$)/, "");
  const wildcards = absolute || fixed === "" || fixed.startsWith("/") ? fixed : `*/${fixed}`;
  const parts = wildcards.split(/\*|\{[^{}]*\}/);
  const [only = ""] = parts;
  if (!absolute)
    return { below: (url) => heads(url).flatMap(({ path, rest }) => (fits(path, parts) ? [rest] : [])) };
  if (parts.length > 1)
    return {
      below: (url) => heads(url).flatMap(({ head, rest }) => (fits(head, lowered(parts)) ? [rest] : [])),
    };
  // As the URLs of requests are written: the host in lower case, without the port of its scheme.
  const base = URL.canParse(only) ? new URL(only).href.replace(/\/+$/, "") : only;
  return { below: (url) => (url.startsWith(`${base}/`) ? [url.slice(base.length)] : []) };
}

/** An absolute URL at each slash of its path: what stands before it, with and without the origin, and what follows. */
function heads(url: string): { readonly head: string; readonly path: string; readonly rest: string }[] {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const found: { head: string; path: string; rest: string }[] = [];
  for (let at = start; at !== -1; at = url.indexOf("/", at + 1))
    found.push({ head: url.slice(0, at), path: url.slice(start, at), rest: url.slice(at) });
  return found;
}

/** Whether a text is made of these parts with anything between them. */
function fits(text: string, parts: readonly string[]): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

// Scheme and host have no case; they end at the first slash behind `://`.
function lowered(parts: readonly string[]): readonly string[] {
  let slashes = 0;
  return parts.map((part) =>
    part.replace(/[^/]+|\//g, (run) =>
      run === "/" ? ((slashes += 1), run) : slashes < 3 ? run.toLowerCase() : run,
    ),
  );
}
