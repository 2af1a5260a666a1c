import type { Diagnostics } from "../../diagnostics/diagnostic.ts";
import { duplicateKeys, type DuplicateKey } from "../../diagnostics/json.ts";
import { locationOf, type Location } from "../../diagnostics/location.ts";
import { sourceFile, type SourceFile } from "../../diagnostics/source-file.ts";
import { parseYaml } from "../../diagnostics/yaml.ts";
import { maxDepth } from "./references.ts";

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
  const at = locationOf(file, []);
  const damaged = text.indexOf("\ufffd");
  if (damaged !== -1) diagnostics.report("text-not-utf8", at, {}, { span: { start: damaged, end: damaged + 1 } });
  if (/\.(md|markdown|txt)$/i.test(file)) return { ...sourceFile(file, text, "text"), tree: text };
  if (/^\s*(?:[{[]|(?:true|false)\s*$)/.test(text)) {
    const tree = parseJson(text);
    if (tree !== undefined) {
      if (!diagnostics.unheard)
        for (const problem of duplicateKeys(text, tree)) reportDuplicate(problem, at, diagnostics, "warning");
      return { ...sourceFile(file, text, "json"), tree };
    }
  }
  const { value, problems } = parseYaml(text);
  const isJson = /\.json$/i.test(file);
  for (const problem of problems) {
    switch (problem.kind) {
      case "duplicate-key":
        reportDuplicate(problem, at, diagnostics, "error");
        break;
      case "aliases-multiply":
        diagnostics.report("aliases-multiply", at, {});
        break;
      case "too-deep":
        diagnostics.report("nested-too-deep", at, { depth: maxDepth + 1 }, { span: problem.span });
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

/** `undefined` for what is no JSON: YAML in flow style looks the same, and its parser names all mistakes, not only the first. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON leaves to its readers what a second key means, and they agree that it replaces the first (RFC 8259 §4); YAML forbids it. */
function reportDuplicate(
  { key, span, first }: DuplicateKey,
  at: Location,
  diagnostics: Diagnostics,
  severity: "error" | "warning",
): void {
  const related = [{ at, span: first, message: `"${key}" stands here first` }];
  diagnostics.report("key-duplicate", at, { key, lastCounts: severity === "warning" }, { span, related, severity });
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
