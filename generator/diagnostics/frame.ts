import type { Range, SourceFile } from "./source-file.ts";

/** The lines of a text around a range, and carets under it. */
export interface Frame {
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  /** The last line, under which the carets stand: columns of the terminal before them, and their number. */
  readonly indent: number;
  readonly width: number;
}

/** Columns of a terminal that a line of the frame may take. */
const maxWidth = 100;
/** Columns shown before the range when a line is cut. */
const lead = 30;

/** Cuts out the line in which a range starts and the one before it. Of a long line (a minified document) the part around the range is shown. */
export function frameOf(source: SourceFile, { start, end }: Range): Frame {
  const last = source.lineAt(start.line);
  const from = start.column - 1;
  const to = end.line === start.line ? Math.max(end.column - 1, from + 1) : Math.max(last.trimEnd().length, from + 1);
  const cut = last.length > maxWidth && from > lead ? from - lead : 0;
  // A minified document is one line of megabytes: nothing beyond the frame is looked at.
  const before = `${cut > 0 ? "…" : ""}${visible(last.slice(cut, from))}`;
  const text = `${before}${visible(last.slice(from, from + 2 * maxWidth))}`;
  const indent = columns(before);
  const width = Math.max(1, Math.min(columns(visible(last.slice(from, Math.min(to, from + maxWidth)))), maxWidth - indent));
  const lines = [{ number: start.line, text: clip(text) }];
  const previous = start.line > 1 && cut === 0 ? source.lineAt(start.line - 1) : "";
  if (/\S/.test(previous)) lines.unshift({ number: start.line - 1, text: clip(visible(previous.slice(0, 2 * maxWidth))) });
  return { lines, indent, width };
}

/**
 * A text as a terminal can show it on one line: tabs as two spaces, and what would move the cursor, change colours or turn
 * the direction of the text (a document could otherwise forge messages) as its code point.
 */
export function visible(text: string): string {
  return text
    .replaceAll("\t", "  ")
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
      (character) => `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`,
    );
}

function clip(text: string): string {
  if (columns(text) <= maxWidth) return text.trimEnd();
  let clipped = "";
  let used = 1;
  for (const character of text) {
    used += columns(character);
    if (used > maxWidth) break;
    clipped += character;
  }
  return `${clipped}…`;
}

/** How many columns of a terminal a text takes: East Asian characters and emoji take two, combining marks none. */
function columns(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let count = 0;
  for (const character of text)
    count += /\p{Mn}/u.test(character)
      ? 0
      : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
            character,
          )
        ? 2
        : 1;
  return count;
}
