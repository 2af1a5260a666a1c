import type { JsonCodec } from "../operation.js";

/** An integer in JSON that a number cannot hold. */
export class ExactInteger {
  readonly exact: bigint;

  constructor(exact: bigint) {
    this.exact = exact;
  }
}

/**
 * JSON that keeps every integer: `parse` gives an ExactInteger for one beyond 2^53, `stringify` writes each bigint as the number that
 * it is, `rounded` has the nearest numbers for both, `settled` for each ExactInteger that is left where nobody asked for a bigint.
 */
export const exactJson: JsonCodec = {
  parse,
  stringify,
  rounded: (value) => replaced(value, true),
  settled: (value) => replaced(value, false),
};

// A string, which is passed over, or a number.
const tokens = /"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

function parse(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  // Longer ones than 20 digits are of no format, and left to be rounded. JSON.parse tells of no number how it was written, not in every engine. A text that nobody can guess stands in for it.
  const mark = `${crypto.getRandomValues(new Uint32Array(4)).join("-")}:`;
  const marked = text.replace(tokens, (token) =>
    /^-?\d{16,20}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${mark}${token}"` : token,
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === "string" && value.startsWith(mark)
      ? new ExactInteger(BigInt(value.slice(mark.length)))
      : value,
  );
}

function stringify(value: unknown): string | undefined {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value instanceof ExactInteger) return String(value.exact);
  if ("toJSON" in value && typeof value.toJSON === "function") return stringify(value.toJSON());
  if (Array.isArray(value)) return `[${value.map((item) => stringify(item) ?? "null").join(",")}]`;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const text = stringify(member);
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
  });
  return `{${members.join(",")}}`;
}

function replaced(value: unknown, bigints: boolean): unknown {
  if (typeof value === "bigint") return bigints ? Number(value) : value;
  if (value instanceof ExactInteger) return Number(value.exact);
  if (Array.isArray(value)) return value.map((item) => replaced(item, bigints));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, bigints)]));
}

function isPlain(value: unknown): value is { readonly [name: string]: unknown } {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
