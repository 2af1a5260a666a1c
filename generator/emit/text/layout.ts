/**
 * Lays text out in lines, after Wadler's "A prettier printer": a group stands on one line when it fits, and is broken at all
 * of its lines when it does not. It breaks where prettier would, so that our output needs no formatter.
 */

/** A text with places where it may be broken. `hard` tells that it holds a break which is always taken. */
export type Layout =
  | string
  | { readonly kind: "concat"; readonly parts: readonly Layout[]; readonly hard: boolean }
  | { readonly kind: "indent"; readonly content: Layout; readonly hard: boolean }
  | { readonly kind: "group"; readonly content: Layout; readonly hard: boolean }
  | { readonly kind: "line"; readonly flat: string; readonly hard: boolean }
  | { readonly kind: "choice"; readonly broken: Layout; readonly flat: Layout; readonly hard: boolean }
  | { readonly kind: "fill"; readonly words: readonly string[]; readonly hard: false }
  | { readonly kind: "block"; readonly write: (indent: number) => string; readonly hard: true };

/** The width of our lines, in columns; `.prettierrc.json` of the repository says the same. */
export const lineWidth = 110;

/** A space, or a line break when its group is broken. */
export const line: Layout = { kind: "line", flat: " ", hard: false };
/** Nothing, or a line break when its group is broken. */
export const softline: Layout = { kind: "line", flat: "", hard: false };
/** A line break, always; the groups around it are broken. */
export const hardline: Layout = { kind: "line", flat: "", hard: true };

/** One after the other. */
export function concat(...parts: readonly Layout[]): Layout {
  return { kind: "concat", parts, hard: parts.some(isHard) };
}

/** With two more spaces at the start of its lines. */
export function indent(content: Layout): Layout {
  return { kind: "indent", content, hard: isHard(content) };
}

/** On one line if it fits there; `broken` forbids that. */
export function group(content: Layout, broken = false): Layout {
  return { kind: "group", content, hard: broken || isHard(content) };
}

/** One text where the group around is broken, another where it is not. */
export function choice(broken: Layout, flat: Layout = ""): Layout {
  return { kind: "choice", broken, flat, hard: isHard(broken) || isHard(flat) };
}

/** Words with spaces between, as many on a line as fit; of a list that has a comma at its end when it is broken. */
export function fill(words: readonly string[]): Layout {
  return { kind: "fill", words, hard: false };
}

/** Whole lines, such as a comment, written for the indentation they get; each ends with a line break. What follows starts a line. */
export function block(write: (indent: number) => string): Layout {
  return { kind: "block", write, hard: true };
}

/** The parts with a separator between. */
export function join(separator: Layout, parts: readonly Layout[]): Layout {
  return concat(...parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
}

function isHard(layout: Layout): boolean {
  return typeof layout !== "string" && layout.hard;
}

interface Command {
  readonly indent: number;
  readonly broken: boolean;
  readonly layout: Layout;
}

/** Where a text begins and how wide it may be; all in columns. */
export interface Place {
  /** The spaces before its further lines. Default: 0. */
  readonly indent?: number;
  /** What stands before it on its first line. Default: `indent`. */
  readonly column?: number;
  /** What follows on its last line, such as a semicolon. Default: 0. */
  readonly after?: number;
  /** Default: 110. */
  readonly width?: number;
}

/** Prints a layout; lines are parted by `\n` and have no spaces at their end. */
export function print(layout: Layout, place: Place = {}): string {
  const start = place.indent ?? 0;
  const width = place.width ?? lineWidth;
  const commands: Command[] = [
    { indent: start, broken: true, layout: " ".repeat(place.after ?? 0) },
    { indent: start, broken: true, layout },
  ];
  let column = place.column ?? start;
  const chunks: string[] = [];
  const write = (text: string): void => {
    chunks.push(text);
    column += widthOf(text);
  };
  const newline = (spaces: number): void => {
    for (let last = chunks.pop(); last !== undefined; last = chunks.pop()) {
      const kept = last.endsWith(" ") ? last.replace(/ +$/, "") : last;
      if (kept === "") continue;
      chunks.push(kept);
      break;
    }
    chunks.push("\n", " ".repeat(spaces));
    column = spaces;
  };
  const writeBlock = (lines: string, spaces: number): void => {
    if (lines === "") return;
    chunks.push(lines, " ".repeat(spaces));
    column = spaces;
  };
  for (let command = commands.pop(); command !== undefined && commands.length > 0; command = commands.pop()) {
    const { layout: current, broken } = command;
    if (typeof current === "string") {
      write(current);
      continue;
    }
    switch (current.kind) {
      case "concat":
        for (let index = current.parts.length - 1; index >= 0; index--)
          commands.push({ ...command, layout: current.parts[index] ?? "" });
        break;
      case "indent":
        commands.push({ indent: command.indent + 2, broken, layout: current.content });
        break;
      case "group": {
        const flat = { indent: command.indent, broken: false, layout: current.content };
        commands.push(!current.hard && (!broken || fits(flat, commands, width - column)) ? flat : { ...flat, broken: true });
        break;
      }
      case "choice":
        commands.push({ ...command, layout: broken ? current.broken : current.flat });
        break;
      case "line":
        if (broken || current.hard) newline(command.indent);
        else write(current.flat);
        break;
      case "fill":
        for (const [index, word] of current.words.entries()) {
          // A comma will follow the last word too.
          const room = index < current.words.length - 1 ? width : width - 1;
          if (index > 0 && broken && column + 1 + word.length > room) newline(command.indent);
          else if (index > 0) write(" ");
          write(word);
        }
        break;
      case "block":
        writeBlock(current.write(command.indent).trimStart(), command.indent);
        break;
    }
  }
  return chunks.join("");
}

// Whether the text up to the next line break stands in the rest of the line: its own first, then what follows it.
function fits(first: Command, following: readonly Command[], room: number): boolean {
  const commands: Command[] = [first];
  let next = following.length;
  let rest = room;
  let space = 0;
  while (rest >= 0) {
    const command = commands.pop() ?? following[--next];
    if (command === undefined) return true;
    const { layout, broken } = command;
    if (typeof layout === "string") {
      if (layout === "") continue;
      rest -= space + widthOf(layout);
      space = 0;
      continue;
    }
    switch (layout.kind) {
      case "concat":
        for (let index = layout.parts.length - 1; index >= 0; index--)
          commands.push({ ...command, layout: layout.parts[index] ?? "" });
        break;
      case "indent":
        commands.push({ ...command, layout: layout.content });
        break;
      case "group":
        commands.push({ indent: 0, broken: broken || layout.hard, layout: layout.content });
        break;
      case "choice":
        commands.push({ ...command, layout: broken ? layout.broken : layout.flat });
        break;
      case "line":
        if (broken || layout.hard) return true;
        // A space that ends a line will be cut, so it counts only when a text follows it.
        space ||= layout.flat.length;
        break;
      case "fill":
        for (const [index, word] of layout.words.entries()) rest -= word.length + (index > 0 ? 1 : 0);
        break;
      case "block":
        return true;
    }
  }
  return false;
}

// Prettier counts columns as a terminal shows them: East Asian wide characters and emoji take two, combining marks none.
function widthOf(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text.replace(emoji, "  ")) {
    if (combining.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}

const emoji = /\p{Emoji_Presentation}/gu;
const combining = /^[\p{Cc}\u0300-\u036f\u200b-\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]$/u;
const wide =
  /^[\u1100-\u115f\u231a\u231b\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u;
