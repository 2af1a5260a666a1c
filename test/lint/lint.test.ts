import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintProblems } from "../../generator/diagnostics/catalogue/lint.ts";
import { Diagnostics, type Severity } from "../../generator/diagnostics/diagnostic.ts";
import { lint } from "../../generator/lint/lint.ts";
import { rules } from "../../generator/lint/rules.ts";
import { buildModel } from "../../generator/model/build.ts";
import type { OpenApiObject } from "../../generator/openapi/shapes.ts";
import { check } from "../support/check.ts";
import { documentOf } from "../support/document.ts";

function codes(root: Partial<OpenApiObject>, weights?: Readonly<Record<string, Severity | "off">>): string[] {
  const document = documentOf(root);
  const model = buildModel(document, new Diagnostics());
  const diagnostics = new Diagnostics();
  lint(document, model, diagnostics, weights === undefined ? {} : { rules: weights });
  return diagnostics.all.map(({ code, severity }) => `${severity} ${code}`);
}

const done = { 204: { description: "Done." } };

describe("lint", () => {
  it("has one rule for each problem of its catalogue", () => {
    expect(rules.map(({ code }) => code).sort()).toEqual(Object.keys(lintProblems).sort());
  });

  it("weighs a rule as it is told to, and leaves out what is off", () => {
    const root: Partial<OpenApiObject> = { paths: { "/a": { get: { responses: done } } } };
    expect(codes(root)).toEqual(["warning description-missing"]);
    expect(codes(root, { "description-missing": "error" })).toEqual(["error description-missing"]);
    expect(codes(root, { "description-missing": "off" })).toEqual([]);
    expect(codes(root, { constructor: "off" as const })).toEqual(["warning description-missing"]);
  });

  it("takes a component for used that is reached through others, a discriminator or an extension", () => {
    const paths = {
      "/a": {
        get: {
          summary: "Reads.",
          responses: {
            200: { description: "One.", content: { "application/json": { schema: { $ref: "#/components/schemas/Base" } } } },
          },
        },
      },
    };
    const schemas = {
      Base: {
        type: "object",
        required: ["kind"],
        properties: { kind: { type: "string" }, part: { $ref: "#/components/schemas/Part" } },
        discriminator: { propertyName: "kind" },
      },
      Part: { type: "object", "x-of": { $ref: "#/components/schemas/Extra" } },
      Extra: { type: "string" },
      Child: { allOf: [{ $ref: "#/components/schemas/Base" }] },
    } as const;
    expect(codes({ paths, components: { schemas } })).toEqual([]);
    expect(codes({ paths, components: { schemas: { ...schemas, Lonely: { type: "string" } } } })).toEqual([
      "warning component-unused",
    ]);
  });

  it("reads an example on its side: requests lack what is readOnly", () => {
    const schema = { type: "object", required: ["id"], properties: { id: { type: "integer", readOnly: true } } } as const;
    const content = { "application/json": { schema, examples: { none: { value: {} } } } };
    const paths = (side: object): OpenApiObject["paths"] => ({ "/a": { post: { summary: "Makes.", responses: done, ...side } } });
    expect(codes({ paths: paths({ requestBody: { content } }) })).toEqual([]);
    expect(codes({ paths: paths({ responses: { 200: { description: "One.", content } } }) })).toEqual(["error example-invalid"]);
  });

  it("finds nothing in the contract of this repository", async () => {
    const { diagnostics } = await check(join(import.meta.dirname, "../../spec/openapi.yaml"), true);
    expect(
      diagnostics.filter(({ severity }) => severity !== "info").map(({ code, at, message }) => `${code} ${at} ${message}`),
    ).toEqual([]);
  });
});
