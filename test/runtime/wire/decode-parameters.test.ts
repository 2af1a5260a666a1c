import { describe, expect, it } from "vitest";
import type { ParameterDescriptor, Shape } from "../../../generator/runtime/operation.ts";
import { decodeCookies, decodeHeaders, decodePath, decodeQuery } from "../../../generator/runtime/wire/decode-parameters.ts";

type Options = Omit<ParameterDescriptor, "name" | "in">;
function query(search: string, shape: Shape, options: Options = {}): unknown {
  const { values, problems } = decodeQuery([{ name: "q", in: "query", ...options }], { q: shape }, search);
  return problems.length > 0
    ? problems.map(({ pointer, message }) => `${pointer} ${message}`.trim())
    : Object.hasOwn(values, "q")
      ? values["q"]
      : "absent";
}

describe("what text becomes", () => {
  it.each<[string, Shape, unknown]>([
    ["q=7", "integer", 7],
    ["q=-0", "integer", 0],
    ["q=7", "string", "7"],
    ["q=1e3", "number", 1000],
    ["q=9223372036854775808", "integer", 2 ** 63],
    ["q=true", "boolean", true],
    ["q=", "string", ""],
    ["q", "string", ""],
    ["q=a+b%2B", "string", "a b+"],
    ["q=a=b", "string", "a=b"],
    ["q=%5B1%5D", "any", "[1]"],
    ["q=null", { union: ["null", "string"] }, null],
    ["q=7", { union: ["integer", "string"] }, 7],
    ["q=x", { union: ["integer", "string"] }, "x"],
    ["q=x", { union: ["string", { array: "string" }] }, "x"],
    ["q=x", { union: ["null", { array: "string" }] }, ["x"]],
    ["q=x&q=y", { union: ["string", { array: "string" }] }, ["x", "y"]],
    ["q=x", { union: ["integer", { array: "string" }] }, ["x"]],
    ["x=1", "integer", "absent"],
    ["q=a&q=1", { array: "integer", prefix: ["string"] }, ["a", 1]],
  ])("%s as %j", (search, shape, value) => {
    expect(query(search, shape)).toEqual(value);
  });

  it.each<[string, Shape, string[]]>([
    ["q=", "integer", ["must be integer"]],
    ["q=0x10", "integer", ["must be integer"]],
    ["q=+1", "integer", ["must be integer"]],
    ["q=1.0", "integer", ["must be integer"]],
    ["q=01", "number", ["must be number"]],
    ["q=1e999", "number", ["must be number"]],
    ["q=Infinity", "number", ["must be number"]],
    ["q=TRUE", "boolean", ["must be boolean"]],
    ["q=1", "boolean", ["must be boolean"]],
    ["q=%E9", "string", ["must be percent-encoded UTF-8"]],
    ["q=1&q=2", "integer", ["must be given once"]],
    ["q=1&q=x&q=y", { array: "integer" }, ["/1 must be integer", "/2 must be integer"]],
    ["q=x", { union: ["integer", "boolean"] }, ["must be boolean or integer"]],
  ])("%s is no %j", (search, shape, problems) => {
    expect(query(search, shape)).toEqual(problems);
  });
});

