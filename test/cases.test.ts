import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { format } from "prettier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printDiagnostics } from "../generator/diagnostics/print.ts";
import { generate } from "../generator/pipeline.ts";
import type { ApiModel } from "../generator/model/api-model.ts";
import type { Formats } from "../generator/model/formats.ts";
import type { GeneratedFile } from "../generator/output/render.ts";
import { describeFinding } from "../generator/verify/failure.ts";
import { proveLaw } from "../generator/verify/law.ts";
import { compile, type CompilerVersion } from "../scripts/compile.ts";
import { danglingImports } from "./support/imports.ts";

// Each folder is a document about one thing, and in `expected/` all that is made of it but the runtime, which is the same for all.
// `UPDATE=1 npx vitest run test/cases` rewrites what is expected: read the difference as if a colleague had sent it.
const root = path.join(import.meta.dirname, "cases");
const cases = readdirSync(root).sort();

interface Case {
  readonly model: ApiModel;
  readonly files: readonly GeneratedFile[];
  /** What people see of problems; empty when there are none. */
  readonly problems: string;
}

const generated = new Map<string, Case>();
const work = mkdtempSync(path.join(tmpdir(), "openapi-triad-cases-"));

beforeAll(async () => {
  for (const name of cases) generated.set(name, await generateCase(path.join(root, name)));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.each(cases)("of %s", (name) => {
  const folder = path.join(root, name, "expected");

  test("exactly the expected files are made", () => {
    const made = new Map(golden(caseOf(name)).map((file) => [file.path, file.text]));
    if (process.env["UPDATE"] === "1") rewrite(folder, made);
    const expected = new Map(list(folder).map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
    expect([...made.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [file, text] of expected) expect(made.get(file), `${name}/expected/${file}`).toBe(text);
  });

  test("every import leads to a file that is made", () => {
    expect(danglingImports(caseOf(name).files)).toEqual([]);
  });

  test("prettier would change nothing", async () => {
    const sources = caseOf(name).files.filter((file) => file.path.endsWith(".ts") && !file.path.startsWith("runtime/"));
    for (const { path: file, text } of sources) expect(text, file).toBe(await prettier(text));
  });

  test("the law holds", async () => {
    const { model, files } = caseOf(name);
    const failures: string[] = [];
    let proved = 0;
    for await (const verdict of proveLaw(model, files)) {
      proved += 1;
      failures.push(...verdict.failures.map((failure) => `${verdict.operation.id}   ${describeFinding(failure)}`));
    }
    expect(failures).toEqual([]);
    expect(proved).toBe(model.operations.length + model.webhooks.length + model.callbacks.length);
  });
});

describe("all of them together", () => {
  beforeAll(() => {
    put(path.join(work, "package.json"), '{ "type": "module" }');
    for (const name of cases) {
      for (const { path: file, text } of caseOf(name).files) put(path.join(work, name, file), text);
    }
  });

  test("prettier would change nothing in the runtime that they ship", async () => {
    const runtime = new Map(
      cases.flatMap((name) =>
        caseOf(name)
          .files.filter((file) => file.path.startsWith("runtime/"))
          .map(({ path: file, text }) => [file, text]),
      ),
    );
    const ugly = await Promise.all([...runtime].map(async ([file, text]) => ((await prettier(text)) === text ? [] : [file])));
    expect(ugly.flat()).toEqual([]);
  });

  test.each(["5.9", "7"] satisfies CompilerVersion[])("compile under the harshest flags of TypeScript %s", async (version) => {
    expect(await compile(work, version)).toEqual([]);
  });
});

async function generateCase(folder: string): Promise<Case> {
  const spec = ["spec.yaml", "spec/openapi.yaml"].map((file) => path.join(folder, file)).find((file) => existsSync(file));
  if (spec === undefined) throw new Error(`${folder} holds no spec.yaml and no spec/openapi.yaml.`);
  const { model, files, diagnostics, sources } = await generate({
    spec,
    out: path.join(folder, "expected"),
    // All but the package, whose files are nearly the same for all; so sources stand at the top of `expected/`.
    emit: ["types", "operations", "client", "validators", "server", "webhooks", "fixtures", "msw", "docs"],
    roots: [],
    allowHosts: [],
    overlays: [],
    formats: formatsOf(folder),
    package: { name: "cases" },
  });
  const problems = printDiagnostics(diagnostics.all, { sources, cwd: folder });
  if (model === undefined || files === undefined) throw new Error(problems);
  return { model, files, problems };
}

/** The types of formats that a case chooses, in its `formats.json`. */
function formatsOf(folder: string): Formats {
  const file = path.join(folder, "formats.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Formats) : {};
}

function caseOf(name: string): Case {
  const found = generated.get(name);
  if (found === undefined) throw new Error(`${name} was not generated.`);
  return found;
}

/** What is compared: the files that depend on the document, and what was said of it. */
function golden({ files, problems }: Case): readonly GeneratedFile[] {
  const own = files.filter((file) => !file.path.startsWith("runtime/"));
  return problems === "" ? own : [...own, { path: "problems.txt", text: problems }];
}

function rewrite(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of files) put(path.join(folder, file), text);
}

function put(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function list(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return entries.filter((file) => statSync(path.join(folder, file)).isFile()).map((file) => file.replaceAll("\\", "/"));
}

function prettier(text: string): Promise<string> {
  return format(text, { parser: "typescript", printWidth: 110 });
}
