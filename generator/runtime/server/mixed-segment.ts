import { percentDecode } from "../wire/percent.js";

/** A segment of a path that is partly literal: `{from}-{to}.json`. */
export interface MixedSegment {
  /** The same for templates that differ in the names of their parameters alone. */
  readonly key: string;
  /** How much of it is literal. */
  readonly weight: number;
  /** The texts of the parameters, none of them empty, where a segment has this form. The first is as long as can be, then the next. */
  match(segment: string): readonly string[] | undefined;
}

/**
 * Reads the template of a segment. Regular expressions could say it, but for several parameters they go back and forth: a path of
 * 16 KiB would take minutes. Looking from the end, each literal has one place, so the time grows with the length alone.
 */
export function mixedSegment(template: string): MixedSegment {
  const literals = template.split(/\{[^{}]*\}/);
  // As it is written goes first: what is percent-encoded is more likely a part of a value.
  const spellings = [false, true].map((encoded) =>
    literals.map((literal) => literalPattern(literal, encoded)),
  );
  return {
    key: JSON.stringify(spellings[1]?.map(({ source }) => source)),
    weight: literals.join("").length,
    match: (segment) =>
      spellings.reduce<readonly string[] | undefined>(
        (found, patterns) => found ?? textsBetween(patterns, segment),
        undefined,
      ),
  };
}

function textsBetween(patterns: readonly RegExp[], segment: string): readonly string[] | undefined {
  const [first, ...others] = patterns;
  const start = first === undefined ? undefined : endOf(first, segment, 0);
  if (start === undefined) return undefined;
  const texts: string[] = [];
  let end = segment.length;
  for (const [index, pattern] of [...others].reverse().entries()) {
    // What follows the last literal is nothing; what follows the others is a text.
    const found = lastOf(pattern, segment, end, index === 0 ? 0 : 1);
    if (found === undefined) return undefined;
    if (index > 0) texts.unshift(segment.slice(found.end, end));
    end = found.start;
  }
  return end > start ? [segment.slice(start, end), ...texts] : undefined;
}

/** The last place of a literal that leaves a number of characters before `limit`; exactly none where it has to leave none. */
function lastOf(
  pattern: RegExp,
  segment: string,
  limit: number,
  left: 0 | 1,
): { readonly start: number; readonly end: number } | undefined {
  for (let start = limit - left; start >= 0; start -= 1) {
    const end = endOf(pattern, segment, start);
    if (end !== undefined && (left === 0 ? end === limit : end < limit)) return { start, end };
  }
  return undefined;
}

function endOf(pattern: RegExp, segment: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(segment) ? pattern.lastIndex : undefined;
}

// A client may percent-encode any character of a literal: "%3A" is as good as ":".
function literalPattern(literal: string, encoded: boolean): RegExp {
  const source = Array.from(percentDecode(literal) ?? literal, (character) => {
    const plain = character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    if (!encoded && /^[\x21-\x7E]$/.test(character)) return plain;
    const bytes = [...new TextEncoder().encode(character)].map(
      (byte) =>
        `%${[...byte.toString(16).padStart(2, "0")].map((digit) => `[${digit}${digit.toUpperCase()}]`).join("")}`,
    );
    return `(?:${plain}|${bytes.join("")})`;
  });
  return new RegExp(source.join(""), "sy");
}
