/**
 * The doors through which spec text reaches Markdown. Descriptions are CommonMark by the specification and stay so, but they
 * cannot bring raw HTML, open a heading among ours or leave the cell, span or line they are put in.
 */

/** A description as a block of its own: raw HTML is shown as text, headings become bold lines. */
export function block(text: string): string {
  let fence = "";
  const lines = clean(text).split("\n").map((line) => {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && (fence === "" || mark.startsWith(fence))) {
      fence = fence === "" ? mark : "";
      return line;
    }
    if (fence !== "") return line;
    const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading !== undefined) return `**${escapeHtml(heading)}**`;
    // A row of `=` or `-` under a line would make that line a heading.
    if (/^\s{0,3}(=+|-+)\s*$/.test(line)) return `\\${line.trim()}`;
    return escapeHtml(line);
  });
  // A fence that is never closed would swallow the rest of the page.
  return (fence === "" ? lines : [...lines, fence]).join("\n").trim();
}

/** A text within a line: line breaks become spaces, raw HTML is shown as text. */
export function inline(text: string): string {
  return escapeHtml(clean(text).replace(/\s*\n\s*/g, " ").trim());
}

/** A text within a table cell. */
export function cell(text: string): string {
  return inline(text).replaceAll("|", "\\|");
}

/** A title of our own making: nothing in it is Markdown. */
export function title(text: string): string {
  return inline(text).replace(/[\\`*_[\]#|]/g, "\\$&");
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
  const line = clean(text).trim().split(/\n\s*\n/)[0]?.replace(/\s*\n\s*/g, " ") ?? "";
  return /^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line;
}

function clean(text: string): string {
  return text.replace(/\r\n?|\u2028|\u2029/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
}

// Code spans show `<` as it is, so only what stands outside of them is escaped.
function escapeHtml(line: string): string {
  return line
    .split(/(`+[^`]*`+)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/<(?!https?:\/\/[^\s<>]*>)/g, "&lt;")))
    .join("");
}
