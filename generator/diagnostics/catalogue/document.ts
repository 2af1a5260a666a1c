import { error } from "../entry.ts";

/** Problems found while a document is loaded, bundled and normalized. */
export const documentProblems = {
  "file-not-found": error<{ file: string }>(
    ({ file }) => `"${file}" does not exist.`,
    () => "check the path",
  ),
};
