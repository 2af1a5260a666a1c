import path from "node:path";
import type { Config } from "../config.ts";
import { emitterNames } from "../emit/emitter.ts";
import type { EmittedFile } from "../output/render.ts";
import { compare, isCurrent, write, type Comparison } from "../output/write.ts";
import { generate, type Generated } from "../pipeline.ts";
import { showDiff } from "./diff.ts";
import { showDiagnostics } from "./diagnostics.ts";
import { count, seconds, size, type ExitCode, type Terminal } from "./terminal.ts";

/** `openapi-triad generate`: writes the output folder, or with `check` tells how it differs and exits 1. */
export async function generateCommand(config: Config, options: { readonly check: boolean }, terminal: Terminal): Promise<ExitCode> {
  const started = terminal.now();
  const generated = await generate(config, (stage, detail) => terminal.progress(`${stage} ${detail}`));
  terminal.progress("");
  showDiagnostics(generated, terminal);
  if (generated.files === undefined) {
    terminal.err(`Nothing was written: ${path.relative(terminal.cwd, config.out) || "."} is as it was.\n`);
    return 1;
  }
  const comparison = await compare(config.out, generated.files);
  if (comparison.foreign.length > 0) return refuse(config, comparison, terminal);
  if (options.check) return check(config, comparison, terminal);
  await write(config.out, generated.files, comparison);
  if (terminal.interactive) terminal.out(summary(config, generated, generated.files, terminal));
  const written = comparison.changed.length + comparison.missing.length;
  const outcome = `${count(written, "file")} written, ${comparison.unchanged.length} unchanged, ${comparison.orphaned.length} removed`;
  terminal.out(`  ${outcome} · ${seconds(terminal.now() - started)}\n`);
  return 0;
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
  return `  ${terminal.colors.bold(path.relative(terminal.cwd, config.spec))}   ${facts.filter(Boolean).join(" · ")}\n${rows.join("")}`;
}

function check(config: Config, comparison: Comparison, terminal: Terminal): ExitCode {
  if (isCurrent(comparison)) {
    if (terminal.interactive) terminal.out(`  ${count(comparison.unchanged.length, "file")} up to date\n`);
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
