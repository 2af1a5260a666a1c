import type { Json } from "../../openapi/shapes.ts";
import { literal } from "./literal.ts";
import { lineWidth } from "./layout.ts";
import { wrap } from "./wrap.ts";

/** What a comment says. All of it may come from the spec, and none of it can end the comment or become another tag. */
export interface Documentation {
  /** Paragraphs of Markdown, each with the line breaks of its author, and more where a line is too long. Empty ones are left out. */
  readonly text?: readonly (string | undefined)[];
  readonly deprecated?: boolean;
  /** The value of `@default`. */
  readonly default?: Json;
  /** One `@example` for each. */
  readonly examples?: readonly Json[];
  /** One `@see` for each. */
  readonly see?: readonly { readonly url: string; readonly description?: string | undefined }[];
}

/**
 * A JSDoc comment with a line break at its end, indented by `indent` spaces; or nothing, when there is nothing to say.
 * It is written on one line when it has one and fits there. A list is short for `{ text: list }`.
 */
export function jsdoc(documentation: Documentation | readonly (string | undefined)[], indent = 0): string {
  const margin = " ".repeat(indent);
  const lines = linesOf(isList(documentation) ? { text: documentation } : documentation, lineWidth - `${margin} * `.length);
  const [only, ...others] = lines;
  if (only === undefined) return "";
  if (others.length === 0 && margin.length + only.length + "/**  */".length <= lineWidth) return `${margin}/** ${only} */\n`;
  return `${margin}/**\n${lines.map((text) => `${margin} *${text === "" ? "" : ` ${text}`}\n`).join("")}${margin} */\n`;
}

// `Array.isArray` does not narrow readonly arrays away.
function isList(
  documentation: Documentation | readonly (string | undefined)[],
): documentation is readonly (string | undefined)[] {
  return Array.isArray(documentation);
}

function linesOf(documentation: Documentation, width: number): string[] {
  const lines: string[] = [];
  for (const text of documentation.text ?? []) {
    if (text === undefined || text === "") continue;
    const paragraph = wrap(cleanLines(text), width);
    if (paragraph.length === 0) continue;
    if (lines.length > 0) lines.push("");
    for (const one of paragraph) lines.push(one);
  }
  const tags = tagLines(documentation);
  return tags.length === 0 ? lines : lines.length > 1 ? [...lines, "", ...tags] : [...lines, ...tags];
}

function tagLines(documentation: Documentation): string[] {
  const lines: string[] = [];
  if (documentation.deprecated === true) lines.push("@deprecated");
  if (documentation.default !== undefined) lines.push(...valueLines("@default", documentation.default));
  for (const example of documentation.examples ?? []) lines.push(...valueLines("@example", example));
  for (const { url, description } of documentation.see ?? []) {
    // TypeScript reads the first word as a name, which an "@" would end.
    const address = cleanLines(url.replaceAll("@", "%40"));
    if (address.length > 0) lines.push(...pairBackTicks([["@see", ...address, ...cleanLines(description ?? "")].join(" ")]));
  }
  return lines;
}

// A value that is short stands beside its tag; a longer one below it.
function valueLines(tag: string, value: Json): string[] {
  const lines = pairBackTicks(cleanLines(literal(value)));
  return lines.length === 1 ? [`${tag} ${lines[0] ?? ""}`] : [tag, ...lines];
}

// TypeScript reads a back-tick in a tag's text that has no partner as the start of code, up to and over the next tag.
function pairBackTicks(lines: string[]): string[] {
  if (!lines.some((text) => text.includes("`"))) return lines;
  const count = lines.join("").split("`").length - 1;
  return count % 2 === 0 ? lines : lines.map((text) => text.replaceAll("`", "'"));
}

/** The lines of a text, harmless inside a JSDoc comment: no end of comment, no tag, no control character, no blank ends. */
function cleanLines(text: string): string[] {
  // Most texts are one line of plain words.
  if (/^[ -?A-~]*$/.test(text) && !text.includes("*/")) {
    const line = text.trimEnd();
    return line === "" ? [] : [line];
  }
  const lines = text
    .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", "  ")
    .replace(unprintable, "")
    .replaceAll("*/", "*\\/")
    .replace(/(^|[\s{*])@/gm, "$1\\@")
    .split("\n")
    .map((line) => line.trimEnd());
  while (lines[0] === "") lines.shift();
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

// Control characters, what turns the direction of the text around it (https://trojansource.codes), the byte order mark,
// and halves of surrogate pairs.
const unprintable =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
