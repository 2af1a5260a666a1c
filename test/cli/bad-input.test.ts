import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspace, smallDocument, type Workspace } from "../support/command-line.ts";

describe("a bad document", () => {
  let workspace: Workspace;
  let written: Readonly<Record<string, string>>;
  beforeAll(async () => {
    workspace = openWorkspace({ "api.yaml": smallDocument() });
    await workspace.run(["generate", "api.yaml", "--out", "out", "--emit", "types"]);
    written = workspace.texts("out");
    expect(Object.keys(written)).toContain("types.ts");
  });
  afterAll(() => workspace.close());

  /** What is said of the document; the output must not have changed by a byte. */
  async function refused(text: string): Promise<string> {
    workspace.put("api.yaml", text);
    const { code, out, err } = await workspace.run(["generate", "api.yaml", "--out", "out", "--emit", "types"]);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(workspace.texts("out")).toEqual(written);
    return err;
  }

  it("that is mistyped YAML is refused with the place and the cure", async () => {
    expect(await refused(smallDocument({ "            type: integer": "            type: [integer" }))).toMatchInlineSnapshot(`
      "api.yaml:15:7  error  yaml-syntax  Flow sequence in block collection must be sufficiently indented and end with a ].
        14 |             type: [integer
        15 |       responses:
           |       ^
           = close what is open above, or correct the indentation
      1 error
      Nothing was written: out is as it was.
      "
    `);
  });

  it("with a reference that leads nowhere is generated without it, and told with the place and the cure", async () => {
    workspace.put("dangling.yaml", smallDocument({ "#/components/schemas/Pet": "#/components/schemas/Pets" }));
    const { code, err } = await workspace.run(["generate", "dangling.yaml", "--out", "dangling", "--emit", "types"]);
    expect(code).toBe(0);
    expect(workspace.texts("dangling")["types.ts"]).toContain('content: { "application/json": unknown }');
    expect(err).toMatchInlineSnapshot(`
      "dangling.yaml:21:23  warning  reference-not-found  "#/components/schemas/Pets" leads nowhere: "components/schemas" has no "Pets". It is left out.
        20 |               schema:
        21 |                 $ref: "#/components/schemas/Pets"
           |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = did you mean "#/components/schemas/Pet"?
      1 warning
      "
    `);
    expect((await workspace.run(["lint", "dangling.yaml"])).code).toBe(1);
  });

  it("with a file that is missing is refused with the place and the cure", async () => {
    workspace.put("schemas/pet.yaml", "type: object\n");
    expect(await refused(smallDocument({ "#/components/schemas/Pet": "schemas/pets.yaml" }))).toMatchInlineSnapshot(`
      "api.yaml:21:23  error  file-not-found  "schemas/pets.yaml" does not exist.
        20 |               schema:
        21 |                 $ref: "schemas/pets.yaml"
           |                       ^^^^^^^^^^^^^^^^^^^
           = did you mean "schemas/pet.yaml"?
      1 error
      Nothing was written: out is as it was.
      "
    `);
  });

  describe("whose mistakes are repaired", () => {
    // Each run has a folder of its own: here something is written.
    async function repaired(text: string): Promise<{ readonly said: string; readonly linted: number | null }> {
      workspace.put("repaired.yaml", text);
      const { code, err } = await workspace.run(["generate", "repaired.yaml", "--out", "repaired", "--emit", "types"]);
      expect(code).toBe(0);
      return { said: err, linted: (await workspace.run(["lint", "repaired.yaml"])).code };
    }

    it("has an operationId twice: both places and the cure are told, and only lint fails", async () => {
      const { said, linted } = await repaired(
        smallDocument({
          "components:\n":
            '  /pets:\n    get:\n      operationId: getPet\n      responses:\n        "204":\n          description: None.\ncomponents:\n',
        }),
      );
      expect(said).toMatchInlineSnapshot(`
        "repaired.yaml:8:20  warning  operation-id-duplicate  operationId "getPet" is used by two operations; this one is called "getPet2".
          7 |     get:
          8 |       operationId: getPet
            |                    ^^^^^^
            = repaired.yaml:24:20: GET /pets uses it here
            = give one of them another operationId, such as "getPet2"
        1 warning
        "
      `);
      expect(workspace.texts("repaired")["types.ts"]).toContain("getPet2: {");
      expect(linted).toBe(1);
    });

    it("has two schemas whose names clash: both places and the cure are told", async () => {
      const { said, linted } = await repaired(
        smallDocument({
          "    Pet:\n": "    foo-bar:\n      type: string\n    foo_bar:\n      type: integer\n    Pet:\n",
        }),
      );
      expect(said).toMatchInlineSnapshot(`
        "repaired.yaml:26:5  warning  schema-names-clash  The schemas "foo-bar" and "foo_bar" both become the type "FooBar"; "foo_bar" is called "FooBar2".
          25 |       type: string
          26 |     foo_bar:
             |     ^^^^^^^
             = repaired.yaml:25:7: "foo-bar" is here
             = rename "foo_bar" or "foo-bar", so that they differ in more than case and punctuation
        1 warning
        "
      `);
      const types = workspace.texts("repaired")["types.ts"];
      expect(types).toContain("export type FooBar = string;");
      expect(types).toContain("export type FooBar2 = number;");
      expect(linted).toBe(0);
    });
  });

  it("that is not there at all is refused by its name", async () => {
    const { code, err } = await workspace.run(["generate", "apy.yaml", "--out", "out"]);
    expect(code).toBe(1);
    expect(err).toMatchInlineSnapshot(`
      "apy.yaml  error  file-not-found  "apy.yaml" does not exist.
          = did you mean "api.yaml"?
      1 error
      Nothing was written: out is as it was.
      "
    `);
    expect(workspace.texts("out")).toEqual(written);
  });
});
