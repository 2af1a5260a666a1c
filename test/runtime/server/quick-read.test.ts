import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParameterDescriptor } from "../../../generator/runtime/operation.ts";
import { quickHeaders, quickPath, quickQuery } from "../../../generator/runtime/server/quick-read.ts";
import type { ValueContract } from "../../../generator/runtime/validation/operation-validators.ts";
import { decodePath, decodeQuery } from "../../../generator/runtime/wire/decode-parameters.ts";

const any = (): boolean => true;
const contracts: { readonly [name: string]: ValueContract } = {
  limit: { validate: (value) => typeof value === "number" && value <= 100, shape: "integer", default: 20 },
  tags: { validate: any, shape: { array: "string" } },
  ids: { validate: any, shape: { array: { union: ["integer", "null"] } } },
  sort: { validate: (value) => value === "name" || value === "age", shape: "string" },
  flag: { validate: any, shape: { union: ["boolean", "string"] } },
  where: { validate: any, shape: { array: "string" }, default: ["here"] },
};
const query = Object.keys(contracts).map((name): ParameterDescriptor => ({ name, in: "query" }));
const shapes = Object.fromEntries(Object.entries(contracts).map(([name, { shape }]) => [name, shape ?? "any"]));
const defaults = { limit: 20, where: ["here"] };

describe("a usual query", () => {
  const read = quickQuery(query, contracts);

  it.each([
    ["", {}],
    ["?limit=3&tags=good&tags=loud&sort=name", { limit: 3, tags: ["good", "loud"], sort: "name" }],
    ["?tags=a%2Cb+c&flag=true&other=1", { tags: ["a,b c"], flag: true }],
    ["?&ids=1&ids=null&&", { ids: [1, null] }],
  ])("%s is read at once", (search, values) => {
    expect(read?.(search)).toEqual({ ...defaults, ...values });
  });

  it.each(["?limit=many", "?limit=101", "?sort=size", "?sort=name&sort=age", "?t%61gs=a", "?tags=%FF", "?%FF=1", "?limit="])(
    "%s is left to all the rules",
    (search) => expect(read?.(search)).toBeUndefined(),
  );

  it("has a default of its own each time", () => {
    const [one, other] = [read?.(""), read?.("")];
    expect(one?.["where"]).toEqual(other?.["where"]);
    expect(one?.["where"]).not.toBe(other?.["where"]);
  });

  it("is what all the rules say it is", () => {
    const name = fc.constantFrom(...Object.keys(contracts), "other", "t%61gs", "", "__proto__");
    const value = fc.constantFrom("1", "1.5", "", "null", "true", "name", "a+b", "a%20b", "%FF", "a,b", "x=y", "%3D");
    const pair = fc.tuple(name, fc.constantFrom("=", "", "=="), value).map((parts) => parts.join(""));
    let usual = 0;
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 6 }), (pairs) => {
        const search = pairs.length === 0 ? "" : `?${pairs.join("&")}`;
        const quick = read?.(search);
        if (quick === undefined) return;
        usual += 1;
        const { values, problems } = decodeQuery(query, shapes, search);
        expect(problems).toEqual([]);
        expect(quick).toEqual({ ...defaults, ...values });
      }),
      { numRuns: 2000 },
    );
    expect(usual).toBeGreaterThan(200);
  });
});

it.each<ParameterDescriptor>([
  { name: "a", in: "query", style: "deepObject" },
  { name: "a", in: "query", mediaType: "application/json" },
  { name: "a", in: "query", allowEmptyValue: true },
  { name: "a", in: "querystring", mediaType: "application/json" },
  { name: "__proto__", in: "query" },
  { name: "a+b", in: "query" },
])("what is not usual is left to all the rules: %j", (parameter) => {
  expect(quickQuery([parameter], {})).toBeUndefined();
});

it("leaves objects, and lists in one text, to all the rules", () => {
  const shaped = (shape: NonNullable<ValueContract["shape"]>) => ({ a: { validate: any, shape } });
  expect(quickQuery([{ name: "a", in: "query" }], shaped({ object: { b: "string" } }))).toBeUndefined();
  expect(quickQuery([{ name: "a", in: "query", explode: false }], shaped({ array: "string" }))).toBeUndefined();
  expect(quickHeaders([{ name: "a", in: "header" }], shaped({ array: "string" }))).toBeUndefined();
  expect(quickPath([{ name: "a", in: "path", style: "matrix" }], {})).toBeUndefined();
});

it("reads the texts of a path as all the rules do", () => {
  const path: readonly ParameterDescriptor[] = [{ name: "limit", in: "path", required: true }];
  const read = quickPath(path, contracts);
  for (const limit of ["7", "%37", "-1", "007", "", "7.5", "%FF", "a,b"]) {
    const quick = read?.({ limit });
    const { values, problems } = decodePath(path, shapes, { limit });
    expect(quick).toEqual(problems.length === 0 ? values : undefined);
  }
});

it("reads fields of a header, and misses those that are required", () => {
  const read = quickHeaders(
    [
      { name: "limit", in: "header" },
      { name: "sort", in: "header", required: true },
    ],
    contracts,
  );
  const fields = (given: { readonly [name: string]: string }) => (name: string) => given[name] ?? null;
  expect(read?.(fields({ sort: "age" }))).toEqual({ limit: 20, sort: "age" });
  expect(read?.(fields({ limit: "5", sort: "age" }))).toEqual({ limit: 5, sort: "age" });
  expect(read?.(fields({ limit: "5" }))).toBeUndefined();
  expect(read?.(fields({ limit: "x", sort: "age" }))).toBeUndefined();
});
