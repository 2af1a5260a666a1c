import type { Severity } from "./severity.ts";

/** One kind of problem: its weight, its sentence, and its cure. The parameters are what the sentences speak of. */
export interface Entry<P> {
  readonly severity: Severity;
  /** Whether it breaks a rule of the specification although what is meant is plain: `lint` takes it for an error. */
  readonly mistake?: true;
  /** Names what the user wrote and states the fact; present tense, ends with a stop. */
  readonly message: (parameters: P) => string;
  /** The way out, as an imperative that starts in lower case: `write …`. `undefined` when there is none to name. */
  readonly cure?: (parameters: P) => string | undefined;
}

/** An error of the catalogue. */
export function error<P>(message: Entry<P>["message"], cure?: Entry<P>["cure"]): Entry<P> {
  return entry("error", message, cure);
}

/** A warning of the catalogue. */
export function warning<P>(message: Entry<P>["message"], cure?: Entry<P>["cure"]): Entry<P> {
  return entry("warning", message, cure);
}

/**
 * A mistake of the document that is repaired, since what is meant is plain: output made in spite of it is whole. It stops nothing, and
 * so is a warning, but for `lint`.
 */
export function mistake<P>(message: Entry<P>["message"], cure?: Entry<P>["cure"]): Entry<P> {
  return { ...entry("warning", message, cure), mistake: true };
}

function entry<P>(severity: Severity, message: Entry<P>["message"], cure?: Entry<P>["cure"]): Entry<P> {
  return cure === undefined ? { severity, message } : { severity, message, cure };
}

/** What is worth knowing and nothing to do about. */
export function info<P>(message: Entry<P>["message"], cure?: Entry<P>["cure"]): Entry<P> {
  return { ...warning(message, cure), severity: "info" };
}
