import type { ParameterDescriptor, Shape } from "../operation.js";
import { alternativesOf } from "./alternatives.js";
import { absent, decodeEntry, type Entry } from "./decode-entries.js";
import { decodeHeaderText } from "./decode-header.js";
import { decodePathText, splitPair } from "./decode-styled.js";
import { decodeUrlencoded } from "./decode-urlencoded.js";
import { isJson } from "./encode-urlencoded.js";
import type { WireLocation, WireProblem } from "./errors.js";
import { formDecode, percentDecode } from "./percent.js";
import { readJson, type Reading, readText, unescaped } from "./reading.js";
import { spellingOf } from "./styles.js";

/** Values by name, only of those parameters that were sent, and everything that is wrong with the text. */
export interface Decoded {
  readonly values: { readonly [name: string]: unknown };
  readonly problems: readonly WireProblem[];
}

/** Shapes by the names of the parameters. Default: the text is kept. */
export type Shapes = { readonly [name: string]: Shape };

/** Reads path parameters from the texts that stand in the path, still percent-encoded. */
export function decodePath(
  parameters: readonly ParameterDescriptor[],
  shapes: Shapes,
  texts: { readonly [name: string]: string },
): Decoded {
  return decodeEach(parameters, "path", percentDecode, (parameter, reading) => {
    const raw = Object.hasOwn(texts, parameter.name) ? texts[parameter.name] : undefined;
    if (raw === undefined) return absent;
    const shape = shapeOf(shapes, parameter);
    if (parameter.mediaType === undefined)
      return decodePathText(raw, parameter.name, spellingOf(parameter), shape, reading);
    const text = unescaped(raw, reading);
    return text === undefined ? undefined : document(text, parameter.mediaType, shape, reading);
  });
}

/**
 * Reads query parameters; `search` is the query of the URL, with or without its `?`. Names that are not declared are passed over,
 * but by an exploded object that takes any name; `foreign` are names that are none of its business, such as that of an API key.
 */
export function decodeQuery(
  parameters: readonly ParameterDescriptor[],
  shapes: Shapes,
  search: string,
  foreign: readonly string[] = [],
): Decoded {
  const query = search.startsWith("?") ? search.slice(1) : search;
  const malformed: WireProblem[] = [];
  const entries = parseForm(query, malformed);
  const claimed = new Set([
    ...foreign,
    ...parameters.flatMap((parameter) => namesOf(parameter, shapeOf(shapes, parameter), entries)),
  ]);
  const decoded = decodeEach(parameters, "query", formDecode, (parameter, reading) =>
    decodeEntry(parameter, shapeOf(shapes, parameter), entries, claimed, reading),
  );
  const whole = decodeEach(parameters, "querystring", formDecode, (parameter, reading) =>
    decodeWhole(query, parameter, shapeOf(shapes, parameter), reading),
  );
  return {
    values: { ...decoded.values, ...whole.values },
    problems: [...malformed, ...decoded.problems, ...whole.problems],
  };
}

/** The names in a query that no parameter takes, each once; none where a parameter takes any. */
export function unknownNames(
  parameters: readonly ParameterDescriptor[],
  shapes: Shapes,
  search: string,
  foreign: readonly string[] = [],
): readonly string[] {
  const takesAny = parameters.some(
    (parameter) =>
      parameter.in === "querystring" ||
      (parameter.in === "query" && alternativesOf(shapeOf(shapes, parameter)).object?.rest !== undefined),
  );
  if (takesAny) return [];
  const entries = parseForm(search.replace(/^\?/, ""), []);
  const known = new Set([
    ...foreign,
    ...parameters.flatMap((parameter) =>
      parameter.in === "query" ? namesOf(parameter, shapeOf(shapes, parameter), entries) : [],
    ),
  ]);
  return [...new Set(entries.map(({ name }) => name))].filter((name) => !known.has(name));
}

