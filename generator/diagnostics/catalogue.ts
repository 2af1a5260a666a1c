import type { Entry } from "./entry.ts";
import { documentProblems } from "./catalogue/document.ts";
import { extensionProblems } from "./catalogue/extensions.ts";
import { fileProblems } from "./catalogue/files.ts";
import { lintProblems } from "./catalogue/lint.ts";
import { modelProblems } from "./catalogue/model.ts";

/** Every problem the tool can report, by its stable code. */
export const catalogue = { ...fileProblems, ...documentProblems, ...modelProblems, ...extensionProblems, ...lintProblems };

/** The stable name of a problem, such as `reference-not-found`. */
export type Code = keyof typeof catalogue;

/** What the sentences of a problem speak of. */
export type ParametersOf<C extends Code> = (typeof catalogue)[C] extends Entry<infer P> ? P : never;
