import fc from "fast-check";
import { format } from "prettier";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { jsdoc } from "../../../generator/emit/text/jsdoc.ts";
import { anyText } from "../../support/text.ts";

const documentation = fc.record(
  {
    text: fc.array(anyText, { maxLength: 3 }),
    deprecated: fc.boolean(),
    default: anyText,
    examples: fc.array(fc.dictionary(anyText, anyText), { maxLength: 2 }),
    see: fc.array(fc.record({ url: anyText.map((text) => `https://example.com/${text}`), description: anyText }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);

describe("a JSDoc comment", () => {
  it("holds nothing but a comment, and no tags but its own", () => {
    fc.assert(
      fc.property(documentation, (content) => {
        const comment = jsdoc(content);
        const file = ts.createSourceFile("x.ts", `${comment}export type X = 1;\n`, ts.ScriptTarget.ES2022, true);
        expect(file.statements).toHaveLength(1);
        const [statement] = file.statements;
        if (statement === undefined) throw new Error("The comment has swallowed the code.");
        expect(statement.getStart(file)).toBe(comment.length);
        const tags = ts
          .getJSDocTags(statement)
          .map((tag) => tag.tagName.text)
          .sort();
        const expected = [
          ...(content.deprecated === true ? ["deprecated"] : []),
          ...(content.default === undefined ? [] : ["default"]),
          ...(content.examples ?? []).map(() => "example"),
          ...(content.see ?? []).map(() => "see"),
        ].sort();
        expect(tags).toEqual(expected);
        expect(comment).not.toMatch(/[\r\u0000-\u0009\u2028\u2029\u202e]|[ ]\n/);
      }),
      { numRuns: Number(process.env["RUNS"] ?? 1000) },
    );
  });

  it("is left as it is by prettier", async () => {
    await fc.assert(
      fc.asyncProperty(documentation, async (content) => {
        const text = `interface X {\n${jsdoc(content, 2)}  x: 1;\n}\n`;
        expect(await format(text, { parser: "typescript", printWidth: 110 })).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it("stands on one line when it is short, and is nothing when it says nothing", () => {
    expect(jsdoc(["A pet."])).toBe("/** A pet. */\n");
    expect(jsdoc({ deprecated: true }, 2)).toBe("  /** @deprecated */\n");
    expect(jsdoc(["", undefined, " \n"])).toBe("");
    expect(jsdoc({})).toBe("");
  });

  it("keeps Markdown and the lines of its author", () => {
    expect(
      jsdoc(
        {
          text: [
            "A *pet*.\r\n\r\n- one\n- two */ alert(1)\n\n@deprecated is no tag, nor {@link here}, nor ask @octocat; a@b.c stays",
            "Minimum: 0.",
          ],
          deprecated: true,
          default: { kind: "cat" },
          examples: ["*/"],
          see: [{ url: "https://example.com", description: "More" }],
        },
        2,
      ),
    ).toMatchInlineSnapshot(`
      "  /**
         * A *pet*.
         *
         * - one
         * - two *\\/ alert(1)
         *
         * \\@deprecated is no tag, nor {\\@link here}, nor ask \\@octocat; a@b.c stays
         *
         * Minimum: 0.
         *
         * @deprecated
         * @default { kind: "cat" }
         * @example "*\\/"
         * @see https://example.com More
         */
      "
    `);
  });
});
