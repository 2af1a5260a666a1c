import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrap } from "../../../generator/emit/text/wrap.ts";

describe("wrap", () => {
  it("breaks a long line at its spaces", () => {
    expect(wrap(["The quick brown fox jumps over the lazy dog."], 20)).toEqual([
      "The quick brown fox",
      "jumps over the lazy",
      "dog.",
    ]);
  });

  it("fills a paragraph anew when one of its lines is too long, and leaves others as they are", () => {
    expect(wrap(["one two three four", "five six", "", "seven", "eight"], 12)).toEqual([
      "one two",
      "three four",
      "five six",
      "",
      "seven",
      "eight",
    ]);
  });

  it("goes on behind the mark of a list item or a quote", () => {
    expect(wrap(["- one two three four", "> five six seven eight", "10. nine ten eleven"], 12)).toEqual([
      "- one two",
      "  three four",
      "> five six",
      "> seven",
      "> eight",
      "10. nine ten",
      "    eleven",
    ]);
  });

  it("does not break code spans, code blocks, tables and headings", () => {
    const lines = [
      "see `a b c d e f g h` there",
      "```",
      "a line of code that is long",
      "```",
      "| a | long | table | row |",
      "# A long heading here",
    ];
    expect(wrap(lines, 12)).toEqual(["see", "`a b c d e f g h`", "there", ...lines.slice(1)]);
  });

  it("starts no line with what would start a block", () => {
    expect(wrap(["one two - three four 1. five # six"], 8)).toEqual(["one two -", "three", "four 1.", "five #", "six"]);
  });

  it("changes no word of any text", () => {
    const text = fc.array(fc.stringMatching(/^[\w`*#|.-]{1,8}$/), { minLength: 1, maxLength: 30 });
    const property = fc.property(text, fc.integer({ min: 10, max: 40 }), (parts, width) => {
      const line = parts.join(" ");
      const plain = (lines: readonly string[]): string => lines.join(" ").replace(/\s+/g, " ");
      expect(plain(wrap([line], width))).toBe(plain([line]));
    });
    fc.assert(property, { numRuns: 500 });
  });
});
