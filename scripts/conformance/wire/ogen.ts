/** The rows of ogen's `uri/*_test.go`: texts and values of parameters, in both directions, against our wire codecs. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ParameterDescriptor, Shape, Style } from "../../../generator/runtime/operation.ts";
import {
  decodeCookies,
  decodeHeaders,
  decodePath,
  decodeQuery,
  type Decoded,
} from "../../../generator/runtime/wire/decode-parameters.ts";
import { encodeCookies, encodeHeaders, encodeQuery } from "../../../generator/runtime/wire/encode-parameters.ts";
import { encodePath } from "../../../generator/runtime/wire/encode-path.ts";
import { percentDecode } from "../../../generator/runtime/wire/percent.ts";
import { type GoRow, readTables, unread } from "./go-literals.ts";

/** One row, and what is wrong with our answer to it. */
export interface RowVerdict {
  /** `path, encode`. */
  readonly suite: string;
  readonly row: string;
  readonly fault: string | undefined;
}

const files = ["path", "query_param", "header_param", "cookie_param"].flatMap((place) =>
  ["decoder", "encoder"].map((side) => ({ place: place.replace("_param", ""), side, file: `${place}_${side}_test.go` })),
);

/** Judges every row of the folder `uri` of ogen that is a literal. */
export async function judgeOgen(folder: string): Promise<RowVerdict[]> {
  const verdicts: RowVerdict[] = [];
  for (const { place, side, file } of files) {
    const tables = readTables(await readFile(path.join(folder, "uri", file), "utf8"));
    for (const { name, rows } of tables)
      for (const row of rows) {
        if (Object.values(row).some(holdsUnread)) continue;
        const suite = `${place}, ${side === "decoder" ? "decode" : "encode"}`;
        const kind = /Array/i.test(name) ? "array" : /Object|Fields/i.test(name) ? "object" : "value";
        const asked = { place, kind, row } as const;
        verdicts.push({ suite, row: describe(row), fault: attempt(() => (side === "decoder" ? decode(asked) : encode(asked))) });
      }
  }
  for (const row of readTables(await readFile(path.join(folder, "uri/cookie_escape_test.go"), "utf8")).flatMap(
    ({ rows }) => rows,
  ))
    verdicts.push({ suite: "cookie, unescape", row: describe(row), fault: attempt(() => unescape(row)) });
  return verdicts;
}

interface Asked {
  readonly place: string;
  readonly kind: "value" | "array" | "object";
  readonly row: GoRow;
}

function decode({ place, kind, row }: Asked): string | undefined {
  const expected = kind === "object" ? pairs([...list(row.Expect), ...list(row.NonEnumeratedFields)]) : row.Expect;
  const parameter = parameterOf(place, row);
  const shape: Shape = kind === "array" ? { array: "string" } : kind === "object" ? { object: textMembers(expected) } : "string";
  const { values, problems } = decoded(parameter, { [parameter.name]: shape }, row.Input);
  if (problems.length > 0) return `refused: ${problems[0]?.message}`;
  const value = values[parameter.name];
  return isDeepStrictEqual(value, expected) ? undefined : `decoded as ${JSON.stringify(value)}`;
}

function decoded(parameter: ParameterDescriptor, shapes: Readonly<Record<string, Shape>>, input: unknown): Decoded {
  switch (parameter.in) {
    case "path":
      return decodePath([parameter], shapes, { [parameter.name]: String(input) });
    case "query":
      return decodeQuery([parameter], shapes, String(input));
    case "header": {
      const [, name = "", value = ""] = /^([^:]*): ?(.*?)\r?\n/.exec(String(input)) ?? [];
      return decodeHeaders([parameter], shapes, new Headers([[name, value]]));
    }
    default:
      return decodeCookies([parameter], shapes, list(member(input, "Cookie")).join("; "));
  }
}

