import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { regexLiteral } from "../../../generator/emit/text/regex.ts";
import { anyText } from "../../support/text.ts";

describe("a regular expression", () => {
  it("matches what the pattern matches", () => {
    const pattern = fc.oneof(
      anyText,
      fc
        .array(
          fc.constantFrom(
            "[/]",
            "a/b",
            "\\/",
            "\n",
            "\\\u2028",
            "[\u0000-\u001f]",
            "^",
            "$",
            "\\d+",
            "(?:a|b)",
            "\\-",
            "]",
            "\\u{1f600}",
            "\\p{L}",
            "\ud800",
          ),
          { maxLength: 6 },
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(pattern, fc.array(anyText, { minLength: 20, maxLength: 20 }), (source, samples) => {
        const text = regexLiteral(source);
        if (text === undefined) return;
        const made = new Function(`return ${text};`)() as RegExp;
        const meant = new RegExp(source, made.flags);
        for (const sample of [...samples, source]) expect(made.test(sample)).toBe(meant.test(sample));
      }),
      { numRuns: Number(process.env["RUNS"] ?? 1000) },
    );
  });

  it("is one expression, and TypeScript accepts it", () => {
    fc.assert(
      fc.property(anyText, (source) => {
        const text = regexLiteral(source);
        if (text === undefined) return;
        const file = ts.createSourceFile("x.ts", `const x = ${text};\n`, ts.ScriptTarget.ES2022, true);
        const [statement] = file.statements;
        expect(file.statements).toHaveLength(1);
        if (statement === undefined || !ts.isVariableStatement(statement)) throw new Error("The pattern has left its place.");
        const value = statement.declarationList.declarations[0]?.initializer;
        expect(value !== undefined && (ts.isRegularExpressionLiteral(value) || ts.isNewExpression(value))).toBe(true);
      }),
      { numRuns: Number(process.env["RUNS"] ?? 1000) },
    );
  });

  it.each([
    ["^[a-z]+/x$", "/^[a-z]+\\/x$/u"],
    ["", 'new RegExp("", "u")'],
    ["a\nb\u2028", "/a\\nb\\u2028/u"],
    ["[\\w-.]+", 'new RegExp("[\\\\w-.]+")'],
    ["^\\p{Lu}", 'new RegExp("^\\\\p{Lu}", "u")'],
    ["(?<year>\\d)", 'new RegExp("(?<year>\\\\d)", "u")'],
    ["(", undefined],
    ["[", undefined],
  ])("writes %j as %s", (pattern, expected) => {
    expect(regexLiteral(pattern)).toBe(expected);
  });
});
