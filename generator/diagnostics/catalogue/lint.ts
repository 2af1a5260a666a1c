import { warning } from "../entry.ts";

/** Problems that only `lint` looks for. */
export const lintProblems = {
  "description-missing": warning<{ what: string }>(
    ({ what }) => `${what} has no description.`,
    () => "say in a sentence what it is for",
  ),
  "pattern-invalid": warning<{ pattern: string }>(
    ({ pattern }) => `The pattern "${pattern}" is no regular expression of ECMAScript, so it is not checked.`,
    () => "write it as JavaScript would read it, and mind that YAML and JSON take a backslash of their own",
  ),
};
