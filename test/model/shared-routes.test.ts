import { expect, test } from "vitest";
import { reportedModelOf } from "../support/model.ts";

const responses = { "204": { description: "Done." } };

/** An operation with a header that always has the value. */
function targeted(value: string) {
  return {
    responses,
    parameters: [{ name: "X-Target", in: "header" as const, required: true, schema: { type: "string" as const, enum: [value] } }],
  };
}

test("a required parameter with one value tells operations of one URL apart", () => {
  const { model, reports } = reportedModelOf({
    paths: { "/#a": { post: targeted("a") }, "/#b": { post: targeted("b") }, "/": { get: { responses }, post: { responses } } },
  });
  expect(model.operations.map(({ path, tells, shadowedBy }) => [path, tells, shadowedBy])).toEqual([
    ["/#a", [{ in: "header", name: "x-target", value: "a" }], undefined],
    ["/#b", [{ in: "header", name: "x-target", value: "b" }], undefined],
    ["/", undefined, undefined],
    ["/", undefined, undefined],
  ]);
  expect(reports.filter((report) => report.includes("route-shared"))).toEqual([]);
});

test("what nothing tells from an operation whose name comes first stands in its shadow, whatever the order, and is reported", () => {
  const { model, reports } = reportedModelOf({
    paths: {
      "/a/{name}": { get: { operationId: "byName", responses }, put: { operationId: "put", responses } },
      "/a/{id}": { get: { operationId: "byId", responses } },
      "/a/b": { get: { operationId: "other", responses } },
    },
  });
  expect(model.operations.map(({ id, shadowedBy }) => [id, shadowedBy])).toEqual([
    ["byName", "byId"],
    ["put", undefined],
    ["byId", undefined],
    ["other", undefined],
  ]);
  expect(reports.filter((report) => report.includes("route-shared"))).toHaveLength(1);
});

test("what all of them have alike tells nothing", () => {
  const { model } = reportedModelOf({ paths: { "/#a": { post: targeted("v1") }, "/#b": { post: targeted("v1") } } });
  expect(model.operations.map(({ tells, shadowedBy }) => [tells, shadowedBy])).toEqual([
    [undefined, undefined],
    [undefined, "postA"],
  ]);
});
