import fc from "fast-check";
import { format } from "prettier";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { isIdentifier, memberAccess } from "../../../generator/emit/text/identifier.ts";
import { literal, propertyKey, stringLiteral, templateLiteral } from "../../../generator/emit/text/literal.ts";
import type { Json } from "../../../generator/openapi/shapes.ts";
import { anyText, hostileText } from "../../support/text.ts";

const json = (text: fc.Arbitrary<string>): fc.Arbitrary<Json> =>
  fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie("value"), { maxLength: 6 }),
      fc.array(fc.integer(), { maxLength: 60 }),
      fc.dictionary(fc.oneof(text, fc.constantFrom("__proto__", "constructor", "a", "new", "1", "1e3", "ä")), tie("value"), {
        maxKeys: 6,
        noNullPrototype: true,
      }),
    ),
  })).value;

describe("a literal", () => {
  it("evaluates to the value it was made from", () => {
    fc.assert(
      fc.property(json(anyText), (value) => {
        expect(evaluate(literal(value))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it("is one expression and nothing else", () => {
    fc.assert(
      fc.property(json(anyText), (value) => {
        const file = ts.createSourceFile("x.ts", `const x = ${literal(value)};\n`, ts.ScriptTarget.ES2022, true);
        expect(file.statements).toHaveLength(1);
        expect(diagnosticsOf(file)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("is left as it is by prettier", async () => {
    await fc.assert(
      fc.asyncProperty(json(hostileText), async (value) => {
        const text = `export const some = ${literal(value, { column: "export const some = ".length, after: 1 })};\n`;
        // Prettier moves a long string after `=` to its own line; a literal knows nothing of what stands before it.
        fc.pre(typeof value !== "string" || text.length <= 111);
        expect(await format(text, { parser: "typescript", printWidth: 110 })).toBe(text);
      }),
      { numRuns: Number(process.env["RUNS"] ?? 300) },
    );
  });

  it("breaks objects that hold objects, and those that do not fit", () => {
    expect(literal({ a: 1, "b-c": [1, 2], d: "it's", e: 'say "hi"' })).toBe(`{ a: 1, "b-c": [1, 2], d: "it's", e: 'say "hi"' }`);
    expect(
      `const some = ${literal({
        a: { b: 1 },
        list: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
        wide: "x".repeat(110),
      })};`,
    ).toMatchInlineSnapshot(`
      "const some = {
        a: { b: 1 },
        list: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
        wide: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      };"
    `);
    expect(literal({ a: 1 }, { expand: true })).toBe("{\n  a: 1,\n}");
  });

  it("keeps -0, exponents and a member named __proto__", () => {
    expect(literal([-0, 1e21, 1e-7])).toBe("[-0, 1e21, 1e-7]");
    expect(literal(JSON.parse('{"__proto__":1}') as Json)).toBe('{ ["__proto__"]: 1 }');
  });
});

describe("a string literal", () => {
  it("escapes what could end it, hide in it, or not survive UTF-8", () => {
    expect(stringLiteral("a\u2028\u2029\u0000\u007f\u202e\ufeff\ud800 \\ \n\t")).toBe(
      '"a\\u2028\\u2029\\u0000\\u007f\\u202e\\ufeff\\ud800 \\\\ \\n\\t"',
    );
    expect(stringLiteral("😀 ${x} `")).toBe('"😀 ${x} `"');
  });
});

describe("a key", () => {
  it("is the key it was made from, in an object type", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constantFrom("__proto__", "a-b", "new", "1")), (name) => {
        const file = ts.createSourceFile("x.ts", `interface X {\n  ${propertyKey(name)}: 1;\n}\n`, ts.ScriptTarget.ES2022, true);
        const [statement] = file.statements;
        if (statement === undefined || !ts.isInterfaceDeclaration(statement)) throw new Error("The key has left its place.");
        expect(statement.members).toHaveLength(1);
        const key = statement.members[0]?.name;
        expect(key !== undefined && (ts.isIdentifier(key) || ts.isStringLiteral(key)) ? key.text : undefined).toBe(name);
      }),
    );
  });
});

describe("an identifier", () => {
  it("is a name that can be declared", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constantFrom("class", "a1", "ä", "$", "_x", "await", "let", "型")), (name) => {
        fc.pre(isIdentifier(name));
        const file = ts.createSourceFile("x.ts", `export const ${name} = 1;\n`, ts.ScriptTarget.ES2022, true);
        expect(diagnosticsOf(file)).toEqual([]);
        expect(file.statements).toHaveLength(1);
      }),
    );
    expect(["a", "型", "$x"].map(isIdentifier)).toEqual([true, true, true]);
    expect(["", "1a", "a-b", "class", "a b", "await", "string"].map(isIdentifier)).toEqual(Array(7).fill(false));
  });

  it("reads members by dot where it can", () => {
    expect(memberAccess("query", "limit")).toBe("query.limit");
    expect(memberAccess("query", "per-page")).toBe('query["per-page"]');
    expect(memberAccess("query", "class")).toBe("query.class");
  });
});

function evaluate(expression: string): unknown {
  return new Function(`return (${expression});`)() as unknown;
}

function diagnosticsOf(file: ts.SourceFile): unknown[] {
  return (file as unknown as { parseDiagnostics: { messageText: unknown }[] }).parseDiagnostics.map(
    (problem) => problem.messageText,
  );
}

it("keeps a text of many lines as a template, of which nothing is an expression", () => {
  for (const text of ["a\nb", "`${1 + 1}`", "$${1 + 1}", "\\${1 + 1}", "\\`", "a\r\nb", "\u2028\u202e", "$", "${"]) {
    expect(evaluate(templateLiteral(text))).toBe(text);
  }
});
