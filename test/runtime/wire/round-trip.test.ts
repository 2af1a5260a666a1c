import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParameterDescriptor, Shape, Style } from "../../../generator/runtime/operation.ts";
import {
  decodeCookies,
  decodeHeaders,
  decodePath,
  decodeQuery,
  type Decoded,
} from "../../../generator/runtime/wire/decode-parameters.ts";
import { encodeCookies, encodeHeaders, encodePath, encodeQuery } from "../../../generator/runtime/wire/encode-parameters.ts";

/**
 * The domain: values that RFC 6570 can tell apart. Lists and objects have members (an empty one is undefined there), nothing is null,
 * numbers are finite, text is well-formed. A delimiter that a style cannot escape (space, bar) stays out of its members; a path has no
 * empty text; header text is printable Latin-1 without white space at its ends, cookie text of the style `cookie` is cookie-octets.
 */
const text = fc.string({ unit: fc.constantFrom(..."aB0 ./,;=&#?%+|\\\"'[]{}()!*~-_:@$é€😀\u0001\n") });
const nonEmpty = text.filter((each) => each !== "");
const scalars: readonly (readonly [Shape, (text: fc.Arbitrary<string>) => fc.Arbitrary<unknown>])[] = [
  ["string", (each) => each],
  ["integer", () => fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constant(2 ** 70))],
  ["number", () => fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0)],
  ["boolean", () => fc.boolean()],
];
const keys = fc.constantFrom("R", "G", "a b", "x,y", "k=v", "100%", "p&q", "é", "a.b", "c;d", "+");
const objectShape = (rest: Shape): Shape => ({
  object: {
    R: rest,
    G: rest,
    "a b": rest,
    "x,y": rest,
    "k=v": rest,
    "100%": rest,
    "p&q": rest,
    é: rest,
    "a.b": rest,
    "c;d": rest,
    "+": rest,
  },
});

interface Codec {
  readonly location: string;
  readonly parameter: Omit<ParameterDescriptor, "name">;
  readonly member: fc.Arbitrary<string>;
  readonly scalar: fc.Arbitrary<string>;
  readonly keys?: fc.Arbitrary<string>;
  readonly trip: (parameter: ParameterDescriptor, shape: Shape, value: unknown) => Decoded;
}

const throughPath: Codec["trip"] = (parameter, shape, value) => {
  const url = new URL(`http://localhost${encodePath("/a/x{v}/b", [parameter], { v: value })}`);
  const segments = url.pathname.split("/");
  expect(segments).toHaveLength(4);
  return decodePath([parameter], { v: shape }, { v: (segments[2] ?? "").slice(1) });
};
const throughQuery: Codec["trip"] = (parameter, shape, value) => {
  const url = new URL(
    `http://localhost/?${encodeQuery([{ name: "other", in: "query" }, parameter], { other: 1, v: value })}#end`,
  );
  expect(url.hash).toBe("#end");
  const decoded = decodeQuery([{ name: "other", in: "query" }, parameter], { other: "integer", v: shape }, url.search);
  expect(decoded.values["other"]).toBe(1);
  return { ...decoded, values: { v: decoded.values["v"] } };
};
const throughHeader: Codec["trip"] = (parameter, shape, value) =>
  decodeHeaders([parameter], { v: shape }, new Headers(encodeHeaders([parameter], { v: value })));
const throughCookie: Codec["trip"] = (parameter, shape, value) =>
  decodeCookies([parameter], { v: shape }, encodeCookies([parameter], { v: value }) ?? null);

const without = (character: string): fc.Arbitrary<string> => text.map((each) => each.replaceAll(character, ""));
const safeKeys = (pattern: RegExp): fc.Arbitrary<string> => keys.filter((key) => !pattern.test(key));
const headerText = text.map((each) => each.replace(/[^\x20-\x7E\x80-\xFF]/g, "").trim());
const octets = fc.string({ unit: fc.constantFrom(..."aB0!#$%&'()*+-./:<=>?@[]^_`{|}~") });

