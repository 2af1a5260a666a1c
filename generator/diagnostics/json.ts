import type { Span } from "./yaml.ts";

interface Member {
  readonly key: Span | undefined;
  readonly value: Span;
}

/**
 * Where the values of a JSON text stand. The text is known to be JSON, so nothing is checked here. Each object or array
 * is scanned when a value inside it is asked for, once: a megabyte costs milliseconds, where a syntax tree costs seconds.
 */
export function jsonPositions(text: string): (keys: readonly string[], atKey: boolean) => Span {
  const scanned = new Map<number, ReadonlyMap<string, Member>>();
  const broken = new Map<number, boolean>();
  const holdsBreak = ({ start, end }: Span): boolean => {
    const known = broken.get(start) ?? text.slice(start, end).includes("\n");
    broken.set(start, known);
    return known;
  };
  return (keys, atKey) => {
    const start = skipSpace(text, 0);
    let value: Span = { start, end: text.length };
    let span: Span = { start, end: start };
    for (const [depth, key] of keys.entries()) {
      const members = scanned.get(value.start) ?? membersAt(text, value.start);
      scanned.set(value.start, members);
      const found = members.get(key);
      if (found === undefined) return span;
      value = found.value;
      const byKey = found.key !== undefined && ((atKey && depth === keys.length - 1) || holdsBreak(value));
      span = byKey && found.key !== undefined ? found.key : value;
    }
    return span;
  };
}

function membersAt(text: string, start: number): Map<string, Member> {
  const members = new Map<string, Member>();
  const isArray = text[start] === "[";
  if (!isArray && text[start] !== "{") return members;
  let at = skipSpace(text, start + 1);
  while (at < text.length && text[at] !== "]" && text[at] !== "}") {
    let key: Span | undefined;
    let name = String(members.size);
    if (!isArray) {
      key = { start: at, end: endOfString(text, at) };
      name = String(JSON.parse(text.slice(key.start, key.end)));
      at = skipSpace(text, skipSpace(text, key.end) + 1);
    }
    const value = { start: at, end: endOfValue(text, at) };
    members.set(name, { key, value });
    at = skipSpace(text, value.end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return members;
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first !== "{" && first !== "[") return endOf(text, start, /[\s,\]}]/g);
  let depth = 0;
  let at = start;
  do {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    at++;
  } while (depth > 0 && at < text.length);
  return at;
}

function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
    at = text.indexOf('"', at + 1);
  }
  return text.length;
}

function skipSpace(text: string, start: number): number {
  return endOf(text, start, /[^\s]/g);
}

function endOf(text: string, start: number, stop: RegExp): number {
  stop.lastIndex = start;
  return stop.exec(text)?.index ?? text.length;
}

/** A key that stands twice in one object, where `JSON.parse` keeps the last and says nothing. */
export interface DuplicateKey {
  readonly key: string;
  readonly span: Span;
  readonly first: Span;
}

/** The keys that stand twice in their objects. Only when the tree has fewer keys than its text is the text scanned as a whole. */
export function duplicateKeys(text: string, tree: unknown): readonly DuplicateKey[] {
  const found: DuplicateKey[] = [];
  if (writtenKeys(text) === keysIn(tree)) return found;
  const open: (Map<string, Span> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{") open.push(new Map());
    else if (character === "[") open.push(undefined);
    else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const span = { start: at, end: endOfString(text, at) };
      at = span.end - 1;
      if (text[skipSpace(text, span.end)] !== ":") continue;
      const key = String(JSON.parse(text.slice(span.start, span.end)));
      const first = open.at(-1)?.get(key);
      if (first === undefined) open.at(-1)?.set(key, span);
      else found.push({ key, span, first });
    }
  }
  return found;
}

const colon = 0x3a;

/** How many strings of a text are followed by a colon. */
function writtenKeys(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at)) {
    at = endOfString(text, at);
    // Space, tab and line breaks are the only codes up to 0x20 between the parts of JSON.
    while (text.charCodeAt(at) <= 0x20) at++;
    if (text.charCodeAt(at) === colon) count++;
  }
  return count;
}

// Without recursion: nobody has looked yet at how deep the tree is.
function keysIn(tree: unknown): number {
  let count = 0;
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    if (!Array.isArray(value)) count += members.length;
    for (const member of members) if (typeof member === "object" && member !== null) open.push(member);
  }
  return count;
}
