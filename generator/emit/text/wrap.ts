/**
 * Breaks lines of Markdown that are longer than `width` at their spaces. What it says does not change: a paragraph with such a
 * line is filled anew; code blocks, tables and headings stay as they are, list items and quotes go on behind their mark, and no
 * line begins with what would start a block.
 */
export function wrap(lines: readonly string[], width: number): string[] {
  if (lines.length === 0 || (lines.length === 1 && (lines[0] ?? "").length <= width)) return [...lines];
  const wrapped: string[] = [];
  let fence = "";
  let paragraph: string[] = [];
  const flush = (): void => {
    const isLong = paragraph.some((line) => line.length > width);
    wrapped.push(...(isLong ? wrapLine(paragraph.join(" "), width) : paragraph));
    paragraph = [];
  };
  for (const text of lines) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(text)?.[1];
    const inside = fence !== "";
    if (mark !== undefined && (fence === "" || mark.startsWith(fence))) fence = inside ? "" : mark;
    if (mark !== undefined || inside || /^(\s*$|\s{4,}|\s{0,3}(#|\||=+\s*$|-{2,}\s*$))/.test(text)) {
      flush();
      wrapped.push(text);
    } else {
      // An item, a quote or a line break of the author's own starts a new paragraph.
      if (/^\s*([-+*]\s|\d+[.)]\s|>)/.test(text)) flush();
      paragraph.push(paragraph.length === 0 ? text : text.trimStart());
      if (/\\$/.test(text)) flush();
    }
  }
  flush();
  return wrapped;
}

function wrapLine(text: string, width: number): string[] {
  const prefix = /^\s*((?:>\s?)+|[-+*]\s+|\d+[.)]\s+)?/.exec(text)?.[0] ?? "";
  const continuation = prefix.includes(">") ? prefix : " ".repeat(prefix.length);
  const lines: string[] = [];
  let current = prefix;
  for (const word of words(text.slice(prefix.length))) {
    const isFirst = current === prefix || current === continuation;
    if (!isFirst && current.length + 1 + word.length > width && !startsBlock(word)) {
      lines.push(current);
      current = continuation + word;
    } else {
      current += isFirst ? word : ` ${word}`;
    }
  }
  return [...lines, current];
}

/** The words of a line; a code span is one word, spaces and all. Two spaces at the end, a line break in Markdown, go with the rest. */
function words(text: string): string[] {
  return text.match(/(?:`+[^`]*`+|[^\s`]|`)+/g) ?? [];
}

// https://spec.commonmark.org/0.31.2/#container-blocks: these would be a heading, a quote, a list, a table or a rule.
function startsBlock(word: string): boolean {
  return /^(#{1,6}$|>|\||=+$|[-+*]$|-{2,}|\d+[.)]$|`{3,}|~{3,})/.test(word);
}
