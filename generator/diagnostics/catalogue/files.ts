import { error, warning } from "../entry.ts";

/** Problems of files and of the text in them. */
export const fileProblems = {
  "file-not-found": error<{ file: string; suggestion: string | undefined }>(
    ({ file }) => `"${file}" does not exist.`,
    ({ suggestion }) => (suggestion === undefined ? "correct the path" : `did you mean "${suggestion}"?`),
  ),
  "file-unreadable": error<{ file: string; reason: string }>(
    ({ file, reason }) => `"${file}" cannot be read (${reason}).`,
    ({ file, reason }) => {
      if (reason === "EISDIR") return "name a file in that folder";
      return /^https?:/i.test(file) ? "see that a server answers there, or name a copy of the file" : "see that you may read it";
    },
  ),
  "reference-outside-roots": error<{ reference: string; root: string }>(
    ({ reference }) => `"${reference}" leads out of the folder of the document.`,
    ({ root }) => `move the file into ${root}, or add its folder to "roots"`,
  ),
  "reference-to-url-refused": error<{ url: string; reason: string; host: string | undefined }>(
    ({ url, reason }) => `"${url}" is not fetched: ${reason}.`,
    ({ host }) =>
      `keep a copy of it beside the document and refer to that${host === undefined ? "" : `, or add "${host}" to "allowHosts" if you trust it`}`,
  ),
  "text-not-utf8": warning<object>(
    () => "The file has bytes that are no UTF-8; the first of them stand here, and are read as U+FFFD.",
    () => "save the file as UTF-8",
  ),
  "yaml-syntax": error<{ message: string; cure: string | undefined }>(
    ({ message }) => message,
    ({ cure }) => cure ?? "correct the YAML here; indentation and quotes are the usual causes",
  ),
  "json-syntax": error<{ message: string; cure: string | undefined }>(
    ({ message }) => message,
    ({ cure }) => cure ?? "correct the JSON here; commas and quotes are the usual causes",
  ),
  "json-not-strict": warning<object>(
    () => "The file is named .json but is no JSON; it is read as YAML.",
    () => "remove comments and trailing commas, or name it .yaml",
  ),
  "key-duplicate": error<{ key: string; lastCounts: boolean }>(
    ({ key, lastCounts }) => `The key "${key}" stands twice in one map${lastCounts ? "; the last counts" : ""}.`,
    () => "remove or rename one of the two",
  ),
  "alias-cycle": error<object>(
    () => "A YAML alias makes this value contain itself.",
    () => "use a $ref for what contains itself",
  ),
  "aliases-multiply": error<object>(
    () => "YAML aliases blow this file up to more values than any document has.",
    () => "use a $ref for what is repeated",
  ),
};
