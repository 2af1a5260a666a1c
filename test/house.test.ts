import { readdirSync, readFileSync, existsSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const files = list("generator").filter((file) => file.endsWith(".ts"));

/** What each room may import, beside itself; the arrows of ARCHITECTURE.md. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  "cli.ts": ["commands", "config.ts"],
  commands: [
    "threads/assistant.ts",
    "pipeline.ts",
    "config.ts",
    "output",
    "verify",
    "mock",
    "lint",
    "emit/emitter.ts",
    "diagnostics",
  ],
  "index.ts": [
    "create-mock.ts",
    "pipeline.ts",
    "config.ts",
    "output",
    "verify",
    "mock",
    "lint",
    "emit/emitter.ts",
    "model",
    "openapi",
    "diagnostics",
  ],
  "create-mock.ts": ["pipeline.ts", "config.ts", "mock", "model", "openapi", "diagnostics"],
  threads: ["pipeline.ts", "config.ts", "output", "emit/emitter.ts"],
  "pipeline.ts": ["config.ts", "output", "emit", "model", "openapi", "diagnostics"],
  "config.ts": ["emit/emitter.ts", "model/formats.ts", "diagnostics"],
  verify: ["output", "model", "diagnostics"],
  mock: ["model", "openapi", "diagnostics", "runtime"],
  lint: ["model", "openapi", "diagnostics", "runtime/validation"],
  output: ["emit/emitter.ts", "emit/text"],
  emit: ["model", "openapi", "diagnostics", "runtime"],
  model: ["openapi", "diagnostics", "runtime"],
  openapi: ["diagnostics"],
  diagnostics: [],
  runtime: [],
};

/** Foreign libraries, each behind one wall. */
const walls: Readonly<Record<string, readonly string[]>> = {
  yaml: ["generator/diagnostics/", "generator/openapi/load"],
  "ts-morph": ["generator/output/render.ts", "generator/verify/transpile.ts"],
  handlebars: ["generator/output/render.ts"],
  commander: ["generator/commands/program.ts"],
  picocolors: ["generator/cli.ts", "generator/commands/", "generator/diagnostics/print"],
  diff: ["generator/commands/diff.ts"],
  jiti: ["generator/config.ts"],
  "json-p3": ["generator/openapi/overlay/query.ts"],
};

describe("the house", () => {
  it("imports only downwards", () => {
    const wrong = files.flatMap((file) => {
      const room = roomOf(file);
      const allowed = rooms[room];
      if (allowed === undefined) return [`${file} is in no room`];
      return localImports(file)
        .filter((target) => roomOf(target) !== room && !allowed.some((door) => target.startsWith(`generator/${door}`)))
        .map((target) => `${file} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it("keeps emitters apart", () => {
    const emitters = files.filter(
      (file) => /^generator\/emit\/[a-z-]+\.ts$/.test(file) && !/\/(emitter|index|package-identity)\.ts$/.test(file),
    );
    const own = (file: string): string => file.replace(/\.ts$/, "/");
    const wrong = emitters.flatMap((file) =>
      localImports(file)
        .filter(
          (target) =>
            target.startsWith("generator/emit/") && !/\/emit\/(text\/|emitter\.ts)/.test(target) && !target.startsWith(own(file)),
        )
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("keeps every foreign library behind its wall", () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter(({ specifier, typeOnly }) => !specifier.startsWith(".") && !specifier.startsWith("node:") && !typeOnly)
        .filter(({ specifier }) => !(walls[specifier] ?? []).some((wall) => file.startsWith(wall)))
        .map(({ specifier }) => `${file} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it("lets only the part of the runtime that is for Node use it", () => {
    const wrong = files.filter(
      (file) => file.startsWith("generator/runtime/") && !/^generator\/runtime\/server\/node(?:\.ts$|\/)/.test(file),
    );
    expect(wrong.filter((file) => importsOf(file).some(({ specifier }) => specifier.startsWith("node:")))).toEqual([]);
  });

  it("keeps files short", () => {
    const wall = 250;
    // Tables of data are as long as what they list.
    const tables = ["generator/model/reserved.ts"];
    const long = files
      .map((file) => ({ file, lines: read(file).split("\n").length }))
      .filter(({ file, lines }) => lines > wall && !tables.includes(file));
    expect(long).toEqual([]);
  });

  it("reads process and console in cli.ts only", () => {
    const wrong = files.filter(
      (file) => file !== "generator/cli.ts" && /\bconsole\.|(?<![.\w])process\./.test(withoutComments(read(file))),
    );
    expect(wrong).toEqual([]);
  });

  it("has no any, and no non-null assertion", () => {
    const wrong = files.filter((file) =>
      /(:\s*any\b|\bas any\b|<any>|\w!\.|\w!\)|\w!;|@ts-(ignore|nocheck))/.test(withoutComments(read(file))),
    );
    expect(wrong).toEqual([]);
  });

  it("has every path that its documents name", () => {
    const documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", ...list("docs").filter((file) => file.endsWith(".md"))];
    const wrong = documents.flatMap((document) =>
      [...read(document).matchAll(/`((?:generator|templates|scripts|spec|test|docs)\/[\w./-]*)`/g)]
        .map((match) => match[1] ?? "")
        .filter((named) => !existsSync(path.join(root, named)))
        .map((named) => `${document} names ${named}`),
    );
    expect(wrong).toEqual([]);
  });

  it("reports every problem of the catalogue somewhere, and shows each under test/problems", async () => {
    const { catalogue } = await import("../generator/diagnostics/catalogue.ts");
    const text = files
      .filter((file) => !file.startsWith("generator/diagnostics/catalogue"))
      .map(read)
      .join("\n");
    const codes = Object.keys(catalogue);
    expect(codes.filter((code) => !text.includes(`"${code}"`))).toEqual([]);
    expect(codes.filter((code) => !existsSync(path.join(root, "test/problems", code)))).toEqual([]);
  });
});

function roomOf(file: string): string {
  return file.split("/")[1] ?? "";
}

function localImports(file: string): readonly string[] {
  return importsOf(file)
    .filter(({ specifier }) => specifier.startsWith("."))
    .map(({ specifier }) => path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)));
}

function importsOf(file: string): readonly { readonly specifier: string; readonly typeOnly: boolean }[] {
  const found: { specifier: string; typeOnly: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier !== undefined &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      const typeOnly = ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly === true : node.isTypeOnly;
      found.push({ specifier: node.moduleSpecifier.text, typeOnly });
    }
    const [argument] = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments : [];
    if (argument !== undefined && ts.isStringLiteral(argument)) found.push({ specifier: argument.text, typeOnly: false });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true));
  return found;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

function list(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}
