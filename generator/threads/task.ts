import type { Config } from "../config.ts";
import type { EmitterName } from "../emit/emitter.ts";
import type { Trace } from "../output/trace.ts";
import type { Emissions, Stage } from "../pipeline.ts";

/** What a thread is given. */
export interface Task {
  readonly config: Config;
  readonly emitters: ReadonlySet<EmitterName>;
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
