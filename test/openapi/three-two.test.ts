import { describe, expect, it } from "vitest";
import { buildModel } from "../../generator/model/build.ts";
import { lint } from "../../generator/lint/lint.ts";
import { encodePath } from "../../generator/runtime/wire/encode-path.ts";
import { readFiles } from "../support/read.ts";

const text = { type: "string" };

async function read(openapi: string, parameter: object, more: object = {}) {
  const operation = { operationId: "get_file", parameters: [parameter], responses: { 204: { description: "Done." } }, ...more };
  const paths = { "/files/{path}": { post: operation } };
  const { document, diagnostics } = await readFiles({
    "spec.json": JSON.stringify({ openapi, info: { title: "Files", version: "1" }, paths }),
  });
  if (document === undefined) throw new Error("The document cannot be read.");
  const model = buildModel(document, diagnostics);
  const told = (): string[] => diagnostics.all.map(({ severity, code, at }) => `${severity} ${code} ${at.replace(/^.*#/, "")}`);
  return { model, document, diagnostics, told };
}

const path = { name: "path", in: "path", required: true, schema: text, allowReserved: true };

describe("allowReserved", () => {
  it("counts in a path of OpenAPI 3.2, and changes no path", async () => {
    const { model, told } = await read("3.2.0", path);
    expect(model.operations[0]?.parameters[0]?.serialization).toMatchObject({ allowReserved: true });
    expect(told()).toEqual([]);
    const descriptor = { name: "path", in: "path", required: true, allowReserved: true } as const;
    expect(encodePath("/files/{path}", [descriptor], { path: "a:b@c/../d?e#f" })).toBe("/files/a:b@c%2F..%2Fd%3Fe%23f");
  });

  it.each([
    ["3.1.0", path, "path"],
    ["3.2.0", { ...path, name: "X-Path", in: "header" }, "header"],
    ["3.2.0", { ...path, name: "c", in: "cookie" }, "cookie"],
  ])("does not count in %s where it says nothing, and that is told", async (openapi, parameter) => {
    const { model, told } = await read(openapi, parameter);
    expect(model.operations[0]?.parameters.at(-1)?.serialization).toMatchObject({ allowReserved: false });
    expect(told()).toContain("warning field-unused /paths/~1files~1{path}/post/parameters/0/allowReserved");
  });
});

it("warns of encodings by position, which change what travels", async () => {
  const content = { "multipart/mixed": { itemSchema: text, itemEncoding: { contentType: "text/plain" } } };
  const { told } = await read("3.2.0", path, { requestBody: { content } });
  expect(told()).toContain("warning field-unused /paths/~1files~1{path}/post/requestBody/content/multipart~1mixed/itemEncoding");
});

it("asks of the member that defaultMapping names no property to tell it by", async () => {
  const member = (required: string[]): object => ({ type: "object", required, properties: { kind: text } });
  const { document, diagnostics } = await readFiles({
    "spec.json": JSON.stringify({
      openapi: "3.2.0",
      info: { title: "Pets", version: "1" },
      paths: {},
      components: {
        schemas: {
          Pet: {
            oneOf: [
              { $ref: "#/components/schemas/Cat" },
              { $ref: "#/components/schemas/Other" },
              { $ref: "#/components/schemas/Lax" },
            ],
            discriminator: { propertyName: "kind", mapping: { cat: "Cat" }, defaultMapping: "Other" },
          },
          Cat: member(["kind"]),
          Other: member([]),
          Lax: member([]),
        },
      },
    }),
  });
  if (document === undefined) throw new Error("The document cannot be read.");
  lint(document, buildModel(document, diagnostics), diagnostics);
  const told = diagnostics.all.filter(({ code }) => code === "discriminator-invalid").map(({ message }) => message);
  expect(told).toEqual(['The discriminator "kind" cannot tell "Lax": its schema does not require that property.']);
});
