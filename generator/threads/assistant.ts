/** Config in; a second thread out, which makes the fixtures and whatever else it comes to while the first makes the rest: docs/decisions/0021-two-threads.md. */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { Worker, type WorkerOptions } from "node:worker_threads";
import type { Config } from "../config.ts";
import type { Assistant, Progress, Understood } from "../pipeline.ts";
import { claim, longest, unclaimed, type Made, type Said, type Task } from "./task.ts";

/** Below this size of a document, in bytes, a thread costs more than it saves, for it reads the document too. */
const worthwhile = 1_000_000;

/** Runs with a second thread where that is worth it: for a big document on the disk, with a processor to spare. It ends with the run. */
export async function withAssistant<T>(config: Config, run: (assistant: Assistant | undefined) => Promise<T>): Promise<T> {
  // The young generation has grown as far as it is to.
  setFlagsFromString("--semi-space-growth-factor=1");
  if (!config.emit.includes("fixtures") || availableParallelism() < 2 || sizeOf(config.spec) < worthwhile) return run(undefined);
  // The second thread makes garbage by the gigabyte, and nothing that stays: with a young generation of 1 MB, a third of its time went there.
  setFlagsFromString("--min-semi-space-size=16");
  // Two heaps would hold twice the garbage before they are swept: 490 MB at most for GitHub's document instead of 570, for a twentieth of the time.
  setFlagsFromString("--heap-growing-percent=150");
  const assistant = startAssistant(config);
  try {
    return await run(assistant);
  } finally {
    await assistant.dismiss();
  }
}

/**
 * Starts a thread for part of the emitters. It reads the document by itself, since a model is shared by identity all over, which no
 * message keeps. A thread that fails, for whatever reason, has made nothing: the first one does its work, and meets what is wrong itself.
 */
export function startAssistant(
  config: Config,
  options: Pick<WorkerOptions, "execArgv"> = {},
): Assistant & { readonly dismiss: () => Promise<unknown> } {
  const claims = unclaimed();
  claim(claims, longest);
  const workerData: Task = { config, claims };
  const worker = new Worker(new URL(`./worker${path.extname(import.meta.url)}`, import.meta.url), { ...options, workerData });
  let last: Parameters<Progress> | undefined;
  let listener: Progress = (...said) => {
    last = said;
  };
  const made = new Promise<Made | undefined>((resolve) => {
    worker.on("message", (said: Said) => {
      if (said.kind === "progress") listener(said.stage, said.detail);
      else resolve(said.made);
    });
    worker.once("error", () => resolve(undefined));
    worker.once("exit", () => resolve(undefined));
  });
  return {
    claim: (name) => claim(claims, name),
    emissions: async (understood, progress = () => {}) => {
      if (last !== undefined) progress(...last);
      listener = progress;
      const result = await made;
      return result !== undefined && hasReadTheSame(result, understood) ? result.emissions : undefined;
    },
    dismiss: () => worker.terminate(),
  };
}

/** Of a file; 0 for what is none, such as a URL. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Between the two readings a file may have changed; and what comes from elsewhere may be another thing each time. */
function hasReadTheSame({ trace }: Made, understood: Understood): boolean {
  if (understood.remote) return false;
  return (["files", "links", "folders"] as const).every((kind) => {
    const [one, other] = [trace[kind], understood.trace[kind]];
    return one.size === other.size && [...one].every(([key, answer]) => other.get(key) === answer);
  });
}
