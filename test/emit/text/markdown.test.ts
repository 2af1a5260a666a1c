import { describe, expect, it } from "vitest";
import { block, cell, code, codeCell, firstSentence, inline, title } from "../../../generator/emit/text/markdown.ts";

describe("block", () => {
  it.each([
    [
      "ordinary Markdown",
      "Some *text* with `Array<string>`, <https://example.com> and\n\n- a list",
      "Some *text* with `Array<string>`, <https://example.com> and\n\n- a list",
    ],
    ["a tag", "a <script>b</script>", "a &lt;script>b&lt;/script>"],
    ["headings", "# A\n\nB\n===\n\n## <b>", "**A**\n\nB\n\\===\n\n**&lt;b>**"],
    ["a fence", "```xml\n<a/>\n```\n<b>", "```xml\n<a/>\n```\n&lt;b>"],
    ["a fence that is never closed", "```\n<a/>", "```\n<a/>\n```"],
    ["a fence with another's opening in it", "```\n```js\n```\n<b>", "```\n```js\n```\n&lt;b>"],
    ["a fence with a longer end", "```\n<a/>\n````\n<b>", "```\n<a/>\n````\n&lt;b>"],
    ["what only looks like a fence", "``` a`b\n<b>", "``` a`b\n&lt;b>"],
    ["a fence in a list", "- ```\n  code\n  ```\n<b>", "- ```\n  code\n  ```\n&lt;b>"],
    ["a list that ends its fence", "- a\n\n  ```\n<b>", "- a\n\n  ```\n&lt;b>"],
    ["back-ticks of different lengths", "`` <b> `", "`` &lt;b> `"],
    ["a back-tick that is escaped", "\\` <b> `", "\\` &lt;b> `"],
    ["a tag that is escaped", "\\<b>", "\\&lt;b>"],
    ["a back-tick whose partner is on the next line", "a `\nb ` <b> ` c", "a `\nb ` &lt;b> ` c"],
    ["a back-tick of another paragraph", "a `\n\nb `<b>` c", "a `\n\nb `<b>` c"],
    ["a row of a table", "| ` | <b> | ` |", "| ` | &lt;b> | ` |"],
  ])("keeps %s from becoming more than it may", (_, text, expected) => {
    expect(block(text)).toBe(expected);
  });
});

describe("texts within a line", () => {
  it("have no line breaks and no tags", () => {
    expect(inline(" a\r\n\r\n b\u2028<i>\u0000 ")).toBe("a b &lt;i>");
    expect(cell("a | b\n<i>")).toBe("a \\| b &lt;i>");
    expect(title("*a* [b](c) #1 `d<i>` <i>")).toBe("\\*a\\* \\[b\\](c) \\#1 \\`d&lt;i>\\` &lt;i>");
  });

  it("are code in as many back-ticks as it takes", () => {
    expect(code("a")).toBe("`a`");
    expect(code("a``b`")).toBe("``` a``b` ```");
    expect(codeCell("a | b")).toBe("`a \\| b`");
  });

  it("are cut after the first sentence", () => {
    expect(firstSentence("One. Two.")).toBe("One.");
    expect(firstSentence("Version 1.2 of\nit\n\nMore")).toBe("Version 1.2 of it");
  });
});
