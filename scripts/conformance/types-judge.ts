/** `tsc` as the judge of instances: each is assigned to the type that we emit for its schema. */
import path from "node:path";
import ts from "typescript";
import { typesText } from "../../generator/emit/types.ts";
import type { Json } from "../../generator/openapi/shapes.ts";
import { strictOptions } from "../compile.ts";
import { modelReader, type Group } from "./json-schema-suite.ts";

/** What the compiler says of a schema's types, and of each of its instances. */
export interface Verdict {
  readonly group: Group;
  /** The errors in what we emit; none when it compiles. */
  readonly errors: readonly string[];
  readonly tests: readonly TestVerdict[];
}

export interface TestVerdict {
  readonly test: Group["tests"][number];
  /** Whether a value of the instance's literal type may be assigned. */
  readonly accepted: boolean;
  /** Whether the instance may be written there as an expression, where TypeScript also refuses members that the type does not name. */
  readonly acceptedFresh: boolean;
}

interface Complaint {
  readonly line: number;
  readonly message: string;
}

const home = path.resolve(import.meta.dirname, "../..", "conformance-in-memory");
/** Lines that each instance takes: its declaration, its assignment, and the expression. */
const linesPerTest = 3;
// The compiler gave up on these ("excessively deep", "too complex"): that is an error of the type, not an answer.
const surrender = new Set([2589, 2590]);

/** One program for all schemas: the types of each, and beside them a file that assigns its instances. */
export async function judge(groups: readonly Group[], folder: string): Promise<readonly Verdict[]> {
  const understand = modelReader(folder);
  const files = new Map<string, string>();
  for (const [index, group] of groups.entries()) {
    const { model } = await understand(group.schema);
    const name = model.schemas.find(({ key }) => key === "Root")?.name;
    if (name === undefined) throw new Error(`${group.file}: ${group.description}: the schema is gone.`);
    files.set(typesFile(index), typesText(model));
    files.set(checkFile(index), checkText(name, group));
  }
  const complaints = complaintsOf(files);
  return groups.map((group, index): Verdict => {
    const said = complaints.get(checkFile(index)) ?? [];
    const isFine = (line: number): boolean => said.every((complaint) => complaint.line !== line);
    return {
      group,
      errors: [...(complaints.get(typesFile(index)) ?? []), ...said.filter(({ line }) => line === -1)].map(
        ({ message }) => message,
      ),
      tests: group.tests.map((test, position) => ({
        test,
        accepted: isFine(2 + position * linesPerTest),
        acceptedFresh: isFine(3 + position * linesPerTest),
      })),
    };
  });
}

function typesFile(index: number): string {
  return path.join(home, String(index), "types.ts");
}

function checkFile(index: number): string {
  return path.join(home, String(index), "check.ts");
}

function checkText(name: string, { tests }: Group): string {
  const lines = tests.flatMap(({ data }, index) => [
    `declare const value${index}: ${literalOf(data)};`,
    `export const typed${index}: ${name} = value${index};`,
    `export const fresh${index}: ${name} = ${literalOf(data)};`,
  ]);
  return [`import type { ${name} } from "./types.js";`, ...lines, ""].join("\n");
}

/** A JSON value as a literal type, and as an expression too: on one line, by hand, so that our own emitter does not judge itself. */
function literalOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => literalOf(item)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${literalOf(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** What the compiler complains of, by file; at line -1 where it gave up. */
function complaintsOf(files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly Complaint[]> {
  const { options } = ts.convertCompilerOptionsFromJson({ ...strictOptions, types: [] }, home);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  const folders = new Set([home, ...[...files.keys()].map((file) => path.dirname(file))]);
  host.directoryExists = (name) => folders.has(name) || (directoryExists?.call(host, name) ?? true);
  host.fileExists = (name) => files.has(name) || fileExists.call(host, name);
  host.readFile = (name) => files.get(name) ?? readFile.call(host, name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile.call(host, name, version, ...rest) : ts.createSourceFile(name, text, version);
  };
  const found = new Map<string, Complaint[]>();
  for (const { file, start = 0, code, messageText } of ts.getPreEmitDiagnostics(
    ts.createProgram([...files.keys()], options, host),
  )) {
    const message = `TS${code} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    if (file === undefined) throw new Error(message);
    const line = surrender.has(code) ? -1 : file.getLineAndCharacterOfPosition(start).line;
    found.set(file.fileName, [...(found.get(file.fileName) ?? []), { line, message }]);
  }
  return found;
}
