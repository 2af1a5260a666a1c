import type { Diagnostics } from "../../diagnostics/diagnostic.ts";
import { locationOf } from "../../diagnostics/location.ts";
import { sourceFile, type SourceFile } from "../../diagnostics/source-file.ts";
import { parseYaml } from "../../diagnostics/yaml.ts";

/** One file that was read: its text and the tree in it; `undefined` when its syntax is broken (and reported). */
export interface Source extends SourceFile {
  readonly tree: unknown;
  /** Whether overlays have changed the tree: then the text does not tell what is in it. */
  readonly amended?: boolean;
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
    switch (problem.kind) {
      case "duplicate-key":
        diagnostics.report(
          "key-duplicate",
          at,
          { key: problem.key },
          { span: problem.span, related: [{ at, span: problem.first, message: `"${problem.key}" stands here first` }] },
        );
        break;
      case "aliases-multiply":
        diagnostics.report("aliases-multiply", at, {});
        break;
      case "syntax": {
        const message = isJson ? inJsonWords(problem.message) : problem.message;
        diagnostics.report(isJson ? "json-syntax" : "yaml-syntax", at, { message, cure: problem.cure }, { span: problem.span });
      }
    }
  }
  if (isJson && problems.length === 0) diagnostics.report("json-not-strict", at, {});
  return { ...sourceFile(file, text, "yaml"), tree: value };
}

/** The YAML parser's words for what JSON calls objects and arrays. */
function inJsonWords(message: string): string {
  return message
    .replace(/ in block collection must be sufficiently indented and end/i, " must end")
    .replace(/flow map items/i, "members of an object")
    .replace(/flow sequence items/i, "items of an array")
    .replace(/in flow map/i, "in an object")
    .replace(/in flow sequence/i, "in an array")
    .replace(/^Flow map/, "An object")
    .replace(/^Flow sequence/, "An array");
}
