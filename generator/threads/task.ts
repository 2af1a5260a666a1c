import type { Config } from "../config.ts";
import { emitterNames, type EmitterName } from "../emit/emitter.ts";
import type { Trace } from "../output/trace.ts";
import type { Emissions, Stage } from "../pipeline.ts";

/** What a thread is given. */
export interface Task {
  readonly config: Config;
  /** Which emitters are taken, by their places in `emitterNames`; shared by the threads. */
  readonly claims: Int32Array;
}

/** What the second thread makes in any case: most of a run, in time. */
export const longest: EmitterName = "fixtures";

/** Takes an emitter, if nobody has: who gets `true` is to make what it makes. */
export function claim(claims: Int32Array, name: EmitterName): boolean {
  return Atomics.compareExchange(claims, emitterNames.indexOf(name), 0, 1) === 0;
}

/** What nobody has taken yet. */
export function unclaimed(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(emitterNames.length * Int32Array.BYTES_PER_ELEMENT));
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
