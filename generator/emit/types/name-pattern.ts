/**
 * A regular expression of names as a template literal type: `^x-` is `x-${string}`. Only what such a type says exactly is taken:
 * plain text, `.*`, and an anchor at each end; a wider type would hold other members to this one's.
 */
export function templateOf(expression: string): string | undefined {
  const [, start = "", body = "", end = ""] = /^(\^?)((?:\\.|[^\\$])*)(\$?)$/s.exec(expression) ?? [];
  if (start + body + end !== expression) return undefined;
  let template = start === "" ? any : "";
  for (const [token] of body.matchAll(/\.\*|\\.|[^]/gu)) {
    const text = token === ".*" ? any : plainText(token);
    if (text === undefined) return undefined;
    template += text;
  }
  if (end === "") template += any;
  return template.replaceAll(/(?:\$\{string\})+/g, any);
}

const any = "${string}";

// An escaped sign is itself; an escaped letter or digit is a class of characters.
function plainText(token: string): string | undefined {
  if (/^\\[^\p{L}\p{N}\\`]$/u.test(token)) return token.slice(1) === "$" ? undefined : token.slice(1);
  return /^[\p{L}\p{N} _\-:/@#%&=,;<>~!"']$/u.test(token) ? token : undefined;
}
