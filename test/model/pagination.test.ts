import { describe, expect, test } from "vitest";
import type { Pagination } from "../../generator/model/pagination/pagination.ts";
import type { OperationObject, ParameterObject, Schema } from "../../generator/openapi/shapes.ts";
import { reportedModelOf } from "../support/model.ts";

const text: Schema = { type: ["string", "null"] };
const things: Schema = { type: "array", items: { $ref: "#/components/schemas/Thing" } };

function query(types: Readonly<Record<string, "string" | "integer">>, more: Partial<ParameterObject> = {}): ParameterObject[] {
  return Object.entries(types).map(([name, type]) => ({ name, in: "query", schema: { type }, ...more }));
}

interface Asked {
  readonly method?: "get" | "post";
  readonly parameters?: readonly ParameterObject[];
  readonly answer?: Schema;
  readonly more?: Partial<OperationObject>;
}

function paginationOf({ method = "get", parameters = [], answer = true, more = {} }: Asked): {
  readonly pagination: Pagination | undefined;
  readonly reports: readonly string[];
} {
  const operation: OperationObject = {
    operationId: "list",
    parameters,
    responses: {
      "200": { description: "Things.", content: { "application/json": { schema: answer } } },
      "404": { description: "Gone." },
    },
    ...more,
  };
  const components = {
    schemas: {
      Thing: { type: "object" },
      Envelope: { type: "object", properties: { next: text, previous: text, count: { type: "integer" } } },
    },
  } as const;
  const { model, reports } = reportedModelOf({ paths: { "/things": { [method]: operation } }, components });
  return { pagination: model.operations[0]?.pagination, reports: reports.filter((report) => report.includes("pagination")) };
}

function inferred(asked: Asked): Pagination | undefined {
  return paginationOf(asked).pagination;
}

const item = { $ref: "#/components/schemas/Thing" };

describe("Pages are inferred", () => {
  test("from links, as Django REST Framework answers, through references and allOf", () => {
    const answer = { allOf: [{ $ref: "#/components/schemas/Envelope" }, { properties: { results: things } }] };
    const parameters = query({ limit: "integer", offset: "integer" }, { schema: { type: "integer", default: 20 } });
    expect(inferred({ answer, parameters })).toEqual({
      items: ["results"],
      item,
      total: ["count"],
      next: ["next"],
      offset: { parameter: ["query", "offset"], limit: ["query", "limit"], defaultLimit: 20 },
    });
  });

  test("from a cursor and the one parameter that takes it", () => {
    const answer = { properties: { data: things, next_cursor: text, has_more: { type: "boolean" } } } as const;
    const cursor = {
      items: ["data"],
      item,
      more: ["has_more"],
      cursor: { parameter: ["query", "after"], value: ["next_cursor"] },
    };
    expect(inferred({ answer, parameters: query({ after: "string", before: "string" }) })).toEqual(cursor);
    expect(inferred({ answer, parameters: query({ after: "string", cursor: "string" }) })).toBeUndefined();
    expect(inferred({ answer, parameters: query({ after: "integer" }) })).toBeUndefined();
    expect(inferred({ answer, parameters: query({ after: "string" }, { required: true }) })).toBeUndefined();
  });

  test("from the id of the last item only where the answer tells the end", () => {
    const parameters = query({ after: "string" });
    const ends = { properties: { data: things, last_id: { type: "string" }, has_more: { type: "boolean" } } } as const;
    expect(inferred({ answer: ends, parameters })).toMatchObject({
      more: ["has_more"],
      cursor: { parameter: ["query", "after"], value: ["last_id"] },
    });
    expect(inferred({ answer: { properties: { data: things, last_id: { type: "string" } } }, parameters })).toBeUndefined();
  });

  test("from an offset only where the answer tells that there is more", () => {
    const parameters = query({ limit: "integer", offset: "integer" });
    expect(inferred({ answer: { properties: { data: things, hasMore: { type: "boolean" } } }, parameters })).toMatchObject({
      items: ["data"],
      more: ["hasMore"],
      offset: { parameter: ["query", "offset"] },
    });
    expect(inferred({ answer: { properties: { data: things } }, parameters })).toBeUndefined();
    expect(inferred({ answer: things, parameters })).toBeUndefined();
  });

  test.each<[string, Asked]>([
    [
      "the items are one of two arrays",
      { answer: { properties: { next: text, previous: text, count: { type: "integer" }, a: things, b: things } } },
    ],
    [
      "the links are numbers",
      { answer: { properties: { next: { type: "integer" }, previous: { type: "integer" }, results: things } } },
    ],
    ["the links may be anything", { answer: { properties: { next: {}, previous: {}, results: things } } }],
    ["there is a next and no previous", { answer: { properties: { next: text, results: things } } }],
    [
      "the answer is only a candidate",
      { answer: { oneOf: [{ properties: { next: text, previous: text, results: things } }, { type: "null" }] } },
    ],
    ["it is no GET", { method: "post", answer: { properties: { next: text, previous: text, results: things } } }],
    [
      "it is said not to be",
      { answer: { properties: { next: text, previous: text, results: things } }, more: { "x-triad-pagination": false } },
    ],
  ])("never where %s", (_why, asked) => {
    expect(paginationOf(asked)).toEqual({ pagination: undefined, reports: [] });
  });
});

