import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { resolveConfig } from "../../generator/config.ts";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { buildModel } from "../../generator/model/build.ts";
import { sample, sampleRequest, sampleResponse } from "../../generator/model/sample.ts";
import type { OpenApiObject } from "../../generator/openapi/shapes.ts";
import { understand } from "../../generator/pipeline.ts";
import { documentOf } from "../support/document.ts";

const added = "added_by_the_test";

describe("samples of a document that changes", () => {
  let root: OpenApiObject;
  beforeAll(async () => {
    const config = await resolveConfig(path.resolve("spec"), { spec: path.resolve("spec/openapi.yaml") });
    const { document } = await understand({ ...config, roots: [path.resolve("spec")] });
    root = JSON.parse(JSON.stringify(document?.root)) as OpenApiObject;
  });

  test.each([0, 0.5, 1])("stay as they were when each schema gets a property more, at %d of the others", (share) => {
    const more: unknown = JSON.parse(JSON.stringify(root), (key, value: unknown) => {
      // Examples have members of this name too, which hold no schemas.
      if (key !== "properties" || Array.isArray(value) || typeof value !== "object" || value === null) return value;
      const entries: [string, unknown][] = Object.entries(value);
      if (entries.some(([, property]) => typeof property !== "object")) return value;
      const place = Math.round(share * entries.length);
      return Object.fromEntries([...entries.slice(0, place), [added, { type: "string" }], ...entries.slice(place)]);
    });
    const before = samplesOf(root);
    const after = samplesOf(more as OpenApiObject);
    expect(JSON.stringify(after)).toContain(added);
    expect(without(after)).toEqual(before);
  });

  test("stay as they were when an operation and a schema come first", () => {
    const operation = { responses: { 200: { description: "Done." } } };
    const schemas = { Aardvark: { type: "object", properties: { id: { type: "integer" } } }, ...root.components?.schemas };
    const changed = {
      ...root,
      paths: { "/aardvarks": { get: operation }, ...root.paths },
      components: { ...root.components, schemas },
    };
    expect(samplesOf(changed as OpenApiObject)).toMatchObject(samplesOf(root));
  });

  test("are the same in another order of schemas and operations", () => {
    const reversed = <T extends object>(record: T): T => Object.fromEntries(Object.entries(record).reverse()) as T;
    const changed = {
      ...root,
      paths: reversed(root.paths),
      components: { ...root.components, schemas: reversed(root.components?.schemas ?? {}) },
    };
    expect(samplesOf(changed)).toEqual(samplesOf(root));
  });
});

/** All samples of a document, each by its place. */
function samplesOf(root: OpenApiObject): Readonly<Record<string, unknown>> {
  const model: ApiModel = buildModel(documentOf(root), new Diagnostics());
  const schemas = model.schemas.map(({ key, schema }) => [key, sample(model, schema, { direction: "response", name: key })]);
  const operations = model.operations.map((operation) => [
    `${operation.method} ${operation.path}`,
    [sampleRequest(model, operation), operation.responses.map((response) => sampleResponse(model, operation, response))],
  ]);
  return Object.fromEntries([...schemas, ...operations]) as Readonly<Record<string, unknown>>;
}

function without(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, one: unknown) =>
    typeof one === "object" && one !== null && added in one
      ? Object.fromEntries(Object.entries(one).filter(([name]) => name !== added))
      : one,
  );
}
