import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Diagnostics } from "../../generator/diagnostics/diagnostic.ts";
import { readDocument } from "../../generator/openapi/read.ts";

/** What becomes of the files in a folder of `documents/`. */
async function read(name: string): ReturnType<typeof readDocument> {
  const diagnostics = new Diagnostics();
  const entry = join(import.meta.dirname, "documents", name, "openapi.yaml");
  const reading = await readDocument(entry, { diagnostics, readFile: (file) => readFile(file, "utf8") });
  expect(diagnostics.all.map(({ code, at }) => `${code} ${at}`)).toEqual([]);
  return reading;
}

const to = (key: string): object => ({ $ref: `#/components/schemas/${key}` });

test("YAML's anchors and merge keys, escaped pointers, chains and circles of references across files lead where they say", async () => {
  const { document } = await read("references");
  expect(document?.root.components?.schemas).toEqual({
    Merged: { type: "object", description: "Own.", required: ["id"], properties: { id: { type: "integer" } } },
    Shared: { properties: { id: { type: "integer" } } },
    First: to("Second"),
    Second: { type: "string", minLength: 1 },
    Person: {
      type: "object",
      properties: { friends: { type: "array", items: to("Person") }, employer: to("company") },
    },
    company: { type: "object", properties: { boss: to("Person") } },
  });
});

test("path items stand among the components, in other files and behind one another, with operations beside the reference", async () => {
  const { document } = await read("references");
  const { paths = {} } = document?.root ?? {};
  const pets = { description: "Pets.", content: { "application/json": { schema: { type: "array", items: to("Merged") } } } };
  expect(paths["/pets"]).toEqual({
    get: { parameters: [{ name: "page", in: "query", schema: { type: "integer" } }], responses: { 200: pets } },
  });
  const one = {
    summary: "Said here.",
    get: {
      parameters: [
        { name: "id", in: "path", required: true, schema: to("Second") },
        { name: "tilde", in: "path", required: true, schema: { type: "string" } },
      ],
      responses: { 200: pets },
    },
    delete: { responses: { 204: { description: "Gone." } } },
  };
  expect(paths["/pets/{id}/~{tilde}/100%"]).toEqual(one);
  expect(paths["/same"]).toEqual(one);
});
