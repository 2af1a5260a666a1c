import type { Diagnostics } from "../../diagnostics/diagnostic.ts";
import { locationOf } from "../../diagnostics/location.ts";
import { sourceFile, type SourceFile } from "../../diagnostics/source-file.ts";
import { parseYaml } from "../../diagnostics/yaml.ts";

/** One file that was read: its text and the tree in it; `undefined` when its syntax is broken (and reported). */
export interface Source extends SourceFile {
  readonly tree: unknown;
}

/** Reads a text as JSON or YAML, whatever its name says, and reports every mistake in its syntax. */
export function parse(file: string, written: string, diagnostics: Diagnostics): Source {
  // A byte order mark is no part of the text; offsets must not count it.
  const text = written.replace(/^\uFEFF/, "");
  if (/\.(md|markdown|txt)$/i.test(file)) return { ...sourceFile(file, text, "text"), tree: text };
  if (/^\s*[{[]/.test(text)) {
    try {
      return { ...sourceFile(file, text, "json"), tree: JSON.parse(text) };
    } catch {
      // Flow style YAML looks the same, and the YAML parser names all mistakes, not only the first.
    }
  }
  const { value, problems } = parseYaml(text);
  const isJson = /\.json$/i.test(file);
  const at = locationOf(file, []);
  for (const problem of problems) {
    const { span } = problem;
    if (problem.kind === "duplicate-key") {
      const related = [{ at, span: problem.first, message: `"${problem.key}" stands here first` }];
      diagnostics.report("key-duplicate", at, { key: problem.key }, { span, related });
    } else {
      diagnostics.report(isJson ? "json-syntax" : "yaml-syntax", at, { message: problem.message }, { span });
    }
  }
  if (isJson && problems.length === 0) diagnostics.report("json-not-strict", at, {});
  return { ...sourceFile(file, text, "yaml"), tree: value };
}
