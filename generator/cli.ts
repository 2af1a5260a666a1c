#!/usr/bin/env node
/** argv → command → exit code; the only reader of `process`. */
import module from "node:module";
import { setFlagsFromString } from "node:v8";
import picocolors from "picocolors";
import { createProgram } from "./commands/program.ts";
import type { ExitCode, Terminal } from "./commands/terminal.ts";
import { UsageError } from "./config.ts";

async function main(): Promise<void> {
  const interactive = process.stderr.isTTY === true;
  // Problems go to one stream and results to the other: colours for both, or for none.
  const watched = interactive && process.stdout.isTTY === true;
  const colored = picocolors.isColorSupported && (watched || Boolean(process.env["FORCE_COLOR"]));
  const line = progressLine(interactive);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      line.clear();
      process.kill(process.pid, signal);
    });
  }
  const terminal: Terminal = {
    cwd: process.cwd(),
    out: (text) => {
      line.clear();
      process.stdout.write(text);
    },
    err: (text) => {
      line.clear();
      process.stderr.write(text);
    },
    progress: line.show,
    onInterrupt: (leave) => {
      for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal).on(signal, leave);
    },
    interactive: process.stdout.isTTY === true,
    colors: picocolors.createColors(colored),
    environment: (name) => process.env[name],
    now: () => performance.now(),
    clock: () => new Date(),
  };
  let exitCode: ExitCode = 0;
  try {
    await createProgram(terminal, (code) => (exitCode = code)).parseAsync(process.argv);
  } catch (error) {
    exitCode = report(error, terminal);
  }
  process.exitCode = exitCode;
}

/** The line that tells how far a run is: rewritten ten times a second at most, and gone before anything else is printed. */
function progressLine(interactive: boolean): { readonly show: (text: string) => void; readonly clear: () => void } {
  let shown = false;
  let last = { stage: "", at: Number.NEGATIVE_INFINITY };
  const clear = (): void => {
    if (shown) process.stderr.write("\r\u001b[2K");
    shown = false;
  };
  const show = (text: string): void => {
    if (!interactive) return;
    if (text === "") return clear();
    // A stage is told when it begins, for it may be long; what it counts, from time to time.
    const stage = text.replace(/\d.*$/, "");
    if (stage === last.stage && performance.now() - last.at < 100) return;
    last = { stage, at: performance.now() };
    process.stderr.write(`\r\u001b[2K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    shown = true;
  };
  return { show, clear };
}

function report(error: unknown, terminal: Terminal): ExitCode {
  // Commander has already said what is wrong; it exits 0 for --help and --version.
  if (error instanceof Error && "exitCode" in error && error.name === "CommanderError") return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    terminal.err(`openapi-triad: ${error.message}\n`);
    return 2;
  }
  terminal.err(
    `openapi-triad failed: this is a mistake of ours, and worth a report.\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return 70;
}

// What a run makes lives for one step or for all of it: a young generation that grows to 32 MB and more would only hold garbage for longer.
// That of `generate` grows once, to 8 MB, while the modules are loaded; `withAssistant` ends that.
setFlagsFromString(`--semi-space-growth-factor=${process.argv[2] === "generate" ? 8 : 1}`);
// `generate` takes seconds, in which V8's last optimizing compiler costs more than it gives: a fifth of all CPU time, on threads that the
// second processor is needed for. From Node 24 on, the one before it does nearly as well; earlier, there is none before it by default.
if (process.argv[2] === "generate" && Number.parseInt(process.versions.node, 10) >= 24) setFlagsFromString("--no-turbofan");
// Node keeps the compiled code of large libraries between runs, from 22.8 on (https://nodejs.org/api/module.html#module-compile-cache).
if ("enableCompileCache" in module && typeof module.enableCompileCache === "function") module.enableCompileCache();
await main();
