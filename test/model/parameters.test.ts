import { expect, test } from "vitest";
import { reportedModelOf } from "../support/model.ts";

test("a parameter that a path has behind its question mark is one of the query, and that is reported", () => {
  const parameters = [{ name: "who", in: "path" as const, required: true, schema: { type: "integer" as const } }];
  const { model, reports } = reportedModelOf({
    paths: { "/answers?by={who}&page={page}": { get: { parameters, responses: { "204": { description: "Done." } } } } },
  });
  const places = model.operations[0]?.parameters.map(({ name, in: place, required, serialization }) => [
    `${place} ${name}`,
    required,
    serialization.kind === "style" && serialization.style,
  ]);
  expect(places).toEqual([
    ["query page", true, "form"],
    ["query by", true, "form"],
  ]);
  expect(reports.filter((report) => report.includes("value-repaired"))).toHaveLength(1);
  expect(reports.filter((report) => report.includes("path-parameter-undeclared"))).toHaveLength(1);
});