describe("Pages are stated", () => {
  const answer = {
    properties: { results: things, page: { properties: { "next/one": text } }, open: { type: "object" } },
  } as const;
  const stated = (extension: unknown, asked: Asked = {}): ReturnType<typeof paginationOf> =>
    paginationOf({ answer, ...asked, more: { "x-triad-pagination": extension, ...asked.more } });

  test("by expressions into the answer and the names of parameters, in any operation", () => {
    const extension = {
      items: "$response.body#/results",
      cursor: { parameter: "$request.body#/page/from", value: "$response.body#/page/next~1one" },
      offset: { parameter: "skip" },
      more: "$response.body#/open/more",
    };
    const requestBody = { content: { "application/json": { schema: { properties: { page: { properties: { from: text } } } } } } };
    expect(stated(extension, { method: "post", parameters: query({ skip: "integer" }), more: { requestBody } })).toEqual({
      pagination: {
        items: ["results"],
        item,
        more: ["open", "more"],
        cursor: { parameter: ["body", "page", "from"], value: ["page", "next/one"] },
        offset: { parameter: ["query", "skip"] },
      },
      reports: [],
    });
  });

  test("with items that are the body itself", () => {
    expect(
      stated(
        { items: "$response.body", offset: { parameter: "skip" } },
        { answer: things, parameters: query({ skip: "integer" }) },
      ).pagination,
    ).toEqual({ items: [], item, offset: { parameter: ["query", "skip"] } });
  });

  test.each([
    [true, "x-triad-pagination is no object"],
    [{ next: "$response.body#/page" }, 'x-triad-pagination has no "items"'],
    [{ items: "$response.body#/results" }, 'x-triad-pagination has no "cursor", no "next" and no "offset"'],
    [{ items: "results", next: "$response.body#/page" }, '"results" is no place in the answer'],
    [{ items: "$response.body#/page", next: "$response.body#/page" }, '"$response.body#/page" leads to no array'],
    [{ items: "$response.body#/results", offset: { limit: "x" } }, '"offset" of x-triad-pagination has no "parameter"'],
    [{ items: "$response.body#/results", cursor: "after" }, '"cursor" of x-triad-pagination is no object'],
    [
      { items: "$response.body#/results", next: "$response.body#/gone" },
      '"$response.body#/gone" is nowhere in the schema of the body of a success',
    ],
    [{ items: "$response.body#/results", offset: { parameter: "skip" } }, 'No query parameter of the operation is called "skip"'],
  ])("and %j is reported, and leaves the operation without pages", (extension, fact) => {
    const { pagination, reports } = stated(extension);
    expect(pagination).toBeUndefined();
    expect(reports.join("\n")).toContain(fact);
  });

  test("and are reported where no JSON answers", () => {
    const responses = { "204": { description: "Done." } };
    expect(stated({ items: "$response.body#/a", next: "$response.body#/b" }, { more: { responses } }).reports).toEqual([
      "error pagination-invalid: x-triad-pagination stands on an operation that no JSON body answers; the operation has no pages. (remove it, or give a success a JSON body)",
    ]);
  });
});
