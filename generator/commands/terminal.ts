import type { createColors } from "picocolors";

/** What a command may know of the outside world. `cli.ts` makes the real one; tests make their own. */
export interface Terminal {
  readonly cwd: string;
  /** Results. */
  readonly out: (text: string) => void;
  /** Progress and problems. */
  readonly err: (text: string) => void;
  /** Rewrites the progress line; does nothing when nobody watches. */
  readonly progress: (line: string) => void;
  /** Whether a person watches: summaries are printed for people, pipes stay quiet. */
  readonly interactive: boolean;
  readonly colors: ReturnType<typeof createColors>;
  /** Calls back when the user wants to leave (Ctrl+C). From then on it is ours to end. */
  readonly onInterrupt: (leave: () => void) => void;
  /** A variable of the environment. */
  readonly environment: (name: string) => string | undefined;
  /** Milliseconds, for telling how long a command took. */
  readonly now: () => number;
  /** The time of day. */
  readonly clock: () => Date;
}

/** Exit codes: 0 all well; 1 the spec or the output is wrong; 2 the command is wrong; 70 we are wrong (`EX_SOFTWARE`). */
export type ExitCode = 0 | 1 | 2 | 70;

/** A size for people: `41 KB`. */
export function size(bytes: number): string {
  return bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 * 1024
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A number of things for people: `1 file`, `3 files`, `1,223 operations`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

/** A time for people: `0.9 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
