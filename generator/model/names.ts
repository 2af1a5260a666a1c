/**
 * Identifiers from spec text. A name depends on its own key and on the keys it clashes with, never on the order of the
 * document: moving a schema changes no name.
 */

/** What wants a name: `key` is unique and decides who yields, `wanted` is the identifier it would have if it were alone. */
export interface NameWish {
  readonly key: string;
  readonly wanted: string;
}

/** Keys whose wishes met, and what each of them got. */
export interface NameClash {
  readonly wanted: string;
  readonly keys: readonly string[];
}

export interface NameTable {
  /** Key to name. */
  readonly names: ReadonlyMap<string, string>;
  readonly clashes: readonly NameClash[];
  /** Keys that wished for a taken name, with what they wished for. */
  readonly yielded: ReadonlyMap<string, string>;
}

/**
 * Gives each key a name of its own, and none of `taken`. Of keys that wish for the same name, the one that is spelled like it
 * gets it, else the first in alphabetical order; the others get the name with `2`, `3`, …. Who wishes for a taken name gets
 * the name with `suffix`.
 */
export function assignNames(wishes: readonly NameWish[], taken: ReadonlySet<string> = new Set(), suffix = "_"): NameTable {
  const groups = new Map<string, string[]>();
  for (const { key, wanted } of wishes) {
    const group = groups.get(wanted);
    if (group === undefined) groups.set(wanted, [key]);
    else group.push(key);
  }
  const names = new Map<string, string>();
  const yielded = new Map<string, string>();
  const clashes: NameClash[] = [];
  const used = new Set([...taken, ...groups.keys()]);
  for (const [wanted, keys] of [...groups].sort(([a], [b]) => compareText(a, b))) {
    keys.sort((a, b) => Number(b === wanted) - Number(a === wanted) || compareText(a, b));
    const base = taken.has(wanted) ? `${wanted}${suffix}` : wanted;
    for (const [index, key] of keys.entries()) {
      const own = index === 0 && (base === wanted || !used.has(base));
      names.set(key, own ? base : nextFree(base, used));
      if (own) used.add(base);
      if (base !== wanted) yielded.set(key, wanted);
    }
    if (keys.length > 1) clashes.push({ wanted, keys });
  }
  return { names, clashes, yielded };
}

/** Orders by UTF-16 units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `pull-request` is `PullRequest`; an identifier that starts with a capital stays as it is written: `HogQLQuery`. */
export function typeIdentifier(text: string): string {
  if (/^\p{Lu}[\p{ID_Continue}$]*$/u.test(text)) return text;
  return startSafely(capitalized(wordsOf(text)).join("")) || "Schema";
}

/** `environments_query_create` is `environmentsQueryCreate`, `HTTPValidation` is `httpValidation`; `` when nothing is left. */
export function valueIdentifier(text: string): string {
  if (/^[\p{Ll}][\p{L}\p{Nd}]*$/u.test(text) && /^\p{ID_Start}\p{ID_Continue}*$/u.test(text)) return text;
  const [first, ...rest] = capitalized(wordsOf(text));
  return first === undefined ? "" : startSafely(lowerStart(first) + rest.join(""));
}

/** The words of a text, as written: `get_user-byID` is `get`, `user`, `by`, `ID`. Digits stay with the word before them. */
export function wordsOf(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return asciiWords(text);
  const spaced = text
    .normalize("NFC")
    .replace(/['’]/g, "")
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})(?!s?(?:$|\P{L}))/gu, "$1 $2");
  return spaced.split(/(?:\P{ID_Continue}|\p{Pc})+/u).filter((word) => word !== "");
}

// The same by the letters that most names are made of, which is much faster.
function asciiWords(text: string): string[] {
  if (!/[A-Z']/.test(text)) return text.split(/[^a-z0-9]+/).filter((word) => word !== "");
  const spaced = text
    .replaceAll("'", "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])(?!s?(?:$|[^A-Za-z]))/g, "$1 $2");
  return spaced.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
}

/** Words, each with a capital. Shouted text (`USER_STATUS`) is quietened; a lone acronym among other words stays. */
function capitalized(words: readonly string[]): string[] {
  const shouted = words.length > 1 && words.every((word) => word === word.toUpperCase());
  return words.map((word) => (word[0] ?? "").toUpperCase() + (shouted ? word.slice(1).toLowerCase() : word.slice(1)));
}

// `HTTPValidation` → `httpValidation`, `APIKey` → `apiKey`, `ID` → `id`, `User` → `user`.
function lowerStart(word: string): string {
  const capitals = /^\p{Lu}+/u.exec(word)?.[0].length ?? 0;
  const lowered =
    capitals > 1 && capitals < word.length && !/^\p{Lu}+s?\p{N}*$/u.test(word) ? capitals - 1 : Math.max(capitals, 1);
  return word.slice(0, lowered).toLowerCase() + word.slice(lowered);
}

function startSafely(identifier: string): string {
  return identifier === "" || /^\p{ID_Start}/u.test(identifier) ? identifier : `_${identifier}`;
}

function nextFree(wanted: string, used: Set<string>): string {
  for (let count = 2; ; count += 1) {
    const name = `${wanted}${count}`;
    if (used.has(name)) continue;
    used.add(name);
    return name;
  }
}
