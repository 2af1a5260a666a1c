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
  const keys = keysOf.get(name) ?? newKeysOf(name);
  keysOf.set(name, keys);
  for (const key of keys) if (Object.hasOwn(table, key)) return table[key];
  return undefined;
}

const keysOf = new Map<string, readonly string[]>();

function newKeysOf(name: string): readonly string[] {
  const words = wordsOf(name);
  const keys = [words.length, 2, 1].map((count) => words.slice(-count).join(""));
  return [...new Set(keys.flatMap((key) => [key, key.replace(/ies$/, "y"), key.replace(/s$/, "")]))];
}

/** A small number that depends on the text alone (FNV-1a), so that one name's choice does not hang on another's. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}

/** Texts for what has no better name. */
export const plainTexts: readonly string[] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"];
