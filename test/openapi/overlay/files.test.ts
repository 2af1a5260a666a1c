import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { Diagnostics } from "../../../generator/diagnostics/diagnostic.ts";
import { printDiagnostics } from "../../../generator/diagnostics/print.ts";
import { buildModel } from "../../../generator/model/build.ts";
import type { ApiModel } from "../../../generator/model/api-model.ts";
import { readDocument } from "../../../generator/openapi/read.ts";
import { readFiles } from "../../support/read.ts";

const head = "overlay: 1.1.0\ninfo: { title: Hints, version: '1' }\nactions:\n";
const files = {
  "spec.yaml": `
openapi: 3.1.0
info: { title: Pets, version: "1" }
paths:
  /pets: { $ref: paths/pets.yaml }
  /owners: { $ref: "paths/all.yaml#/owners" }
components:
  schemas:
    Pet: { $ref: schemas/pet.yaml }
    Alias: { $ref: "#/components/schemas/Pet" }
`,
  "paths/pets.yaml": `
get:
  operationId: listPets
  responses:
    "200": { $ref: ../responses/pets.yaml }
`,
  "paths/all.yaml": `
owners:
  get: { operationId: listOwners, responses: { "200": { $ref: ../responses/pets.yaml } } }
`,
  "responses/pets.yaml": `
description: Pets.
content: { application/json: { schema: { $ref: ../spec.yaml#/components/schemas/Pet } } }
`,
  "schemas/pet.yaml": "type: object\nproperties:\n  name: { type: string }\n  friend: { $ref: pet.yaml }\n",
};

async function read(actions: string, more: Readonly<Record<string, unknown>> = {}) {
  const { document, problems, sources, diagnostics } = await readFiles(
    { ...files, ...more, "hints.yaml": head + actions },
    { overlays: ["hints.yaml"] },
  );
  return {
    root: document?.root,
    problems,
    printed: printDiagnostics(diagnostics.all, { sources, cwd: "/api" }),
  };
}

test("a target leads into the files of a document that is cut into files", async () => {
  const { root, problems } = await read(`
  - { target: "$.paths.*.get", update: { x-seen: true } }
  - { target: "$.paths['/pets'].get.responses['200'].description", update: Some pets. }
  - { target: "$.components.schemas.Pet.properties.name", update: { minLength: 1 } }
  - { target: "$.paths[?@.get.operationId == 'listOwners'].get", update: { summary: Owners } }
`);
  expect(problems).toEqual([]);
  expect(root?.paths["/pets"]?.get).toMatchObject({
    "x-seen": true,
    responses: { 200: { description: "Some pets." } },
  });
  expect(root?.paths["/owners"]?.get).toMatchObject({ "x-seen": true, summary: "Owners" });
  expect(root?.components?.schemas?.["Pet"]).toMatchObject({
    properties: { name: { type: "string", minLength: 1 } },
  });
});

test("where a file is what is defined, an update changes the file; where it is used, the use", async () => {
  const { root, problems } = await read(`
  - { target: "$.paths['/pets']", update: { get: { deprecated: true }, post: { operationId: addPet, responses: { "204": { description: Added. } } } } }
  - { target: $, update: { paths: { /owners: { get: { summary: Owners } } }, components: { schemas: { Pet: { description: A pet. } } } } }
  - { target: "$.components.schemas.Pet.properties.friend", update: { description: The friend. } }
  - { target: $.components.schemas.Alias, update: { description: Another name. } }
`);
  expect(problems).toEqual([]);
  expect(root?.paths["/pets"]).toMatchObject({
    get: { operationId: "listPets", deprecated: true },
    post: { operationId: "addPet" },
  });
  expect(root?.paths["/owners"]?.get).toMatchObject({ operationId: "listOwners", summary: "Owners" });
  expect(root?.components?.schemas).toMatchObject({
    Pet: { description: "A pet.", properties: { friend: { description: "The friend." } } },
    Alias: { description: "Another name." },
  });
});

test("remove takes the entry that refers to a file, and `..` looks into every file", async () => {
  const { root, problems } = await read(`
  - { target: "$.paths['/owners']", remove: true }
  - { target: "$..[?@.operationId]", update: { x-seen: true } }
  - { target: "$..properties.name", remove: true }
`);
  expect(problems).toEqual([]);
  expect(Object.keys(root?.paths ?? {})).toEqual(["/pets"]);
  expect(root?.paths["/pets"]?.get).toMatchObject({ "x-seen": true });
  expect(root?.components?.schemas?.["Pet"]).toEqual({
    type: "object",
    properties: { friend: { $ref: "#/components/schemas/Pet" } },
  });
});

