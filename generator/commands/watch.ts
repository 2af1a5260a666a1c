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
  const changes = createChanges(terminal);
  try {
    do await runOnce(flags, changes, terminal);
    while (await changes.next());
    return 0;
  } finally {
    changes.close();
  }
}

/** One run; what it depends on is followed. */
async function runOnce(flags: UserConfig, changes: Changes, terminal: Terminal): Promise<void> {
  const settings = configFiles(terminal.cwd);
  changes.follow(settings);
  const config = await resolve(flags, terminal);
  if (config === undefined) {
    terminal.err("Watching for changes.\n");
    return;
  }
  const started = terminal.now();
  const { trace } = await withAssistant(config, (assistant) =>
    generateAnew(config, { check: false, cache: undefined, started, assistant }, terminal),
  );
  changes.follow(settings, trace);
  terminal.err("Watching for changes.\n");
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

/** Changes of files that something was read from, and the user's Ctrl+C. */
export interface Changes {
  /** Whether anything has been waited for. */
  readonly running: boolean;
  /** What counts from now on. */
  follow(...traces: readonly Trace[]): void;
  /** Nothing counts any more. */
  forget(): void;
  /** Waits for a change, and for the disk to be quiet; false when the user leaves. */
  next(): Promise<boolean>;
  close(): void;
}

/** Watches what is followed. From then on Ctrl+C is ours: it ends `next`. */
export function createChanges(terminal: Pick<Terminal, "onInterrupt">): Changes {
  let [left, running] = [false, false];
  let wake: () => void = () => undefined;
  let followed: readonly Trace[] = [];
  const watcher = createWatcher(() => wake());
  terminal.onInterrupt(() => {
    left = true;
    wake();
  });
  return {
    get running() {
      return running;
    },
    follow(...traces) {
      followed = traces;
      for (const trace of traces) watcher.watch(trace);
    },
    forget() {
      followed = [];
      watcher.close();
    },
    async next() {
      running = true;
      while (!left && followed.every(isUnchanged)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          // What changed before this line has woken nobody.
          if (left || !followed.every(isUnchanged)) resolve();
        });
        if (!left) await new Promise((resolve) => setTimeout(resolve, quiet));
      }
      return !left;
    },
    close: () => watcher.close(),
  };
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