/** Reads header parameters. */
export function decodeHeaders(
  parameters: readonly ParameterDescriptor[],
  shapes: Shapes,
  headers: Pick<Headers, "get">,
): Decoded {
  return decodeEach(parameters, "header", percentDecode, (parameter, reading) => {
    const text = headers.get(parameter.name);
    return text === null ? absent : decodeHeaderText(text, parameter, shapeOf(shapes, parameter), reading);
  });
}

/** Reads cookie parameters from the `Cookie` header. */
export function decodeCookies(
  parameters: readonly ParameterDescriptor[],
  shapes: Shapes,
  header: string | null,
): Decoded {
  const pairs = (header ?? "")
    .split(";")
    .map((part) => splitPair(part.trim()))
    .filter(([name]) => name !== "");
  const claimed = new Set(parameters.map((parameter) => parameter.name));
  const entries = pairs.map(([name, raw]): Entry => ({
    name: percentDecode(name) ?? name,
    raw: raw.replace(/^"(.*)"$/, "$1"),
  }));
  return decodeEach(parameters, "cookie", percentDecode, (parameter, reading) => {
    const raw = parameter.mediaType === undefined && spellingOf(parameter).style === "cookie";
    return decodeEntry(
      parameter,
      shapeOf(shapes, parameter),
      entries,
      claimed,
      raw ? { ...reading, unescape: (text) => text } : reading,
    );
  });
}

/** Splits a query or a form into entries. A name that is malformed is reported; its entry is left out. */
export function parseForm(text: string, problems: WireProblem[]): Entry[] {
  return text.split("&").flatMap((part) => {
    if (part === "") return [];
    const [rawName, raw] = splitPair(part);
    const name = formDecode(rawName);
    if (name !== undefined) return [{ name, raw }];
    problems.push({
      in: "query",
      name: rawName,
      pointer: "",
      keyword: "encoding",
      message: "must have a name of percent-encoded UTF-8",
    });
    return [];
  });
}

function decodeEach(
  parameters: readonly ParameterDescriptor[],
  location: Exclude<WireLocation, "body">,
  unescape: Reading["unescape"],
  decode: (parameter: ParameterDescriptor, reading: Reading) => unknown,
): Decoded {
  const problems: WireProblem[] = [];
  const values: [string, unknown][] = [];
  for (const parameter of parameters) {
    if (parameter.in !== location) continue;
    const value = decode(parameter, {
      place: { in: location, name: parameter.name },
      pointer: "",
      unescape,
      problems,
    });
    if (value !== absent) values.push([parameter.name, value]);
  }
  return { values: Object.fromEntries(values), problems };
}

/** The names in a query that belong to a parameter. */
function namesOf(parameter: ParameterDescriptor, shape: Shape, entries: readonly Entry[]): string[] {
  const { name } = parameter;
  const { style, explode } = spellingOf(parameter);
  if (style === "deepObject")
    return entries.filter((entry) => entry.name.startsWith(`${name}[`)).map((entry) => entry.name);
  return explode && parameter.mediaType === undefined
    ? [name, ...Object.keys(alternativesOf(shape).object?.object ?? {})]
    : [name];
}

function decodeWhole(query: string, parameter: ParameterDescriptor, shape: Shape, reading: Reading): unknown {
  if (query === "") return absent;
  if (parameter.mediaType === "application/x-www-form-urlencoded")
    return decodeUrlencoded({}, shape, query, reading);
  const text = unescaped(query, { ...reading, unescape: percentDecode });
  return text === undefined
    ? undefined
    : document(text, parameter.mediaType ?? "application/json", shape, reading);
}

function document(text: string, mediaType: string, shape: Shape, reading: Reading): unknown {
  if (!isJson(mediaType)) return readText(text, shape, reading);
  return readJson(text, reading);
}

function shapeOf(shapes: Shapes, parameter: ParameterDescriptor): Shape {
  return (Object.hasOwn(shapes, parameter.name) ? shapes[parameter.name] : undefined) ?? "any";
}
