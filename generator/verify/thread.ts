import path from "node:path";
import { Worker, type WorkerOptions } from "node:worker_threads";
import type { GeneratedFile } from "../output/render.ts";
import type { Hand, Range } from "./hand.ts";
import type { Proof } from "./prove.ts";
import type { Scene } from "./subject.ts";

/** What a thread is asked. */
export type Order =
  { readonly kind: "layOut"; readonly files: readonly GeneratedFile[] } | { readonly kind: "prove"; readonly range: Range };

/** What a thread is started with. */
export interface Start {
  readonly folder: string;
  readonly scenes: readonly Scene[];
}

/** A hand of another thread. It is asked one thing at a time; when it fails, so does what it was asked. */
export function startThread(start: Start, options: Pick<WorkerOptions, "execArgv"> = {}): Hand {
  const worker = new Worker(new URL(`./worker${path.extname(import.meta.url)}`, import.meta.url), {
    ...options,
    workerData: start,
  });
  const failed = new Promise<never>((_, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`A thread of the law ended with ${code}.`)));
  });
  // Whoever asks is told; a thread that nobody asks has nothing to fail at.
  failed.catch(() => undefined);
  const ask = (order: Order): Promise<unknown> =>
    Promise.race([
      failed,
      new Promise((resolve) => {
        worker.once("message", resolve);
        worker.postMessage(order);
      }),
    ]);
  return {
    async layOut(files) {
      await ask({ kind: "layOut", files: files.map(({ path: name, text }) => ({ path: name, text })) });
    },
    // What crosses the border of a thread has no type; the only other side is worker.ts.
    prove: async (range) => (await ask({ kind: "prove", range })) as readonly Proof[],
    async close() {
      await worker.terminate();
    },
  };
}
