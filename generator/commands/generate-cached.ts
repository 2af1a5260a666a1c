import type { Config } from "../config.ts";
import { openCache } from "../output/cache.ts";
import { withAssistant } from "../threads/assistant.ts";
import { outcomeLine, upToDateLine } from "./outcome.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

/** What `generate` is asked beside its settings. */
export interface GenerateOptions {
  readonly check: boolean;
  readonly cache: boolean;
}

/**
 * `openapi-triad generate`: writes the output folder, or with `check` tells how it differs and exits 1. When nothing has changed since a
 * run that left all as it should be, that run is told again; the generator is not even loaded.
 */
export async function generateCommand(config: Config, options: GenerateOptions, terminal: Terminal): Promise<ExitCode> {
  const started = terminal.now();
  const cache = options.cache ? openCache(terminal.cwd, [config, terminal.interactive, terminal.colors.bold("")]) : undefined;
  const told = cache?.recall();
  if (told === undefined) {
    return withAssistant(config, async (assistant) => {
      const { generateAnew } = await import("./generate.ts");
      return (await generateAnew(config, { check: options.check, cache, started, assistant }, terminal)).code;
    });
  }
  if (told.problems !== "") terminal.err(told.problems);
  if (options.check) {
    if (terminal.interactive) terminal.out(upToDateLine(told.files));
    return 0;
  }
  if (terminal.interactive) terminal.out(told.summary);
  terminal.out(outcomeLine({ written: 0, unchanged: told.files, removed: 0 }, terminal.now() - started));
  return 0;
}