const codecs: readonly Codec[] = [
  ...(["simple", "label", "matrix"] as const).flatMap((style) =>
    [false, true].map((explode): Codec => ({
      location: `path ${style}`,
      parameter: { in: "path", style, explode },
      member: text,
      scalar: nonEmpty,
      trip: throughPath,
    })),
  ),
  ...[false, true].map((explode): Codec => ({
    location: "query form",
    parameter: { in: "query", style: "form", explode },
    member: text,
    scalar: text,
    trip: throughQuery,
  })),
  ...[false, true].map((explode): Codec => ({
    location: "query form reserved",
    parameter: { in: "query", style: "form", explode, allowReserved: true },
    // Percent-encoded triplets pass through reserved expansion as they are, so that "%" is no part of this domain.
    member: without("%"),
    scalar: without("%"),
    keys: safeKeys(/%/),
    trip: throughQuery,
  })),
  {
    location: "query spaceDelimited",
    parameter: { in: "query", style: "spaceDelimited", explode: false },
    member: without(" "),
    scalar: text,
    keys: safeKeys(/ /),
    trip: throughQuery,
  },
  {
    location: "query pipeDelimited",
    parameter: { in: "query", style: "pipeDelimited", explode: false },
    member: without("|"),
    scalar: text,
    trip: throughQuery,
  },
  {
    location: "query spaceDelimited",
    parameter: { in: "query", style: "spaceDelimited", explode: true },
    member: text,
    scalar: text,
    trip: throughQuery,
  },
  {
    location: "query pipeDelimited",
    parameter: { in: "query", style: "pipeDelimited", explode: true },
    member: text,
    scalar: text,
    trip: throughQuery,
  },
  {
    location: "query deepObject",
    parameter: { in: "query", style: "deepObject" },
    member: text,
    scalar: text,
    trip: throughQuery,
  },
  ...[false, true].map((explode): Codec => ({
    location: "header simple",
    parameter: { in: "header", explode },
    member: text,
    scalar: headerText,
    trip: throughHeader,
  })),
  ...[false, true].map((explode): Codec => ({
    location: "cookie form",
    parameter: { in: "cookie", explode },
    member: text,
    scalar: text,
    trip: throughCookie,
  })),
  {
    location: "cookie cookie",
    parameter: { in: "cookie", style: "cookie" as Style },
    member: octets,
    scalar: octets,
    keys: fc.constantFrom("R", "G"),
    trip: throughCookie,
  },
];

describe.each(codecs)("$location, explode $parameter.explode", (codec) => {
  const parameter: ParameterDescriptor = { ...codec.parameter, name: "v" };
  const same = (shape: Shape, values: fc.Arbitrary<unknown>): void =>
    fc.assert(
      fc.property(values, (value) => {
        expect(codec.trip(parameter, shape, value)).toEqual({ values: { v: value }, problems: [] });
      }),
      { numRuns: 150 },
    );

  it.each(scalars)("%s", (shape, values) => same(shape, values(codec.scalar)));

  it.each(scalars)("a list of %s", (item, values) => {
    const items = fc.array(values(codec.member), { minLength: 1, maxLength: 5 });
    // One empty text makes an empty segment, and an empty cookie or field value is that of an empty text.
    same(
      { array: item },
      items.filter((each) => each.length > 1 || each[0] !== ""),
    );
  });

  it.each(scalars)("an object of %s", (member, values) => {
    const pairs = fc.uniqueArray(fc.tuple(codec.keys ?? keys, values(codec.member)), {
      minLength: 1,
      maxLength: 4,
      selector: ([key]) => key,
    });
    same(
      objectShape(member),
      pairs.map((each) => Object.fromEntries(each)),
    );
  });
});

describe("deeper values", () => {
  const query = (parameter: Omit<ParameterDescriptor, "name" | "in">): ParameterDescriptor => ({
    ...parameter,
    name: "v",
    in: "query",
  });
  const person: Shape = {
    object: {
      name: "string",
      ages: { array: "integer" },
      inner: { object: { ok: "boolean" } },
      list: { array: { object: { x: "number" } } },
    },
  };
  const people = fc.record(
    {
      name: text,
      ages: fc.array(fc.integer(), { minLength: 1 }),
      inner: fc.record({ ok: fc.boolean() }),
      list: fc.array(fc.record({ x: fc.integer() }), { minLength: 1 }),
    },
    { requiredKeys: ["name"] },
  );

  it("deepObject carries objects and lists in one another", () => {
    fc.assert(
      fc.property(people, (value) => {
        expect(throughQuery(query({ style: "deepObject" }), person, value)).toEqual({ values: { v: value }, problems: [] });
      }),
    );
  });

  it("a list of objects in the style form carries them as JSON", () => {
    fc.assert(
      fc.property(fc.array(people, { minLength: 1 }), fc.boolean(), (value, explode) => {
        expect(throughQuery(query({ explode }), { array: person }, value)).toEqual({ values: { v: value }, problems: [] });
      }),
    );
  });

  it("a JSON parameter carries any JSON in every location", () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => value !== null),
        (whole) => {
          const value: unknown = JSON.parse(JSON.stringify(whole));
          for (const trip of [throughPath, throughQuery, throughHeader, throughCookie]) {
            const location =
              trip === throughPath ? "path" : trip === throughQuery ? "query" : trip === throughHeader ? "header" : "cookie";
            expect(trip({ name: "v", in: location, mediaType: "application/json" }, "any", value)).toEqual({
              values: { v: value },
              problems: [],
            });
          }
        },
      ),
    );
  });
});
