import path from "node:path";
import type { Config } from "../config.ts";
import { shorten } from "../diagnostics/place.ts";
import { emitterNames } from "../emit/emitter.ts";
import type { Cache } from "../output/cache.ts";
import type { EmittedFile } from "../output/render.ts";
import type { Trace } from "../output/trace.ts";
import { compare, isCurrent, write, type Comparison } from "../output/write.ts";
import { generate, type Assistant, type Generated } from "../pipeline.ts";
import { showDiff } from "./diff.ts";
import { showDiagnostics } from "./diagnostics.ts";
import { outcomeLine, upToDateLine } from "./outcome.ts";
import { count, size, type ExitCode, type Terminal } from "./terminal.ts";

/** What a run left behind: its exit code, and what it looked at. */
export interface Outcome {
  readonly code: ExitCode;
  readonly trace: Trace;
}

/** How the output folder is to be made, beside the settings. */
export interface Circumstances {
  readonly check: boolean;
  readonly cache: Cache | undefined;
  /** When the command began, by the terminal's clock. */
  readonly started: number;
  readonly assistant: Assistant | undefined;
}

/** Writes the output folder, or with `check` tells how it differs; keeps the run when all is as it should be. */
export async function generateAnew(
  config: Config,
  { check: checking, cache, started, assistant }: Circumstances,
  terminal: Terminal,
): Promise<Outcome> {
  const generated = await generate(config, (stage, detail) => terminal.progress(`${stage} ${detail}`), assistant);
  terminal.progress("");
  const { trace, files } = generated;
  let problems = "";
  const err = (text: string): void => {
    problems += text;
    terminal.err(text);
  };
  showDiagnostics(generated, { ...terminal, err });
  const code = await finish({ config, generated, check: checking, started }, terminal);
  terminal.progress("");
  if (code === 0 && files !== undefined && !generated.remote) {
    const told = { problems, summary: summary(config, generated, files, terminal), files: files.length + 1 };
    cache?.keep({ trace, out: config.out, files, told });
  }
  return { code, trace };
}

async function finish(run: Omit<Run, "files">, terminal: Terminal): Promise<ExitCode> {
  const { config, generated } = run;
  const { files } = generated;
  const untouched = `Nothing was written: ${path.relative(terminal.cwd, config.out) || "."} is as it was.\n`;
  if (files === undefined) {
    terminal.err(untouched);
    return 1;
  }
  try {
    return await put({ ...run, files }, terminal);
  } catch (error) {
    if (!isFileSystemError(error)) throw error;
    terminal.err(`The output folder cannot be used: ${error.message}.\n${untouched}`);
    return 1;
  }
}

interface Run {
  readonly config: Config;
  readonly generated: Generated;
  readonly files: readonly EmittedFile[];
  readonly check: boolean;
  readonly started: number;
}

async function put({ config, generated, files, check: checking, started }: Run, terminal: Terminal): Promise<ExitCode> {
  terminal.progress(`${checking ? "compare" : "write"} ${count(files.length, "file")}`);
  const comparison = await compare(config.out, files);
  if (comparison.foreign.length > 0) return refuse(config, comparison, terminal);
  if (checking) return check(config, comparison, terminal);
  await write(config.out, files, comparison);
  if (terminal.interactive) terminal.out(summary(config, generated, files, terminal));
  const written = comparison.changed.length + comparison.missing.length;
  const counts = { written, unchanged: comparison.unchanged.length, removed: comparison.orphaned.length };
  terminal.out(outcomeLine(counts, terminal.now() - started));
  return 0;
}

/** What Node throws when the disk says no: `EACCES: permission denied, mkdir '/out'`. */
function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

function summary(config: Config, generated: Generated, files: readonly EmittedFile[], terminal: Terminal): string {
  const { model, document } = generated;
  const facts = [
    document === undefined ? "" : `OpenAPI ${document.dialect}`,
    count(model?.operations.length ?? 0, "operation"),
    count(model?.schemas.length ?? 0, "schema"),
    count(generated.sources.length, "file"),
  ];
  const rows = emitterNames.flatMap((emitter) => {
    const own = files.filter((file) => file.emitter === emitter);
    const [first] = own;
    if (first === undefined) return [];
    const rest = own.length === 1 ? "" : ` + ${count(own.length - 1, "file")}`;
    const bytes = own.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
    return [`  ${emitter.padEnd(15)}${(first.path + rest).padEnd(38)}${size(bytes).padStart(8)}\n`];
  });
  return `  ${terminal.colors.bold(shorten(config.spec, terminal.cwd))}   ${facts.filter(Boolean).join(" · ")}\n${rows.join("")}`;
}

function check(config: Config, comparison: Comparison, terminal: Terminal): ExitCode {
  if (isCurrent(comparison)) {
    if (terminal.interactive) terminal.out(upToDateLine(comparison.unchanged.length));
    return 0;
  }
  const place = (file: string): string => path.relative(terminal.cwd, path.join(config.out, file));
  const { yellow } = terminal.colors;
  for (const { path: file, before, after } of comparison.changed) {
    terminal.out(`  ${yellow("changed ")}   ${place(file)}\n${showDiff(before, after, terminal)}`);
  }
  for (const file of comparison.missing) terminal.out(`  ${yellow("missing ")}   ${place(file)}\n`);
  for (const file of comparison.orphaned) terminal.out(`  ${yellow("orphaned")}   ${place(file)}\n`);
  terminal.out("  Run `openapi-triad generate` (or your npm script for it) and commit the result.\n");
  return 1;
}

function refuse(config: Config, comparison: Comparison, terminal: Terminal): ExitCode {
  for (const file of comparison.foreign) {
    terminal.err(`${path.relative(terminal.cwd, path.join(config.out, file))} is in the way: it was not generated.\n`);
  }
  terminal.err("Nothing was written. Move these files, or choose another folder with --out.\n");
  return 1;
}
