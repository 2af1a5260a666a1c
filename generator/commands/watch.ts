import { watch as watchFolder, type FSWatcher } from "node:fs";
import path from "node:path";
import { resolveConfig, UsageError, type Config, type UserConfig } from "../config.ts";
import { isUnchanged, type Trace } from "../output/trace.ts";
import { withAssistant } from "../threads/assistant.ts";
import { configFiles } from "./config-files.ts";
import { generateAnew } from "./generate.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

/** How long the disk has to be quiet before a run, in milliseconds: editors write a file in several steps. */
const quiet = 100;

/**
 * `openapi-triad generate --watch`: generates, and again whenever a file changes that the run has read, or has looked for in vain. What is
 * wrong is shown, and the watch goes on; it ends with the user's Ctrl+C, and exit code 0.
 */
export async function watchCommand(flags: UserConfig, terminal: Terminal): Promise<ExitCode> {
  let left = false;
  let wake: () => void = () => undefined;
  terminal.onInterrupt(() => {
    left = true;
    wake();
  });
  const watcher = createWatcher(() => wake());
  try {
    while (!left) {
      const inputs = await runOnce(flags, watcher, terminal);
      while (!left && inputs.every(isUnchanged)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          // What changed between the run and this line has woken nobody.
          if (left || !inputs.every(isUnchanged)) resolve();
        });
        if (!left) await new Promise((resolve) => setTimeout(resolve, quiet));
      }
    }
    return 0;
  } finally {
    watcher.close();
  }
}

/** One run; gives what it depends on. */
async function runOnce(flags: UserConfig, watcher: Watcher, terminal: Terminal): Promise<readonly Trace[]> {
  const settings = configFiles(terminal.cwd);
  watcher.watch(settings);
  const config = await resolve(flags, terminal);
  if (config === undefined) {
    terminal.err("Watching for changes.\n");
    return [settings];
  }
  const started = terminal.now();
  const { trace } = await withAssistant(config, (assistant) =>
    generateAnew(config, { check: false, cache: undefined, started, assistant }, terminal),
  );
  watcher.watch(trace);
  terminal.err("Watching for changes.\n");
  return [settings, trace];
}

async function resolve(flags: UserConfig, terminal: Terminal): Promise<Config | undefined> {
  try {
    return await resolveConfig(terminal.cwd, flags);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`openapi-triad: ${error.message}\n`);
    return undefined;
  }
}

interface Watcher {
  watch(trace: Trace): void;
  close(): void;
}

/** Watches the folders of files, not the files: an editor that saves puts another file in the place of the old one. */
function createWatcher(changed: () => void): Watcher {
  const watched = new Map<string, FSWatcher>();
  const add = (folder: string): void => {
    if (watched.has(folder)) return;
    try {
      const one = watchFolder(folder, changed);
      one.on("error", () => {
        one.close();
        watched.delete(folder);
        changed();
      });
      watched.set(folder, one);
    } catch {
      // It is not there: whether it comes is seen in the folder around it.
      if (path.dirname(folder) !== folder) add(path.dirname(folder));
    }
  };
  return {
    watch({ files, folders }) {
      for (const file of files.keys()) add(path.dirname(file));
      for (const folder of folders.keys()) add(folder);
    },
    close() {
      for (const one of watched.values()) one.close();
    },
  };
}
