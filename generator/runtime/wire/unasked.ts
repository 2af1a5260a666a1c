/**
 * Whether a header of this name is sent by platforms although nobody gave it: Node's `fetch` says `Accept-Language: *`, a browser the
 * languages of its user, and `Cache-Control: no-cache` when a page is loaded anew.
 */
export function isSentUnasked(name: string): boolean {
  return unasked.has(name.toLowerCase()) || /^sec-(?:ch|fetch|gpc)\b/i.test(name);
}

const unasked: ReadonlySet<string> = new Set([
  "accept-language",
  "cache-control",
  "dnt",
  "origin",
  "pragma",
  "priority",
  "referer",
  "user-agent",
]);
