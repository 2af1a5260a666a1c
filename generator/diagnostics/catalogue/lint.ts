import { warning } from "../entry.ts";

/** Problems that only `lint` looks for. */
export const lintProblems = {
  "description-missing": warning<{ what: string }>(
    ({ what }) => `${what} has no description.`,
    () => "say in a sentence what it is for",
  ),
};
