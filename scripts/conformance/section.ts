/** One suite written by others: how it is run, and what a run tells. */

/** So many of so many. */
export interface Score {
  readonly passed: number;
  readonly total: number;
}

export interface Outcome {
  /** By a name that stays: the ratchet compares each with the last run kept. */
  readonly scores: Readonly<Record<string, Score>>;
  /** What stands under the section's heading in `docs/conformance.md`: Markdown, without the heading, the same for the same results. */
  readonly report: string;
}

export interface Section {
  /** The heading in `docs/conformance.md`. */
  readonly title: string;
  /** Where the suite lies when the command line names no folder; `undefined` for a suite that npm brings. */
  readonly folder?: string;
  readonly run: (folder: string) => Promise<Outcome>;
}
