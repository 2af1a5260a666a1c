/** The public Node API: what the command line does, as functions. */
import { resolveConfig, type UserConfig } from "./config.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { lint as lintDocument } from "./lint/lint.ts";
import type { GeneratedFile } from "./output/render.ts";
import { compare, write, type Comparison } from "./output/write.ts";
import { generate as generateFiles, understand } from "./pipeline.ts";
import { proveLaw, type OperationVerdict } from "./verify/law.ts";

export { createMock, type Mock, type MockSource, type OpenApiDocument } from "./create-mock.ts";
export type { MockOptions } from "./mock/mock.ts";
export { defineConfig, UsageError, type UserConfig } from "./config.ts";
export type { Diagnostic, Severity } from "./diagnostics/diagnostic.ts";
export type { Location } from "./diagnostics/location.ts";
export type { EmitterName } from "./emit/emitter.ts";
export type { Operation } from "./model/api-model.ts";
export type { GeneratedFile } from "./output/render.ts";
export type { Comparison } from "./output/write.ts";
export type { Failure } from "./verify/failure.ts";
export type { OperationVerdict } from "./verify/law.ts";

/** What a run found, and what it would write. */
export interface GenerateResult {
  /** What is wrong with the document, in the order it was found. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absent when there are errors. */
  readonly files?: readonly GeneratedFile[];
  /** How the output folder stands against `files`. */
  readonly comparison?: Comparison;
}

/**
 * Generates in memory and compares with the output folder; writes nothing. Hand the result to `writeFiles` to write it.
 * Settings that are not given come from `openapi-triad.config.*` in `cwd`, then from the defaults.
 * Throws a UsageError for a setting that cannot be meant; problems of the document are `diagnostics`.
 */
export async function generate(config: UserConfig = {}, cwd: string = "."): Promise<GenerateResult> {
  const resolved = await resolveConfig(cwd, config);
  const { diagnostics, files } = await generateFiles(resolved);
  if (files === undefined) return { diagnostics: diagnostics.all };
  return { diagnostics: diagnostics.all, files, comparison: await compare(resolved.out, files) };
}

/**
 * Writes what `generate` made into the output folder, whole or not at all, and returns what differed before.
 * Throws an Error when files are in the way that were not generated, and what the file system throws.
 */
export async function writeFiles(
  files: readonly GeneratedFile[],
  config: UserConfig = {},
  cwd: string = ".",
): Promise<Comparison> {
  const { out } = await resolveConfig(cwd, config);
  const comparison = await compare(out, files);
  await write(out, files, comparison);
  return comparison;
}

/** Everything that is wrong or missing in a document: what `generate` would say, and the lint rules. */
export async function lint(config: UserConfig = {}, cwd: string = "."): Promise<readonly Diagnostic[]> {
  const { diagnostics, document, model } = await understand(await resolveConfig(cwd, config));
  if (document !== undefined && model !== undefined) lintDocument(document, model, diagnostics);
  return diagnostics.all;
}

/**
 * Proves the law for each operation, over real HTTP on loopback: one verdict for each, in spec order.
 * Throws an Error with the first problem when the document cannot be generated from.
 */
export async function* verify(config: UserConfig = {}, cwd: string = "."): AsyncGenerator<OperationVerdict> {
  const resolved = await resolveConfig(cwd, { ...config, emit: ["client", "server", "webhooks", "fixtures"] });
  const { diagnostics, model, files } = await generateFiles(resolved);
  if (model === undefined || files === undefined) {
    const [first] = diagnostics.all.filter(({ severity }) => severity === "error");
    throw new Error(first === undefined ? "The document has errors." : `${first.at}: ${first.message}`);
  }
  yield* proveLaw(model, files);
}
