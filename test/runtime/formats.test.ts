import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codecNamed, formatTable } from "../../generator/model/formats.ts";
import { FormatError, toWire } from "../../generator/runtime/formats/apply.ts";
import { codec, type Plan } from "../../generator/runtime/formats/codec.ts";
import { exactJson } from "../../generator/runtime/formats/exact.ts";
import { formats, numberFormats } from "../../generator/runtime/validation/formats.ts";
import type { Codec } from "../../generator/runtime/operation.ts";

const dateTime = codecNamed("dateTimeAsDate");
const day = 86_400_000;
const dates = fc.date({
  min: new Date("0000-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});
const values: { readonly [name: string]: fc.Arbitrary<unknown> } = {
  dateTimeAsDate: dates,
  dateAsDate: dates.map((date) => new Date(Math.floor(date.getTime() / day) * day)),
  unixTimeAsDate: dates.map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000)),
  int64AsBigint: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  int64TextAsBigint: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  uint64AsBigint: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  uint64TextAsBigint: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  byteAsUint8Array: fc.uint8Array({ maxLength: 100 }),
};

describe("each choice of the table", () => {
  const rows = Object.entries(formatTable).flatMap(([format, { choices }]) =>
    choices.map((choice) => [format, choice.codec, choice] as const),
  );

  test.each(rows)("of %s by %s gives back what it has written, through JSON", (_, name) => {
    const one = codecNamed(name);
    fc.assert(
      fc.property(values[name] ?? fc.constant(undefined), (value) => {
        const text = exactJson.stringify(one.encode(value)) ?? "";
        expect(one.decode(exactJson.parse(text))).toEqual(value);
      }),
    );
  });

  test.each(rows)("of %s by %s writes what the validators of the format take", (format, name, { json }) => {
    fc.assert(
      fc.property(values[name] ?? fc.constant(undefined), (value) => {
        const wire = exactJson.rounded(codecNamed(name).encode(value));
        if (typeof wire === "number") {
          expect(json).toBe("integer");
          if (Object.hasOwn(numberFormats, format)) expect(numberFormats[format]?.(wire)).toBe(true);
        } else {
          expect(json).toBe("string");
          if (Object.hasOwn(formats, format)) expect(formats[format]?.(String(wire))).toBe(true);
        }
      }),
    );
  });

  test.each(rows)("of %s by %s hands on null, and what is decoded already", (_, name) => {
    expect(codecNamed(name).decode(null)).toBe(null);
    const [value] = fc.sample(values[name] ?? fc.constant(undefined), 1);
    expect(codecNamed(name).decode(value)).toBe(value);
  });
});

test("the table in docs/formats.md is the table", () => {
  const rows = Object.entries(formatTable).map(([format, row]) => {
    const json = row.choices.map((choice) => choice.json).join(", ");
    const types = [...new Set(row.choices.map((choice) => `\`${choice.type}\``))].join(", ");
    return `| \`${format}\` | ${json} | \`${row.default}\` | ${types} |`;
  });
  const text = readFileSync(new URL("../../docs/formats.md", import.meta.url), "utf8");
  expect(text.split("\n").filter((line) => line.startsWith("| `"))).toEqual(rows);
});

describe("what has no other form", () => {
  test.each([
    ["dateTimeAsDate", "2016-12-31T23:59:60Z"],
    ["dateTimeAsDate", "2020-01-01T00:00:00"],
    ["dateTimeAsDate", "soon"],
    ["dateAsDate", "2021-02-29"],
    ["unixTimeAsDate", 1.5],
    ["unixTimeAsDate", 1e300],
    ["byteAsUint8Array", "a"],
    ["int64AsBigint", 2 ** 53],
    ["int64AsBigint", 0.5],
    ["int64TextAsBigint", "1.0"],
    ["int64TextAsBigint", "9223372036854775808"],
    ["uint64TextAsBigint", "-1"],
  ] as const)("is refused by %s when it is read: %s", (name, wire) => {
    expect(() => codecNamed(name).decode(wire)).toThrow(FormatError);
  });

  test.each([
    ["dateTimeAsDate", new Date(NaN)],
    ["dateTimeAsDate", new Date(8.64e15)],
    ["dateAsDate", new Date("2020-01-01T00:00:01Z")],
    ["unixTimeAsDate", new Date(1)],
    ["int64AsBigint", 2n ** 63n],
    ["uint64AsBigint", -1n],
  ] as const)("is refused by %s when it is written: %s", (name, value) => {
    expect(() => codecNamed(name).encode(value)).toThrow(FormatError);
  });

  test("is told with its place", () => {
    const one = codec({ properties: { "a/b": { items: dateTime } } });
    expect(() => toWire(one, { "a/b": [new Date(0), new Date(NaN)] }, { in: "body" })).toThrow(
      "The body at /a~1b/1 is an invalid Date.",
    );
  });
});

describe("codecs of structures", () => {
  const text = "2020-01-01T00:00:00.000Z";
  const date = new Date(text);
  const node: Codec = codec({ properties: { at: dateTime, next: () => node } });
  const union: Plan = {
    oneOf: [
      { test: { properties: { kind: { values: ["a"] } } }, plan: { properties: { at: dateTime } } },
      { test: { properties: { kind: { values: ["b"] } } } },
    ],
  };
  test.each<[string, Plan, unknown, unknown]>([
    ["a recursive object", () => node, { at: text, next: { at: text } }, { at: date, next: { at: date } }],
    ["a tuple", { items: null, prefix: [null, dateTime] }, [text, text, text], [text, date, text]],
    [
      "patterns and the rest",
      { patterns: [[/^at/u, dateTime]], rest: codecNamed("byteAsUint8Array"), except: ["id"] },
      { at1: text, id: "AAAA", other: "AAAA" },
      { at1: date, id: "AAAA", other: new Uint8Array(3) },
    ],
    [
      "several schemas of one value",
      { all: [{ properties: { at: dateTime } }, { properties: { at: dateTime } }] },
      { at: text },
      { at: date },
    ],
    ["the member of a union that fits", union, { kind: "a", at: text }, { kind: "a", at: date }],
    ["the other member", union, { kind: "b", at: text }, { kind: "b", at: text }],
    [
      "a text that is no date",
      { anyOf: [{ test: { types: ["string"] }, plan: dateTime }, { test: { types: ["string"] } }] },
      "soon",
      "soon",
    ],
    [
      "a member called __proto__",
      { rest: dateTime },
      JSON.parse(`{"__proto__":"${text}"}`),
      Object.fromEntries([["__proto__", date]]),
    ],
  ])("read and write %s", (_, plan, wire, value) => {
    const one = codec(plan);
    expect(one.decode(wire)).toStrictEqual(value);
    expect(one.encode(value)).toStrictEqual(wire);
  });

  test("hand on what they do not change", () => {
    const value = { at: null, other: [1] };
    expect(node.decode(value)).toBe(value);
  });
});

describe("exact JSON", () => {
  test("is JSON in all but large integers", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(exactJson.rounded(exactJson.parse(text))).toEqual(JSON.parse(text));
        expect(exactJson.stringify(exactJson.parse(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  test("keeps large integers and leaves texts and fractions alone", () => {
    const text = '{"a":[9007199254740993,-9223372036854775808],"b":"9007199254740993 \\" 9007199254740993"}';
    expect(exactJson.stringify(exactJson.parse(text))).toBe(text);
    expect(exactJson.rounded(exactJson.parse("1234567890123456.5"))).toBe(1234567890123456.5);
  });

  test.each(["[12345678901234567 1]", "012345678901234567", '{"a":12345678901234567', "-"])("refuses %s", (text) => {
    expect(() => exactJson.parse(text)).toThrow(SyntaxError);
  });
});
