import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import type { Config } from "../config.ts";
import { emitterNames, type Counted, type EmitterName, type Pieces } from "../emit/emitter.ts";
import type { Trace } from "../output/trace.ts";
import type { Emissions, Stage } from "../pipeline.ts";

/** What a thread is given. */
export interface Task {
  readonly config: Config;
  /** Which emitters are taken, by their places in `emitterNames`; behind them, how many pieces are. Shared by the threads. */
  readonly claims: Int32Array;
  /** Where the pieces of the first thread come from. */
  readonly pieces: MessagePort;
}

/** What the second thread makes in any case: most of a run, in time. */
export const longest: EmitterName = "fixtures";

/** Takes an emitter, if nobody has: who gets `true` is to make what it makes. */
export function claim(claims: Int32Array, name: EmitterName): boolean {
  return Atomics.compareExchange(claims, emitterNames.indexOf(name), 0, 1) === 0;
}

/** What nobody has taken yet. */
export function unclaimed(): Int32Array {
  return new Int32Array(new SharedArrayBuffer((emitterNames.length + 2) * Int32Array.BYTES_PER_ELEMENT));
}

/** The place of how many pieces are taken, and that of whether the first thread has given away its own. */
const taken = emitterNames.length;
const given = taken + 1;

/** Takes one more piece; the second thread takes them from the first on, and the first one from the last. */
function takePiece(claims: Int32Array, count: number): boolean {
  return Atomics.add(claims, taken, 1) < count;
}

/** The second thread's way to make all pieces: those that the first one takes are waited for, which is at its last one by then. */
export function divide<T>({ claims, pieces }: Pick<Task, "claims" | "pieces">, { count, make }: Pieces<T>): readonly T[] {
  const own: T[] = [];
  while (takePiece(claims, count)) own.push(make(own.length));
  if (own.length === count) return own;
  Atomics.wait(claims, given, 0);
  // What crosses the border of a thread has no type; the only sender is `help`.
  const others = (receiveMessageOnPort(pieces)?.message ?? []) as readonly T[];
  if (own.length + others.length !== count) throw new Error("The threads have not read the same document.");
  return [...own, ...others];
}

/** The first thread's part in it. */
export function help({ claims, pieces }: Pick<Task, "claims" | "pieces">, { count, make }: Pieces, progress: Counted): void {
  const own: unknown[] = [];
  while (takePiece(claims, count)) {
    own.push(make(count - 1 - own.length));
    progress(Math.min(Atomics.load(claims, taken), count) - 1, count, "part");
  }
  pieces.postMessage(own.reverse());
  Atomics.store(claims, given, 1);
  Atomics.notify(claims, given);
}

/** What it gives back, when the document is good. */
export interface Made {
  readonly emissions: Emissions;
  /** What it has read. */
  readonly trace: Trace;
}

/** What it says: how far it is, and in the end what it has made. */
export type Said =
  { readonly kind: "progress"; readonly stage: Stage; readonly detail: string } | { readonly kind: "made"; readonly made: Made };
