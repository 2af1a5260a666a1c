import { isIpv6 } from "./network.js";

/** RFC 3986 §3: a URI with its scheme. */
export function isUri(value: string): boolean {
  return hasUriParts(value, ascii, true);
}

/** RFC 3986 §4.1: a URI or a relative reference. */
export function isUriReference(value: string): boolean {
  return hasUriParts(value, ascii, false);
}

/** RFC 3987: as `uri`, with any character beyond ASCII. */
export function isIri(value: string): boolean {
  return hasUriParts(value, unicode, true);
}

/** RFC 3987: as `uri-reference`, with any character beyond ASCII. */
export function isIriReference(value: string): boolean {
  return hasUriParts(value, unicode, false);
}

/** RFC 6570 §2: literals, and expressions such as `{?page,size*}`. */
export function isUriTemplate(value: string): boolean {
  const literals = value.replace(/\{[+#./;?&=,!@|]?[^{}]*\}/g, (expression) =>
    isExpression(expression) ? "" : "{",
  );
  return /^[^\u0000-\u0020\u007f"<>\\^`{|}]*$/.test(literals) && !brokenPercent.test(literals);
}

const brokenPercent = /%(?![0-9a-f]{2})/i;

/** What each part of a URI may consist of. */
interface Characters {
  readonly user: RegExp;
  readonly host: RegExp;
  readonly path: RegExp;
  readonly query: RegExp;
}

const ascii = charactersWith("");
const unicode = charactersWith("\\u00a0-\\uffff");

// `unreserved`, `pct-encoded` (checked before) and `sub-delims`, and what the part adds.
function charactersWith(extra: string): Characters {
  const consistsOf = (more: string): RegExp => new RegExp(`^[A-Za-z0-9._~!$&'()*+,;=%${more}${extra}-]*$`);
  return {
    user: consistsOf(":"),
    host: consistsOf(""),
    path: consistsOf(":@/"),
    query: consistsOf(":@/?"),
  };
}

// The split of RFC 3986 appendix B, and then each part by the characters that §3 gives it.
function hasUriParts(value: string, characters: Characters, absolute: boolean): boolean {
  const match = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(value);
  if (match === null || brokenPercent.test(value)) return false;
  const [, scheme, authority, path = "", query = "", fragment = ""] = match;
  if (scheme === undefined ? absolute : !/^[a-z][a-z0-9+.-]*$/i.test(scheme)) return false;
  if (scheme === undefined && path.startsWith(":")) return false;
  if (authority !== undefined && !isAuthority(authority, characters)) return false;
  return characters.path.test(path) && characters.query.test(query) && characters.query.test(fragment);
}

function isAuthority(authority: string, characters: Characters): boolean {
  const separator = authority.lastIndexOf("@");
  if (!characters.user.test(authority.slice(0, Math.max(separator, 0)))) return false;
  const match = /^(\[[^\]]*\]|[^:[\]]*)(?::\d*)?$/.exec(authority.slice(separator + 1));
  const host = match?.[1];
  if (host === undefined) return false;
  if (!host.startsWith("[")) return characters.host.test(host);
  const literal = host.slice(1, -1);
  return isIpv6(literal) || /^v[0-9a-f]+\.[a-z0-9._~!$&'()*+,;=:-]+$/i.test(literal);
}

function isExpression(expression: string): boolean {
  const variables = expression.slice(1, -1).replace(/^[+#./;?&=,!@|]/, "");
  return variables
    .split(",")
    .every((variable) =>
      /^(?:\w|%[0-9a-f]{2})(?:\.?(?:\w|%[0-9a-f]{2}))*(?::[1-9]\d{0,3}|\*)?$/i.test(variable),
    );
}
