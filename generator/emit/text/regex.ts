import { stringLiteral } from "./literal.ts";

/**
 * A JSON Schema `pattern` as a TypeScript expression that matches what the pattern matches; `undefined` when it is no regular
 * expression. Patterns are ECMA-262 with Unicode (JSON Schema Core §6.4); those that are valid only without the `u` flag,
 * such as `[\w-.]` or `\-`, are read without it, since they are common.
 */
export function regexLiteral(pattern: string): string | undefined {
  if (isRegex(pattern, "u")) return isPlain(pattern) ? `/${escape(pattern)}/u` : `new RegExp(${stringLiteral(pattern)}, "u")`;
  // TypeScript checks literals more strictly than engines read patterns without the flag; a constructor it leaves alone.
  return isRegex(pattern, "") ? `new RegExp(${stringLiteral(pattern)})` : undefined;
}

function isRegex(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}

// An empty literal would start a comment. What ES2022 or TypeScript's own tables may not know is left to the engine.
function isPlain(pattern: string): boolean {
  return pattern !== "" && !/\\[pPk]|\(\?<?[^:=!<]/.test(pattern);
}

// `source` escapes slashes and line breaks (https://tc39.es/ecma262/#sec-escaperegexppattern); a slash in a class is
// escaped too, for readers that do not know classes.
function escape(pattern: string): string {
  return new RegExp(pattern, "u").source
    .replace(/\\.|\//gsu, (part) => (part === "/" ? "\\/" : part))
    .replace(invisible, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`;
}

const invisible =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
