/**
 * Both packages as their users meet them: packed, installed into fresh repositories in a temporary folder, generated with,
 * type-checked and run. Prints what it does; exits 1 at the first thing that fails.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const work = mkdtempSync(path.join(tmpdir(), "openapi-triad-packages-"));
const typescript = `typescript@${readVersion("typescript")}`;
const nodeTypes = `@types/node@${readVersion("@types/node")}`;

try {
  const tool = pack(root);
  const client = pack(path.join(root, "generated"));
  tryTool(tool);
  tryClient(client);
  console.log("both packages install and work");
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** A repository that generates its own client, server and fixtures with `npm run generate`. */
function tryTool(tarball: string): void {
  const repository = fresh("generates", {
    generate: "openapi-triad generate",
    "check:api": "openapi-triad generate --check",
    "lint:api": "openapi-triad lint",
    verify: "openapi-triad verify",
  });
  cpSync(path.join(root, "scripts/downstream/openapi.yaml"), path.join(repository, "api/openapi.yaml"), { recursive: true });
  cpSync(path.join(root, "scripts/downstream/openapi-triad.config.ts"), path.join(repository, "openapi-triad.config.ts"));
  for (const file of ["consumer.ts", "tooling.ts"])
    cpSync(path.join(root, "scripts/downstream", file), path.join(repository, "src", file));
  npm(repository, "install", "--save-dev", tarball, typescript, nodeTypes);
  npm(repository, "run", "generate");
  npm(repository, "run", "check:api");
  npm(repository, "run", "lint:api");
  npm(repository, "run", "verify");
  compileAndRun(repository);
  // All that is made by default compiles where nothing is installed for it.
  run(
    repository,
    process.execPath,
    "node_modules/openapi-triad/dist/cli.js",
    "generate",
    "--out",
    "package",
    "--emit",
    "default",
  );
  run(repository, process.execPath, "node_modules/typescript/bin/tsc", "-p", "package", "--noEmit");
}

/** A repository that installs the published client package and has no generator at all. */
function tryClient(tarball: string): void {
  const repository = fresh("installs", {});
  cpSync(path.join(root, "scripts/downstream/posthog-consumer.ts"), path.join(repository, "src/consumer.ts"));
  npm(repository, "install", tarball);
  const installed = readdirSync(path.join(repository, "node_modules")).filter((name) => !name.startsWith("."));
  if (installed.length !== 1) throw new Error(`posthog-environments brings dependencies along: ${installed.join(", ")}`);
  npm(repository, "install", "--save-dev", typescript, nodeTypes);
  compileAndRun(repository);
  // Those who want its handlers for Mock Service Worker bring that themselves.
  cpSync(path.join(root, "scripts/downstream/mocked-consumer.ts"), path.join(repository, "src/mocked.ts"));
  npm(repository, "install", "--save-dev", `msw@${readVersion("msw")}`);
  compileAndRun(repository, "mocked");
}

function compileAndRun(repository: string, program = "consumer"): void {
  run(repository, process.execPath, "node_modules/typescript/bin/tsc", "-p", ".");
  run(repository, process.execPath, `dist/${program}.js`);
}

function fresh(name: string, scripts: Readonly<Record<string, string>>): string {
  const repository = path.join(work, name);
  mkdirSync(path.join(repository, "src"), { recursive: true });
  writeFileSync(path.join(repository, "package.json"), JSON.stringify({ name, private: true, type: "module", scripts }, null, 2));
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
    module: "NodeNext",
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    rootDir: "src",
    outDir: "dist",
  };
  writeFileSync(path.join(repository, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  return repository;
}

/** Packs a folder and returns the tarball's path; `prepack` builds what is published. */
function pack(folder: string): string {
  npm(folder, "pack", "--pack-destination", work);
  const { name, version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
  };
  return path.join(work, `${name}-${version}.tgz`);
}

function npm(cwd: string, ...argv: readonly string[]): void {
  run(cwd, "npm", ...argv);
}

function run(cwd: string, command: string, ...argv: readonly string[]): void {
  console.log(`${path.basename(cwd)} $ ${path.basename(command)} ${argv.map((word) => path.basename(word)).join(" ")}`);
  // What a command prints is of interest only when it fails.
  const { status, stdout, stderr } = spawnSync(command, argv, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${argv.join(" ")} exits ${status}\n${stdout}${stderr}`);
}

function readVersion(name: string): string {
  return (JSON.parse(readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8")) as { version: string }).version;
}
