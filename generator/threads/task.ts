import type { Config } from "../config.ts";
import type { EmitterName } from "../emit/emitter.ts";
import type { Trace } from "../output/trace.ts";
import type { Emissions } from "../pipeline.ts";

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
