import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "openapi-triad-overlay-"));
  put("api.yaml", document);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

/** Runs the real command line in the folder. */
function run(...argv: readonly string[]): {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
} {
  const loader = path.join(root, "node_modules/tsx/dist/loader.mjs");
  const options = {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], NO_COLOR: "1" },
  } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", loader, path.join(root, "generator/cli.ts"), ...argv],
    options,
  );
  return { code: status, out: stdout, err: stderr };
}

const document = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0, description: A shop. }
paths:
  /pet/find:
    get:
      operationId: findPets
      description: Finds pets.
      responses: { "204": { description: Found. } }
`;
const overlay = (...actions: readonly string[]): string =>
  `overlay: 1.1.0\ninfo: { title: Hints, version: 1.0.0 }\nactions:\n${actions.join("")}`;
const rename = `  - target: $.paths['/pet/find'].get
    update: { x-triad-resource: animals, x-triad-action: search, description: Finds animals. }
`;

test("generate takes overlays in their order, and the client has the names of the last", () => {
  put("hints.yaml", overlay(rename));
  put(
    "more/hints.json",
    JSON.stringify({
      overlay: "1.0.0",
      info: { title: "More", version: "1" },
      actions: [{ target: "$..['x-triad-action']", update: "lookUp" }],
    }),
  );
  expect(
    run("generate", "api.yaml", "--out", "out", "--emit", "client", "--overlay", "hints.yaml", "--overlay", "more/hints.json"),
  ).toMatchObject({ code: 0, err: "" });
  const client = readFileSync(path.join(folder, "out/client.ts"), "utf8");
  expect(client).toContain("animals");
  const animals = readFileSync(path.join(folder, "out/resources/animals.ts"), "utf8");
  expect(animals).toContain("lookUp");
  expect(animals).toContain("Finds animals.");
});

test("lint names the overlay where it is the overlay that is wrong", () => {
  put(
    "hints.yaml",
    overlay(
      rename,
      "  - target: $.paths['/pet/find'].get\n    update: { tags: pets }\n  - target: $.paths['/pet/found']\n    remove: true\n",
      "  - { target: $.info, update: { titel: Pets } }\n",
    ),
  );
  const { code, out } = run("lint", "api.yaml", "--overlay", "hints.yaml");
  expect(code).toBe(1);
  expect(out).toMatchInlineSnapshot(`
    "hints.yaml:8:13  warning  overlay-target-empty  "$.paths['/pet/found']" selects nothing; the part of it that does is "$.paths".
      7 |     update: { tags: pets }
      8 |   - target: $.paths['/pet/found']
        |             ^^^^^^^^^^^^^^^^^^^^^
        = did you mean "/pet/find"?

    hints.yaml:7:21  error  value-wrong-kind  Here stands a string; "tags" must be an array.
      6 |   - target: $.paths['/pet/find'].get
      7 |     update: { tags: pets }
        |                     ^^^^
        = write an array

    hints.yaml:10:33  warning  member-unknown  "titel" is not known in info; it is left out.
       9 |     remove: true
      10 |   - { target: $.info, update: { titel: Pets } }
         |                                 ^^^^^
         = did you mean "title"?
    1 error, 2 warnings in 2 files.
    "
  `);
});

test("nothing is written when an overlay is wrong or missing", () => {
  put("hints.yaml", overlay("  - { target: $.paths., remove: true }\n"));
  expect(run("generate", "api.yaml", "--out", "out", "--overlay", "hints.yaml")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("hints.yaml:4:22  error  jsonpath-syntax"),
  });
  expect(run("generate", "api.yaml", "--out", "out", "--overlay", "hint.yaml")).toMatchObject({
    code: 1,
    err: expect.stringContaining("hint.yaml  error  file-not-found"),
  });
  expect(() => readFileSync(path.join(folder, "out/package.json"))).toThrow("ENOENT");
});

test("verify proves the document as the overlay has it", () => {
  put(
    "hints.yaml",
    overlay(
      "  - { target: '$.paths', update: { /owner: { get: { operationId: getOwner, responses: { '204': { description: It. } } } } } }\n",
    ),
  );
  expect(run("verify", "api.yaml")).toMatchObject({
    code: 0,
    out: expect.stringContaining("1 of 1 operation pass"),
  });
  expect(run("verify", "api.yaml", "--overlay", "hints.yaml")).toMatchObject({
    code: 0,
    out: expect.stringContaining("2 of 2 operations pass"),
  });
});

test("overlays of the configuration belong to its document; a flag replaces them", () => {
  put("config/hints.yaml", overlay(rename, "  - { target: $.fromConfig, remove: true }\n"));
  put("flag.yaml", overlay("  - { target: $.fromFlag, remove: true }\n"));
  put("other.yaml", document);
  put("openapi-triad.config.json", JSON.stringify({ spec: "api.yaml", overlay: "config/hints.yaml" }));
  expect(run("lint").out).toContain("$.fromConfig");
  expect(run("lint", "api.yaml").out).toContain("$.fromConfig");
  expect(run("lint", "other.yaml").out).not.toContain("$.fromConfig");
  const { out } = run("lint", "--overlay", "flag.yaml");
  expect(out).toContain("$.fromFlag");
  expect(out).not.toContain("$.fromConfig");
});

test("help tells of it", () => {
  for (const command of ["generate", "lint", "verify"])
    expect(run(command, "--help").out.replace(/\s+/g, " ")).toContain(
      "--overlay <file> an OpenAPI Overlay (1.0 or 1.1) to apply to the document first",
    );
});
