/**
 * The regular expression of a `pattern`, read with the flag `u` as JSON Schema asks, or without where only that reads it
 * (`\-`, `\_` and the like are common in real documents); `undefined` when it is none.
 */
export function patternOf(pattern: string): RegExp | undefined {
  if (!known.has(pattern)) known.set(pattern, compile(pattern, "u") ?? compile(pattern, ""));
  return known.get(pattern);
}

// A cache of pure results, so that a pattern is compiled once.
const known = new Map<string, RegExp | undefined>();

function compile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}
