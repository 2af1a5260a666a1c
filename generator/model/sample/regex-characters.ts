/** One character of a class or an escape: found by asking the class itself, plain characters first. */
export function character(source: string, seed: number, flags: string): string | undefined {
  if (source.length === 1 && source !== ".") return source;
  const key = `${flags} ${source}`;
  const known = pools.get(key) ?? poolOf(source, flags);
  pools.set(key, known);
  return known.length === 0 ? undefined : known[(seed * 7) % known.length];
}

function poolOf(source: string, flags: string): readonly string[] {
  const regex = new RegExp(`^(?:${source})$`, flags);
  for (const pool of plain) {
    const found = [...pool].filter((one) => regex.test(one));
    if (found.length > 0) return found;
  }
  for (let code = 0; code < 0x3000; code++) {
    const one = String.fromCodePoint(code);
    if (regex.test(one)) return [one];
  }
  return [];
}

const pools = new Map<string, readonly string[]>();
const plain = [
  "abcdefghijklmnopqrstuvwxyz",
  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "0123456789",
  "-_./",
  " ",
  "!#$%&'()*+,:;<=>?@[]^`{|}~\"\\",
  "\n\t",
  "éßøæ",
];