describe("a query", () => {
  const list: Shape = { array: "string" };
  it.each<[string, Shape, Options, unknown]>([
    ["q=a,b%2Cc", list, { explode: false }, ["a", "b,c"]],
    ["q=1%2C2%2c3", { array: "integer" }, { explode: false }, [1, 2, 3]],
    ["q=a%2Cb", { array: { union: ["integer", "string"] } }, { explode: false }, ["a,b"]],
    ["q=a%20b", list, { style: "spaceDelimited", explode: false }, ["a", "b"]],
    ["q=a+b", list, { style: "spaceDelimited", explode: false }, ["a", "b"]],
    ["q=a|b%7Cc%7cd", list, { style: "pipeDelimited", explode: false }, ["a", "b", "c", "d"]],
    ["q[a]=1&q%5Bb%5D%5B%5D=x&q[b][]=y", { object: { a: "integer", b: list } }, { style: "deepObject" }, { a: 1, b: ["x", "y"] }],
    ["q[b]=x&q[b]=y", { object: { b: list } }, { style: "deepObject" }, { b: ["x", "y"] }],
    ["q[a]=x", { object: { a: { union: ["null", list] } } }, { style: "deepObject" }, { a: ["x"] }],
    ["q=1", { union: ["null", { array: "integer" }] }, { explode: false }, [1]],
    ["q[1]=b&q[0]=a", list, { style: "deepObject" }, ["a", "b"]],
    ["q[a]=1&q[a]=2", { object: { a: "integer" } }, { style: "deepObject" }, ["/a must be given once"]],
    ["q[a]=1&q[a][b]=2", { object: { a: "any" } }, { style: "deepObject" }, ["/a must be either a value or an object, not both"]],
    [`q${"[a]".repeat(65)}=1`, { object: {} }, { style: "deepObject" }, ["must not be nested deeper than 64 levels"]],
    ["R=1&G=x&other=1", { object: { R: "integer", G: "string" } }, {}, { R: 1, G: "x" }],
    ["q=R,1,G,x", { object: { R: "integer", G: "string" } }, { explode: false }, { R: 1, G: "x" }],
    ["q=R,1,G", { object: { R: "integer" } }, { explode: false }, ["must be names and values in turn"]],
    ["q=%7B%22a%22:1%7D", "any", { mediaType: "application/json" }, { a: 1 }],
    ["q=null", "any", { mediaType: "application/json" }, null],
    ["q={", "any", { mediaType: "application/json" }, ["must be a JSON document"]],
    ["q=", "integer", { allowEmptyValue: true }, "absent"],
    ["q=", "string", { allowEmptyValue: true }, ""],
  ])("%s as %j with %j", (search, shape, options, value) => {
    expect(query(search, shape, options)).toEqual(value);
  });

  it("leaves to an exploded object what no other parameter owns", () => {
    const parameters: ParameterDescriptor[] = [
      { name: "filter", in: "query" },
      { name: "limit", in: "query" },
    ];
    expect(decodeQuery(parameters, { filter: { object: {}, rest: "integer" }, limit: "integer" }, "?a=1&limit=2")).toEqual({
      values: { filter: { a: 1 }, limit: 2 },
      problems: [],
    });
  });

  it("leaves to its exploded objects nothing that belongs to another", () => {
    const parameters: ParameterDescriptor[] = [
      { name: "a", in: "query" },
      { name: "b", in: "query" },
      { name: "deep", in: "query", style: "deepObject" },
    ];
    const shapes: Record<string, Shape> = {
      a: { object: { x: "integer" }, rest: "any" },
      b: { object: { y: "integer" } },
      deep: { object: {}, rest: "any" },
    };
    expect(decodeQuery(parameters, shapes, "x=1&y=2&deep[z]=3&key=secret&w=4", ["key"]).values).toEqual({
      a: { x: 1, w: "4" },
      b: { y: 2 },
      deep: { z: "3" },
    });
  });

  it("may be a document as a whole", () => {
    const whole = (mediaType: string, search: string, shape: Shape): unknown =>
      decodeQuery([{ name: "all", in: "querystring", mediaType }], { all: shape }, search).values["all"];
    expect(
      whole("application/x-www-form-urlencoded", "a=1&b=x&b=y", { object: { a: "integer", b: { array: "string" } } }),
    ).toEqual({ a: 1, b: ["x", "y"] });
    expect(whole("application/json", "%7B%22a%22%3A1%7D", "any")).toEqual({ a: 1 });
  });

  it("cannot set a prototype", () => {
    const value = query("__proto__=1&R=2", { object: {}, rest: "integer" });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value as object)).toEqual([
      ["__proto__", 1],
      ["R", 2],
    ]);
    query("q[__proto__][polluted]=1", "any", { style: "deepObject" });
    expect("polluted" in {}).toBe(false);
  });
});

describe("the other places", () => {
  it("a path parameter has the form of its style", () => {
    const path = (raw: string, options: Options, shape: Shape): unknown => {
      const { values, problems } = decodePath([{ name: "c", in: "path", ...options }], { c: shape }, { c: raw });
      return problems.map((problem) => problem.message)[0] ?? values["c"];
    };
    expect(path("a%2Cb,c", {}, { array: "string" })).toEqual(["a,b", "c"]);
    expect(path("a,b", {}, "string")).toBe("a,b");
    expect(path("x", { style: "label" }, "string")).toBe('must start with "."');
    expect(path("x", { style: "matrix" }, "string")).toBe('must start with ";"');
    expect(path(";d=1", { style: "matrix" }, "string")).toBe("must be ;c=value");
    expect(path(";c", { style: "matrix" }, "string")).toBe("");
    expect(path(";c=1;c=2", { style: "matrix", explode: true }, { array: "integer" })).toEqual([1, 2]);
    expect(path("R=1,G", { explode: true }, { object: { R: "integer" } })).toBe("must be name=value pairs");
  });

  it("a header list may have spaces, and a header text is left as it is", () => {
    const headers = new Headers({ "X-List": "1, 2 ,3", "X-Text": "100%, a%20b" });
    expect(
      decodeHeaders(
        [
          { name: "X-List", in: "header" },
          { name: "X-Text", in: "header" },
        ],
        { "X-List": { array: "integer" }, "X-Text": "string" },
        headers,
      ).values,
    ).toEqual({
      "X-List": [1, 2, 3],
      "X-Text": "100%, a%20b",
    });
  });

  it("cookies are read by name, quoted or not", () => {
    const parameters: ParameterDescriptor[] = [
      { name: "a", in: "cookie" },
      { name: "b", in: "cookie" },
      { name: "c", in: "cookie", explode: false },
    ];
    expect(
      decodeCookies(parameters, { a: "integer", b: "string", c: { array: "integer" } }, 'x=%zz; a=1;b="t%20u"; c=1,2'),
    ).toEqual({ values: { a: 1, b: "t u", c: [1, 2] }, problems: [] });
    expect(decodeCookies(parameters, {}, null)).toEqual({ values: {}, problems: [] });
  });
});
