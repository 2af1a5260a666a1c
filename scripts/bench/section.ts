import type { Peers } from "./peers.ts";

/** What a section measures with. */
export interface Bench {
  /** The folder of this repository. */
  readonly root: string;
  /** An empty folder for what is written; removed at the end. */
  readonly work: string;
  readonly peers: Peers;
  /** The folder of other people's documents. */
  readonly corpus: string;
  /** How often each thing is measured. */
  readonly rounds: number;
}

export interface Section {
  /** The heading in `docs/benchmarks.md`. */
  readonly title: string;
  /** Measures, and returns what stands under the heading: Markdown. */
  run(bench: Bench): Promise<string>;
}
