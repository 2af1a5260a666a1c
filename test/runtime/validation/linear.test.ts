import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linear, linearly } from "../../../generator/runtime/validation/linear.ts";

const atoms = [
  "a",
  "b",
  ".",
  "\\d",
  "\\w",
  "\\W",
  "[ab]",
  "[^a]",
  "\\s",
  "-",
  "é",
  "\\u{1f600}",
  "\\.",
  "[\\w-]",
  "\\x61",
  "\\p{L}",
];
const plainAtoms = ["a", "b", ".", "\\d", "\\-", "[a-z\\_]", "{", "]", "\\u0061", "😀", "\\0"];
const expressions = (leaves: readonly string[]) =>
  fc.letrec<{ all: string }>((tie) => ({
    all: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.constantFrom(...leaves, "^", "$", "\\b", "\\B"),
      fc.tuple(tie("all"), tie("all")).map(([left, right]) => `${left}${right}`),
      fc.tuple(tie("all"), tie("all")).map(([left, right]) => `(${left}|${right})`),
      fc
        .tuple(tie("all"), fc.constantFrom("*", "+", "?", "{2}", "{1,}", "{0,2}", "{2,3}?", "*?"))
        .map(([inner, quantifier]) => `(?:${inner})${quantifier}`),
    ),
  })).all;
const texts = fc.string({ unit: fc.constantFrom("a", "b", "1", "-", " ", "\n", "é", "😀", "\ud83d", ".", "_"), maxLength: 8 });

describe("linear", () => {
  test.each([
    ["u", atoms],
    ["", plainAtoms],
  ])('takes the texts that the engine takes, with the flags "%s"', (flags, leaves) => {
    let compared = 0;
    fc.assert(
      fc.property(expressions(leaves), texts, (source, text) => {
        const expression = compiled(source, flags);
        const matcher = expression === undefined ? undefined : linearly(expression);
        if (expression === undefined || matcher === undefined) return;
        compared += 1;
        expect(matcher.test(text)).toBe(expression.test(text));
      }),
      { numRuns: 3000 },
    );
    // Some are no expressions, and some are too large.
    expect(compared).toBeGreaterThan(2000);
  });

  test.each([
    /^(a+)+$/u,
    /^(([a-z])+.)+[A-Z]([a-z])+$/u,
    /(x+x+)+y/u,
    /^(a|aa|[b-z])+$/u,
    /^.*a.*a.*a.*b$/u,
    /(a?){1,50}a{50}!/u,
  ])("%s looks at each character a few times, however many ways there are", (expression) => {
    // Half a million letters, and none of the ways ends well: the engine would not come back.
    const text = "a".repeat(500_000);
    expect(linear(expression).test(`${text} `)).toBe(false);
  });

  test("hands what is not regular to the engine", () => {
    expect(linearly(/^(a)\1$/u)).toBeUndefined();
    expect(linearly(/^(?=a)a$/u)).toBeUndefined();
    expect(linearly(/^(a{100}){100}$/u)).toBeUndefined();
    expect(linearly(/^a$/iu)).toBeUndefined();
    expect(linear(/^(a)\1$/u).test("aa")).toBe(true);
    expect(String(linear(/^(a)\1$/u))).toBe("/^(a)\\1$/u");
  });

  test("forgets what it has learnt before that grows large", () => {
    const matcher = linear(/^(?:.*a.{12})+$/u);
    const letters = Array.from({ length: 20_000 }, (_, index) => ((index * 7919) % 13 < 6 ? "a" : "b")).join("");
    expect(matcher.test(letters)).toBe(/^.*a.{12}$/u.test(letters));
  });
});

function compiled(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
