/** Diagnostics go in; text for people, annotations for GitHub, or plain objects for programs come out. */
import type { Diagnostic, Severity } from "./diagnostic.ts";
import { frameOf, visible } from "./frame.ts";
import { placesIn, written, type Surroundings } from "./place.ts";

/** The colours that are used; those of picocolors fit. */
export interface Colors {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const same = (text: string): string => text;
const plain: Colors = { bold: same, dim: same, red: same, yellow: same, cyan: same };

/**
 * Each diagnostic with its place, the lines there, its cure and the places that belong to it; a blank line between two.
 * Ends with a line break; nothing for none. Without `colors`, no colours.
 *
 *     spec/pet.yaml:14:5  error  example-invalid  The example of "born" is not a date-time.
 *       13 | born:
 *       14 |   example: yesterday
 *          |            ^^^^^^^^^
 *          = write an RFC 3339 date-time, such as 2026-01-31T09:30:00Z
 */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: Surroundings & { readonly colors?: Colors },
): string {
  const colors = options.colors ?? plain;
  const placeOf = placesIn(options);
  const print = (diagnostic: Diagnostic): string => {
    const { code, severity, message, cure, related } = diagnostic;
    const place = placeOf(diagnostic);
    const lines = [
      `${colors.bold(visible(written(place)))}  ${paint(severity, colors)(severity)}  ${colors.dim(code)}  ${visible(message)}`,
    ];
    let margin = 1;
    if (place.source !== undefined && place.range !== undefined && place.source.text !== "") {
      const frame = frameOf(place.source, place.range);
      margin = String(place.range.start.line).length;
      for (const { number, text } of frame.lines)
        lines.push(`  ${colors.dim(`${String(number).padStart(margin)} |`)} ${text}`.trimEnd());
      lines.push(
        `  ${colors.dim(`${" ".repeat(margin)} |`)} ${" ".repeat(frame.indent)}${paint(severity, colors)("^".repeat(frame.width))}`,
      );
    }
    const note = (text: string): void => void lines.push(`  ${" ".repeat(margin)} ${colors.cyan("=")} ${visible(text)}`);
    for (const other of related) note(`${written(placeOf(other))}: ${other.message}`);
    if (cure !== undefined) note(cure);
    return lines.map((line) => `${line}\n`).join("");
  };
  return diagnostics.map(print).join("\n");
}

/** Workflow commands that GitHub shows as annotations of the changed files; a line for each diagnostic. */
export function printGithub(diagnostics: readonly Diagnostic[], surroundings: Surroundings): string {
  const placeOf = placesIn(surroundings);
  const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };
  return diagnostics
    .map((diagnostic) => {
      const { path, range } = placeOf(diagnostic);
      const lines =
        range === undefined
          ? {}
          : { line: range.start.line, col: range.start.column, endLine: range.end.line, endColumn: range.end.column };
      const properties = Object.entries({ file: path, ...lines, title: diagnostic.code }).map(
        ([name, value]) => `${name}=${escapeProperty(String(value))}`,
      );
      const related = diagnostic.related.map((other) => `\n${written(placeOf(other))}: ${other.message}`);
      const text = `${diagnostic.message}${related.join("")}${diagnostic.cure === undefined ? "" : `\n${diagnostic.cure}`}`;
      return `::${commands[diagnostic.severity]} ${properties.join(",")}::${escapeData(text)}\n`;
    })
    .join("");
}

/** A diagnostic as a program reads it: lines and columns count from 1 and are absent when the file could not be read. */
export interface DiagnosticJson {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The JSON Pointer into the file. */
  readonly pointer: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly cure?: string;
  readonly related: readonly {
    readonly file: string;
    readonly line?: number;
    readonly column?: number;
    readonly pointer: string;
    readonly message: string;
  }[];
}

/** The diagnostics as plain objects, for `JSON.stringify`. */
export function toJson(diagnostics: readonly Diagnostic[], surroundings: Surroundings): DiagnosticJson[] {
  const placeOf = placesIn(surroundings);
  return diagnostics.map((diagnostic) => {
    const { path, pointer, range } = placeOf(diagnostic);
    const end = range === undefined ? {} : { endLine: range.end.line, endColumn: range.end.column };
    const related = diagnostic.related.map((other) => {
      const place = placeOf(other);
      return { file: place.path, ...startOf(place), pointer: place.pointer, message: other.message };
    });
    const { code, severity, message, cure } = diagnostic;
    return {
      file: path,
      ...startOf({ range }),
      ...end,
      pointer,
      code,
      severity,
      message,
      ...(cure === undefined ? {} : { cure }),
      related,
    };
  });
}

function startOf({ range }: { readonly range?: ReturnType<ReturnType<typeof placesIn>>["range"] }): {
  line?: number;
  column?: number;
} {
  return range === undefined ? {} : { line: range.start.line, column: range.start.column };
}

function paint(severity: Severity, colors: Colors): (text: string) => string {
  return severity === "error" ? colors.red : severity === "warning" ? colors.yellow : colors.cyan;
}

// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts says which characters end a property or a command.
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
