import { describe, expect, it } from "vitest";
import type { ParameterDescriptor, Style } from "../../../generator/runtime/operation.ts";
import { encodeCookies, encodeHeaders, encodePath, encodeQuery } from "../../../generator/runtime/wire/encode-parameters.ts";
import { EncodeError } from "../../../generator/runtime/wire/errors.ts";

const array = ["blue", "black", "brown"];
const object = { R: 100, G: 200, B: 150 };

// OpenAPI 3.1.1, §4.8.12.4, "Style Examples"; an undefined cell there is "n/a" and not listed here.
const examples: readonly (readonly [Style, boolean, string, string | undefined, string, string])[] = [
  ["matrix", false, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
  ["matrix", true, ";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
  ["label", false, ".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
  ["label", true, ".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
  ["simple", false, "", "blue", "blue,black,brown", "R,100,G,200,B,150"],
  ["simple", true, "", "blue", "blue,black,brown", "R=100,G=200,B=150"],
];
const queries: readonly (readonly [Style, boolean, string | undefined, string | undefined, string | undefined, string])[] = [
  ["form", false, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
  ["form", true, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
  ["spaceDelimited", false, undefined, undefined, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
  ["pipeDelimited", false, undefined, undefined, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
  ["deepObject", true, undefined, undefined, undefined, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
];

describe("the style examples of OpenAPI 3.1", () => {
  it.each(examples)("path: %s, explode %s", (style, explode, empty, text, list, pairs) => {
    const parameters: ParameterDescriptor[] = [{ name: "color", in: "path", style, explode }];
    // A letter stands before the parameter, so that the examples that are empty or a dot make a segment.
    const written = (color: unknown): string => encodePath("/x{color}", parameters, { color });
    if (empty === "") expect(() => written("")).toThrow(EncodeError);
    else expect(written("")).toBe(`/x${empty}`);
    expect(written("blue")).toBe(`/x${text}`);
    expect(written(array)).toBe(`/x${list}`);
    expect(written(object)).toBe(`/x${pairs}`);
  });

  it.each(queries)("query: %s, explode %s", (style, explode, empty, text, list, pairs) => {
    const parameters: ParameterDescriptor[] = [{ name: "color", in: "query", style, explode }];
    const written = (color: unknown): string => encodeQuery(parameters, { color });
    if (empty !== undefined) expect(written("")).toBe(empty);
    if (text !== undefined) expect(written("blue")).toBe(text);
    if (list !== undefined) expect(written(array)).toBe(list);
    expect(written(object)).toBe(pairs);
  });

  it("header: simple", () => {
    const written = (color: unknown, explode: boolean): unknown =>
      encodeHeaders([{ name: "color", in: "header", explode }], { color });
    expect(written("", false)).toEqual([["color", ""]]);
    expect(written("blue", false)).toEqual([["color", "blue"]]);
    expect(written(array, false)).toEqual([["color", "blue,black,brown"]]);
    expect(written(object, false)).toEqual([["color", "R,100,G,200,B,150"]]);
    expect(written(object, true)).toEqual([["color", "R=100,G=200,B=150"]]);
  });

  it("cookie: form and cookie", () => {
    const written = (color: unknown, style: Style, explode: boolean): unknown =>
      encodeCookies([{ name: "color", in: "cookie", style, explode }], { color });
    expect(written("blue", "form", true)).toBe("color=blue");
    expect(written(array, "form", false)).toBe("color=blue,black,brown");
    expect(written(object, "form", false)).toBe("color=R,100,G,200,B,150");
    expect(written(array, "cookie", true)).toBe("color=blue; color=black; color=brown");
    expect(written(object, "cookie", true)).toBe("R=100; G=200; B=150");
  });
});

describe("the rows that no other client passes", () => {
  it("path styles", () => {
    expect(
      encodePath(
        "/styles/simple/{a}/label/{b}/matrix/{c}/obj/{d}",
        [
          { name: "a", in: "path" },
          { name: "b", in: "path", style: "label", explode: true },
          { name: "c", in: "path", style: "matrix", explode: true },
          { name: "d", in: "path", explode: true },
        ],
        { a: ["x/y", "z"], b: ["p", "q"], c: ["m", "n"], d: { R: 1, G: 2 } },
      ),
    ).toBe("/styles/simple/x%2Fy,z/label/.p.q/matrix/;c=m;c=n/obj/R=1,G=2");
  });

  it("query values", () => {
    const written = (parameter: Omit<ParameterDescriptor, "name" | "in">, value: unknown): string =>
      encodeQuery([{ name: "q", in: "query", ...parameter }], { q: value });
    expect(written({ explode: false }, ["a,b", "c"])).toBe("q=a%2Cb,c");
    expect(written({ style: "spaceDelimited", explode: false }, ["a", "b"])).toBe("q=a%20b");
    expect(written({ style: "pipeDelimited", explode: false }, ["a", "b"])).toBe("q=a%7Cb");
    expect(written({}, { x: 1, y: "&" })).toBe("x=1&y=%26");
    expect(written({ style: "deepObject" }, { a: 1, b: { c: ["d", { e: 2 }] } })).toBe(
      "q%5Ba%5D=1&q%5Bb%5D%5Bc%5D%5B0%5D=d&q%5Bb%5D%5Bc%5D%5B1%5D%5Be%5D=2",
    );
    expect(written({ allowReserved: true }, "/a?b:c&d#e=f+g[0]%20%")).toBe("q=/a?b:c%26d%23e%3Df%2Bg%5B0%5D%20%25");
    expect(written({ mediaType: "application/json" }, { x: [1, null] })).toBe("q=%7B%22x%22%3A%5B1%2Cnull%5D%7D");
    expect(written({}, new Date(Date.UTC(2026, 0, 31)))).toBe("q=2026-01-31T00%3A00%3A00.000Z");
    expect(written({}, null)).toBe("");
    expect(written({}, [])).toBe("");
    expect(written({}, 12345678901234567890n)).toBe("q=12345678901234567890");
    expect(written({}, 1e21)).toBe("q=1000000000000000000000");
    expect(written({}, "!'()*~")).toBe("q=%21%27%28%29%2A~");
  });
});

describe("what would not arrive as it was", () => {
  const path = (id: unknown, parameter: Partial<ParameterDescriptor> = {}): string =>
    encodePath("/things/{id}", [{ name: "id", in: "path", ...parameter }], { id });

  it.each([".", "..", ""])("a path value %j is refused", (id) => {
    expect(() => path(id)).toThrow(EncodeError);
  });

  it.each(["../admin", "a/b", "a\\b", "%2e%2e", "?x", "#x", "a%2Fb", ";x", "\u0000"])(
    "a path value %j stays one segment of a URL",
    (id) => {
      const url = new URL(`http://localhost${path(id)}`);
      expect(url.pathname.split("/")).toHaveLength(3);
      expect(url.search + url.hash).toBe("");
      expect(decodeURIComponent(url.pathname.slice("/things/".length))).toBe(id);
    },
  );

  it("values of one segment stay apart", () => {
    const fill = (template: string, values: { readonly [name: string]: unknown }): string => encodePath(template, [], values);
    expect(fill("/{a}-{b}", { a: "x-y", b: -1 })).toBe("/x%2Dy-%2D1");
    expect(fill("/v-{name}.tar.{extension}", { name: "a.tar.b", extension: "gz" })).toBe("/v-a%2Etar%2Eb.tar.gz");
    expect(fill("/{a}2{b}", { a: "é 2", b: "2" })).toBe("/%C3%A9%20%322%32");
    expect(fill("/x-{id}:go", { id: "a-b:c" })).toBe("/x-a-b%3Ac:go");
  });

  it.each([
    ["/a\\b/{id}", "/a%5Cb/1"],
    ["/a\nb/{id}", "/a%0Ab/1"],
    ['/a "é" 100%/{id}', "/a%20%22%C3%A9%22%20100%25/1"],
    ["/a%2Fb/(x)'~;,=@$&!*+:/{id}", "/a%2Fb/(x)'~;,=@$&!*+:/1"],
  ])("the path %j is the same in a URL", (template, path) => {
    const filled = encodePath(template, [], { id: 1 });
    expect(filled).toBe(path);
    expect(new URL(`http://localhost${filled}`).pathname).toBe(path);
  });

  it("names the parameter and the value that is refused", () => {
    expect(() => path("..")).toThrow('Path parameter "id" would make the path segment ".." of /things/{id} with the value "..".');
    expect(() => path(["."], { style: "label", explode: true })).toThrow(
      'Path parameter "id" would make the path segment ".%2E"',
    );
    expect(() => path(undefined)).toThrow('Path parameter "id" is missing.');
    expect(() => encodePath("/a", [], { id: 1 })).toThrow('Path parameter "id" is not declared by the operation.');
    expect(() => encodeQuery([], { limit: 1 })).toThrow('Query parameter "limit" is not declared by the operation.');
    expect(() => encodeQuery([{ name: "q", in: "query" }], { q: Number.NaN })).toThrow(
      'Query parameter "q" is NaN, which has no text on the wire.',
    );
    expect(() => encodeQuery([{ name: "q", in: "query" }], { q: "\uD800" })).toThrow(
      'Query parameter "q" holds half of a surrogate pair, which UTF-8 cannot carry.',
    );
    expect(() => encodeQuery([{ name: "q", in: "query", style: "pipeDelimited", explode: false }], { q: ["a|b"] })).toThrow(
      'Query parameter "q" holds "|", which the style pipeDelimited cannot tell from its delimiter.',
    );
  });

  it.each(["a\r\nX-Evil: 1", "a\nb", "a\0b", "a\u0100b", " a", "a\t"])("a header value %j is refused", (value) => {
    expect(() => encodeHeaders([{ name: "X-A", in: "header" }], { "X-A": value })).toThrow(EncodeError);
  });

  it("a header member that holds a comma, or letters beyond ASCII, is percent-encoded", () => {
    expect(encodeHeaders([{ name: "X-A", in: "header" }], { "x-a": ["a,b", "100%", "é", " c"] })).toEqual([
      ["X-A", "a%2Cb,100%25,%C3%A9,%20c"],
    ]);
    expect(encodeHeaders([{ name: "X-A", in: "header", mediaType: "application/json" }], { "X-A": { é: "€" } })).toEqual([
      ["X-A", '{"\\u00e9":"\\u20ac"}'],
    ]);
  });
});