test("an overlay may add references to further files, and remove those that lead nowhere", async () => {
  const broken = {
    "spec.yaml": files["spec.yaml"].replace("paths/all.yaml#/owners", "paths/gone.yaml"),
    "schemas/owner.yaml": "type: object\ntitle: Owner\n",
  };
  const { root, problems } = await read(
    `
  - { target: "$.paths['/owners']", remove: true }
  - { target: $.components.schemas, update: { Owner: { $ref: schemas/owner.yaml } } }
`,
    broken,
  );
  expect(problems).toEqual([]);
  expect(root?.components?.schemas?.["Owner"]).toEqual({ type: "object", title: "Owner" });
});

test("problems stand where what is wrong was written, whatever moved", async () => {
  const { printed } = await read(
    `
  - target: $.paths['/pets'].get
    update:
      sumary: All pets
  - target: $.tags[0]
    remove: true
`,
    { "spec.yaml": `${files["spec.yaml"]}tags:\n  - { name: pets }\n  - { name: owners, colour: red }\n` },
  );
  expect(printed).toMatchInlineSnapshot(`
    "hints.yaml:7:7  warning  member-unknown  "sumary" is not known in an operation; it is left out.
      6 |     update:
      7 |       sumary: All pets
        |       ^^^^^^
        = did you mean "summary"?

    spec.yaml:13:21  warning  member-unknown  "colour" is not known in a tag; it is left out.
      12 |   - { name: pets }
      13 |   - { name: owners, colour: red }
         |                     ^^^^^^
         = remove it, or call it "x-colour"
    "
  `);
});

/** Our own contract with an overlay over it. */
async function ownModel(overlay: string): Promise<{ readonly model: ApiModel; readonly printed: string }> {
  const spec = path.resolve(import.meta.dirname, "../../../spec");
  const hints = path.join(spec, "hints.yaml");
  const diagnostics = new Diagnostics();
  const { document, sources } = await readDocument(path.join(spec, "openapi.yaml"), {
    diagnostics,
    overlays: [hints],
    readFile: async (file) => (file === hints ? overlay : readFile(file, "utf8")),
    listFolder: (folder) => readdir(folder),
  });
  if (document === undefined) throw new Error("our own document cannot be read");
  const model = buildModel(document, diagnostics);
  return { model, printed: printDiagnostics(diagnostics.all, { sources, cwd: spec }) };
}

test("our own document, of many files, takes hints for an operation, a parameter and a schema", async () => {
  const { model, printed } = await ownModel(`${head}
  - target: $.paths[?@.get.operationId == 'environments_query_draft_sql_retrieve'].get
    update: { x-triad-resource: assistant, x-triad-action: draft, summary: SQL by asking }
  - target: $.paths.*.get.parameters[?@.name == 'prompt']
    update: { description: What you want to know. }
  - target: $.components.schemas.HogQLQuery.properties.query
    update: { description: HogQL text. }
`);
  expect(printed).toBe("");
  const operation = model.operations.find(({ id }) => id === "environments_query_draft_sql_retrieve");
  expect(operation).toMatchObject({ summary: "SQL by asking", resource: ["assistant"], action: "draft" });
  expect(operation?.parameters.find(({ name }) => name === "prompt")?.description).toBe("What you want to know.");
  expect(model.schemas.find(({ name }) => name === "HogQLQuery")?.schema).toMatchObject({
    properties: { query: { description: "HogQL text." } },
  });
});

test("two paths that refer to one file are one place", async () => {
  const { root } = await read("  - { target: $.paths.*, update: { parameters: [{ name: page, in: query, schema: {} }] } }\n", {
    "spec.yaml": files["spec.yaml"].replace("paths/all.yaml#/owners", "paths/pets.yaml"),
  });
  expect(root?.paths["/owners"]?.get?.parameters).toMatchObject([{ name: "page" }]);
});

test("the example of docs/overlays.md does what the page says", async () => {
  const page = await readFile(path.resolve(import.meta.dirname, "../../../docs/overlays.md"), "utf8");
  const overlay = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const petshop = `
openapi: 3.1.0
info: { title: Pet shop, version: "1" }
paths:
  /pet/findByStatus:
    get: { operationId: findPetsByStatus, responses: { "204": { description: Found. } } }
    post: { operationId: old, deprecated: true, responses: { "204": { description: Found. } } }
`;
  const { document, problems, diagnostics } = await readFiles(
    { "petshop.yaml": petshop, "hints.yaml": overlay },
    { overlays: ["hints.yaml"] },
  );
  expect(problems).toEqual([]);
  if (document === undefined) throw new Error("the pet shop cannot be read");
  expect(buildModel(document, diagnostics).operations).toMatchObject([
    { resource: ["animals"], action: "search", description: "Finds animals by what can be done with them." },
  ]);
});
