/** The specs of the suite, compiled to OpenAPI and generated from: what client and server are made of in this suite. */
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { resolveConfig } from "../../../generator/config.ts";
import type { ApiModel, Operation } from "../../../generator/model/api-model.ts";
import { generate } from "../../../generator/pipeline.ts";
import { makeRunnable, type RunnableModules } from "../../../generator/verify/transpile.ts";
import { specsFolder } from "./packages.ts";

/** One document of a spec: one for each version of its API. */
export interface Api {
  /** The folder of the spec: `encode/bytes`. */
  readonly spec: string;
  readonly model: ApiModel;
  readonly modules: RunnableModules;
  /** What stands between the host and the paths, with the version filled in. */
  readonly basePath: string;
}

/** A spec that does not become OpenAPI, and what the compiler says. */
export interface Unconverted {
  readonly spec: string;
  readonly reason: string;
}

interface Compiler {
  compile(host: unknown, main: string, options: object): Promise<{ readonly diagnostics: readonly CompilerDiagnostic[] }>;
  readonly NodeHost: unknown;
}

interface CompilerDiagnostic {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

/** Compiles every spec, in one process since the libraries take longest to load, and generates from each document. */
export async function makeApis(
  home: string,
): Promise<{ readonly apis: readonly Api[]; readonly unconverted: readonly Unconverted[] }> {
  const specs = specsFolder(home);
  const compilerModule = path.join(home, "node_modules/@typespec/compiler/dist/src/index.js");
  // The module is installed at run time; `Compiler` is what is used of it.
  const compiler = (await import(pathToFileURL(compilerModule).href)) as Compiler;
  const apis: Api[] = [];
  const unconverted: Unconverted[] = [];
  for (const spec of await specsIn(specs)) {
    const folder = path.join(home, "documents", spec.replaceAll("/", "+"));
    await rm(folder, { recursive: true, force: true });
    const reason = await compileSpec(compiler, path.join(specs, spec, "main.tsp"), folder);
    if (reason !== undefined) unconverted.push({ spec, reason });
    else for (const file of (await readdir(folder)).sort()) apis.push(await makeApi(spec, path.join(folder, file)));
  }
  return { apis, unconverted };
}

async function specsIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => path.basename(file) === "main.tsp")
    .map((file) => path.dirname(file).split(path.sep).join("/"))
    .sort();
}

async function compileSpec(compiler: Compiler, main: string, folder: string): Promise<string | undefined> {
  const emitter = "@typespec/openapi3";
  const options = { "emitter-output-dir": folder, "openapi-versions": ["3.2.0"], "file-type": "json" };
  try {
    const program = await compiler.compile(compiler.NodeHost, main, { emit: [emitter], options: { [emitter]: options } });
    const error = program.diagnostics.find(({ severity }) => severity === "error");
    return error === undefined ? undefined : `${error.code}: ${error.message}`;
  } catch (error) {
    const lines = error instanceof Error ? error.message.split("\n") : [String(error)];
    return `${emitter} crashes: ${lines.find((line) => line.includes("TypeError")) ?? lines[0] ?? ""}`;
  }
}

async function makeApi(spec: string, file: string): Promise<Api> {
  const overlay = path.join(import.meta.dirname, `${spec.replaceAll("/", "+")}.overlay.yaml`);
  const config = await resolveConfig(path.dirname(file), {
    spec: file,
    emit: ["client", "server"],
    ...(existsSync(overlay) ? { overlay } : {}),
  });
  const { model, files, diagnostics } = await generate(config);
  if (model === undefined || files === undefined) {
    const errors = diagnostics.all.filter(({ severity }) => severity === "error");
    throw new Error(`${file} is refused: ${errors.map(({ code, message }) => `${code} ${message}`).join("; ")}`);
  }
  const url = model.servers[0]?.url ?? "";
  const basePath = url.replace(/^(https?:\/\/[^/]*|\{endpoint\})/, "").replace(/\{[^{}]*\}/g, model.info.version);
  return { spec, model, modules: await makeRunnable(files), basePath };
}

/** The operation that a method and a path of the wire lead to, with the texts of its path parameters. */
export function findOperation(
  apis: readonly Api[],
  method: string,
  wirePath: string,
): { readonly api: Api; readonly operation: Operation; readonly texts: Readonly<Record<string, string>> } | undefined {
  for (const api of apis) {
    if (!wirePath.startsWith(api.basePath)) continue;
    const rest = wirePath.slice(api.basePath.length) || "/";
    // `/a/b` goes before `/a/{name}`.
    const operations = [...api.model.operations].sort((a, b) => a.path.split("{").length - b.path.split("{").length);
    for (const operation of operations) {
      if (operation.method !== method) continue;
      const match = patternOf(operation.path).exec(rest);
      if (match !== null) return { api, operation, texts: match.groups ?? {} };
    }
  }
  return undefined;
}

// The names of the suite's path parameters are identifiers.
function patternOf(template: string): RegExp {
  const source = template
    .replace(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replace(/\{([^{}]+)\}/g, (_whole, name: string) => `(?<${identifier(name)}>[^/]+)`);
  return new RegExp(`^${source}$`);
}

/** The name of the group that holds a path parameter. */
export function identifier(name: string): string {
  return name.replace(/\W/g, "_");
}
