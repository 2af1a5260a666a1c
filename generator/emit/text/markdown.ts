/**
 * The doors through which spec text reaches Markdown. Descriptions are CommonMark by the specification and stay so, but they
 * cannot bring raw HTML, open a heading among ours or leave the cell, span or line they are put in.
 */
import type { Json } from "../../openapi/shapes.ts";

/** A description as a block of its own: raw HTML is shown as text, headings become bold lines. */
export function block(text: string): string {
  let fence = "";
  // Whether a back-tick of this paragraph may still find its partner on a later line; what is code is not known then.
  let open = false;
  const lines = clean(text)
    .split("\n")
    .map((line) => {
      if (fence !== "") {
        if (isClosing(line, fence)) fence = "";
        return line;
      }
      // Only a fence that is not indented is surely one: inside of a list, its end would depend on what the list does.
      fence = /^(`{3,})[^`]*$/.exec(line)?.[1] ?? /^~{3,}/.exec(line)?.[0] ?? "";
      if (fence !== "" || line.trim() === "") {
        open = false;
        return line;
      }
      const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
      // A row of `=` or `-` under a line would make that line a heading.
      if (/^\s{0,3}(=+|-+)\s*$/.test(line)) return `\\${line.trim()}`;
      const escaped = escapeHtml(heading ?? line, open);
      open ||= escaped.open;
      return heading === undefined ? escaped.text : `**${escaped.text}**`;
    });
  // A fence that is never closed would swallow the rest of the page.
  return (fence === "" ? lines : [...lines, fence]).join("\n").trim();
}

/** https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
function isClosing(line: string, fence: string): boolean {
  const mark = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(line)?.[1];
  return mark?.startsWith(fence) === true;
}

/** A text within a line: line breaks become spaces, raw HTML is shown as text. */
export function inline(text: string): string {
  return escapeHtml(oneLine(text)).text;
}

/** A text within a table cell. */
export function cell(text: string): string {
  return inline(text).replaceAll("|", "\\|");
}

/** A title of our own making: nothing in it is Markdown. */
export function title(text: string): string {
  return escapeHtml(oneLine(text), true).text.replace(/[\\`*_[\]#|]/g, "\\$&");
}

/** A code span, with as many back-ticks around it as the text needs. */
export function code(text: string): string {
  const line = clean(text).replace(/\s*\n\s*/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const mark = "`".repeat(longest + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line === "" ? " " : "";
  return `${mark}${pad}${line}${pad}${mark}`;
}

/** A code span within a table cell, where `|` must be escaped even between back-ticks. */
export function codeCell(text: string): string {
  return code(text).replaceAll("|", "\\|");
}

/** The first sentence of a description, for places with room for one line. */
export function firstSentence(text: string): string {
  const line =
    clean(text)
      .trim()
      .split(/\n\s*\n/)[0]
      ?.replace(/\s*\n\s*/g, " ") ?? "";
  return /^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line;
}

function oneLine(text: string): string {
  return clean(text)
    .replace(/\s*\n\s*/g, " ")
    .trim();
}

function clean(text: string): string {
  return text.replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n").replace(unprintable, "");
}

// Control characters, what turns the direction of the text around it (https://trojansource.codes), the byte order mark,
// and halves of surrogate pairs.
const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Writes `<` as `&lt;`, but for links and code spans, which show it as it is. A code span ends with as many back-ticks as it begins
 * with (https://spec.commonmark.org/0.31.2/#code-spans); a bar in it may be the end of a table's cell instead. `open` tells whether
 * a run of back-ticks finds no partner on the line.
 */
function escapeHtml(line: string, uncertain = false): { readonly text: string; readonly open: boolean } {
  let text = "";
  let open = false;
  for (let at = 0; at < line.length;) {
    const run = /^`+/.exec(line.slice(at))?.[0];
    const end = run === undefined || uncertain ? -1 : endOfSpan(line, at + run.length, run.length);
    if (line[at] === "\\" && at + 1 < line.length && line[at + 1] !== "<") {
      text += line.slice(at, at + 2);
      at += 2;
    } else if (run === undefined) {
      text += line[at] === "<" && !/^<https?:\/\/[^\s<>]*>/.test(line.slice(at)) ? "&lt;" : line[at];
      at += 1;
    } else if (end === -1 || line.slice(at, end).includes("|")) {
      open = true;
      text += run;
      at += run.length;
    } else {
      text += line.slice(at, end);
      at = end;
    }
  }
  return { text, open };
}

/** Where the first run of exactly so many back-ticks ends; -1 when there is none. */
function endOfSpan(line: string, from: number, length: number): number {
  for (const { 0: run, index } of line.slice(from).matchAll(/`+/g)) {
    if (run.length === length) return from + index + length;
  }
  return -1;
}

/**
 * A JSON value as the lines of a code block. None of them can end the block, as JSON begins its lines with other characters; what
 * ends a line beside `\n`, or is not printed, is escaped.
 */
export function jsonLines(value: Json | object): string {
  const text = JSON.stringify(value, null, 2);
  return text.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
