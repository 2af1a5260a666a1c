/** Reads the tables of Go tests: the composite literals of `tests := []struct{…}{…}`, as plain values. */

/** A row of a table: the members by name, or in their order. */
export type GoRow = Readonly<Record<string, unknown>>;

export interface GoTable {
  /** The names of the tests around it, joined by `/`. */
  readonly name: string;
  readonly rows: readonly GoRow[];
}

/** The tables of a test file. Rows that call functions, and tables whose columns are not named, are given as far as they are literals. */
export function readTables(text: string): GoTable[] {
  const tables: GoTable[] = [];
  for (const match of text.matchAll(/tests := \[\]struct \{([^}]*)\}\{/g)) {
    const columns = [...(match[1] ?? "").matchAll(/^\s*(\w+)\s+\S/gm)].map(([, column = ""]) => column);
    const parser = new Parser(text, match.index + match[0].length);
    const rows = parser
      .list()
      .map((row): GoRow =>
        Array.isArray(row)
          ? Object.fromEntries(row.map((value, index) => [columns[index] ?? String(index), value as unknown]))
          : (row as GoRow),
      );
    tables.push({ name: nameAt(text, match.index), rows });
  }
  return tables;
}

function nameAt(text: string, index: number): string {
  const before = text.slice(0, index);
  const test = [...before.matchAll(/^func (Test\w+)/gm)].at(-1)?.[1] ?? "";
  const inner = [...before.matchAll(/t\.Run\("([^"]*)"/g)].at(-1)?.[1] ?? "";
  return `${test}/${inner}`;
}

/** Stands for an expression that is no literal. */
export const unread: unique symbol = Symbol("unread");

class Parser {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  /** The members up to the closing brace: a list, or an object where they have keys. */
  list(): unknown[] {
    const members = this.#members();
    return members.map(({ value }) => value);
  }

  #members(): { readonly key: unknown; readonly value: unknown }[] {
    const members: { key: unknown; value: unknown }[] = [];
    for (;;) {
      this.#space();
      if (this.#take("}")) return members;
      let value = this.#value();
      let key: unknown;
      this.#space();
      if (this.#take(":")) {
        key = value;
        this.#space();
        value = this.#value();
      }
      members.push({ key, value });
      this.#space();
      this.#take(",");
    }
  }

  #value(): unknown {
    const string = this.#match(/"((?:[^"\\]|\\.)*)"/y);
    if (string !== undefined) return unquoted(string[0]);
    const raw = this.#match(/`([^`]*)`/y);
    if (raw !== undefined) return raw[1];
    if (this.#take("{")) return this.#composite();
    const typed = this.#match(/(?:&)?(?:\[\]|map\[\w+\])*[\w.]*(?:\[\]\w+)?\{/y);
    if (typed !== undefined) return this.#composite(typed[0].includes("[]"));
    const word = this.#match(/[\w.-]+/y)?.[0] ?? "";
    this.#space();
    if (this.#text[this.#at] === "(") return word.startsWith("[]") ? undefined : this.#call();
    if (word === "true" || word === "false") return word === "true";
    if (word === "nil") return undefined;
    if (/^-?\d/.test(word)) return Number(word);
    if (word === "") return this.#call();
    return word;
  }

  #composite(list = false): unknown {
    const members = this.#members();
    const keyed = members.some(({ key }) => key !== undefined);
    return keyed && !list
      ? Object.fromEntries(members.map(({ key, value }) => [String(key), value]))
      : members.map(({ value }) => value);
  }

  // Anything else, up to the end of the member: a conversion of nil, or what only Go can work out.
  #call(): unknown {
    const start = this.#at;
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at] ?? "";
      if (depth === 0 && /[,}\n]/.test(character)) break;
      if (/[({[]/.test(character)) depth += 1;
      else if (/[)}\]]/.test(character)) depth -= 1;
      else if (character === '"') this.#at = (this.#match(/"(?:[^"\\]|\\.)*"/y, true)?.[0].length ?? 1) + this.#at - 1;
    }
    return /\(nil\)/.test(this.#text.slice(start, this.#at)) ? undefined : unread;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #space(): void {
    this.#match(/(?:\s|\/\/[^\n]*)*/y);
  }

  #match(pattern: RegExp, peek = false): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found !== undefined && !peek) this.#at += found[0].length;
    return found;
  }
}

function unquoted(text: string): string {
  return JSON.parse(text.replace(/\\x([0-9a-f]{2})/gi, "\\u00$1")) as string;
}