function encode({ place, kind, row }: Asked): string | undefined {
  const parameter = parameterOf(place, row);
  const value = kind === "object" ? pairs(list(row.Input)) : row.Input;
  const values = { [parameter.name]: value };
  const [written, expected] = encoded(parameter, values, row.Expect);
  return written === expected ? undefined : `written as \`${written}\``;
}

function encoded(
  parameter: ParameterDescriptor,
  values: Readonly<Record<string, unknown>>,
  expect: unknown,
): readonly [string, string] {
  switch (parameter.in) {
    case "path":
      return [encodePath(`/{${parameter.name}}`, [parameter], values).slice(1), String(expect)];
    case "query":
      // Go sorts what it writes by the names.
      return [encodeQuery([parameter], values).split("&").sort().join("&"), String(expect)];
    case "header":
      return [
        encodeHeaders([parameter], values)
          .map(([, text]) => text)
          .join("\n"),
        Object.values(expect as Readonly<Record<string, readonly string[]>>)
          .flat()
          .join("\n"),
      ];
    default:
      return [encodeCookies([parameter], values) ?? "", list(member(expect, "Cookie")).join("; ")];
  }
}

function unescape(row: GoRow): string | undefined {
  const { values, problems } = decodeCookies([{ name: "a", in: "cookie" }], { a: "string" }, `a=${String(row.input)}`);
  if (row.wantOk === false) return problems.length > 0 ? undefined : `taken as ${JSON.stringify(values.a)}`;
  return values.a === row.want ? undefined : `decoded as ${JSON.stringify(values.a)}`;
}

function parameterOf(place: string, row: GoRow): ParameterDescriptor {
  const style = typeof row.Style === "string" ? (styles[row.Style.replace(/^(?:Path|Query)Style/, "")] ?? "form") : undefined;
  return {
    name: String(row.Param ?? row.HeaderName ?? row.CookieName),
    in: place as "path" | "query" | "header" | "cookie",
    ...(place === "path" ? { required: true } : {}),
    ...(style === undefined ? {} : { style }),
    explode: row.Explode === true,
  };
}

const styles: Readonly<Record<string, Style>> = {
  Simple: "simple",
  Label: "label",
  Matrix: "matrix",
  Form: "form",
  SpaceDelimited: "spaceDelimited",
  PipeDelimited: "pipeDelimited",
  DeepObject: "deepObject",
};

/** A list of Go's `Field{name, value}`. */
function pairs(fields: readonly unknown[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.map((field) =>
      Array.isArray(field) ? (field as [string, unknown]) : [String(member(field, "Name")), member(field, "Value")],
    ),
  );
}

function textMembers(value: unknown): Readonly<Record<string, Shape>> {
  return Object.fromEntries(Object.keys(value as object).map((name) => [name, "string"]));
}

function member(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function holdsUnread(value: unknown): boolean {
  return value === unread || (typeof value === "object" && value !== null && Object.values(value).some(holdsUnread));
}

function describe(row: GoRow): string {
  const { Param, HeaderName, CookieName, Style: style, Explode: explode, Input, input, Expect, ...rest } = row;
  const subject = Input ?? input;
  const text = typeof subject === "string" ? subject.trim() : JSON.stringify(subject);
  const words = [style, explode === true ? "explode" : ""].filter((word) => word !== undefined && word !== "");
  return `\`${text.replaceAll("`", "'")}\`${words.length === 0 ? "" : ` (${words.join(", ")})`}, ${JSON.stringify(Expect ?? rest.want ?? null)}`.replaceAll(
    "|",
    "\\|",
  );
}

function attempt(judge: () => string | undefined): string | undefined {
  try {
    return judge();
  } catch (error) {
    return String(error);
  }
}

/** Whether two texts differ in their percent-encoding alone. */
export function sameDecoded(one: string, other: string): boolean {
  return percentDecode(one.replaceAll("+", "%20")) === percentDecode(other.replaceAll("+", "%20"));
}
