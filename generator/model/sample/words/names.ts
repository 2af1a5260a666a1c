/** The words of a name, in lower case: `created_at`, `createdAt` and `X-Created-At` end with `at`. */
export function wordsOf(name: string): readonly string[] {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
  cache.set(name, words);
  return words;
}

// Names are few, and each is asked for often.
const cache = new Map<string, readonly string[]>();

/** The entry for a name by the whole of it, by its last two words or its last, singular or plural. */
export function byWord<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  const words = wordsOf(name);
  for (const count of [words.length, 2, 1]) {
    const key = words.slice(-count).join("");
    for (const word of [key, key.replace(/ies$/, "y"), key.replace(/s$/, "")]) if (Object.hasOwn(table, word)) return table[word];
  }
  return undefined;
}

/** A small number that depends on the text alone (FNV-1a), so that one name's choice does not hang on another's. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}

/** Texts for what has no better name. */
export const plainTexts: readonly string[] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"];
