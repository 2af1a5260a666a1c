import type { ParameterDescriptor } from "../operation.js";
import { classify, type Classified, memberText, omitted, refuse } from "./classify.js";
import type { Place } from "./errors.js";
import { percentEncode, percentEncodeKeeping } from "./percent.js";
import { spellingOf } from "./styles.js";
import { documentText, encodeOrRefuse, refuseUndeclared } from "./documents.js";

/**
 * Fills a path template: `/things/{id}` and `{ id: "a/b" }` make `/things/a%2Fb`. A value can never change which path is meant:
 * whatever would make a segment empty, `.` or `..` is refused, because URL parsers resolve such segments, `%2e%2e` too
 * (https://url.spec.whatwg.org/#double-dot-path-segment).
 *
 * Throws an EncodeError for such a value, for one that is missing or null, and for a value that the template does not have.
 */
export function encodePath(
  template: string,
  parameters: readonly ParameterDescriptor[],
  values: { readonly [name: string]: unknown } = {},
): string {
  const names = new Set<string>();
  const segments = template.split("/").map((segment) => {
    let last: Place | undefined;
    const parts = segment.split(/\{([^{}]*)\}/);
    // Literals and names in turn; what stands between two values tells them apart.
    const separators = parts.filter((_part, index) => index % 2 === 0).slice(1, -1);
    const filled = parts
      .map((part, index) => {
        if (index % 2 === 0) return escapeLiteral(part);
        names.add(part);
        last = { in: "path", name: part };
        const parameter = parameters.find((each) => each.in === "path" && each.name === part);
        return separators.reduce(
          escapeSeparator,
          expand(parameter ?? { name: part, in: "path" }, values, last),
        );
      })
      .join("");
    if (last !== undefined && /^(?:\.|%2e){0,2}$/i.test(filled)) {
      const written = last.name === undefined ? undefined : values[last.name];
      return refuse(
        `would make the path segment ${JSON.stringify(filled)} of ${template} with the value ${JSON.stringify(written)}`,
        last,
      );
    }
    return filled;
  });
  refuseUndeclared(values, names, "path");
  return segments.join("/");
}

// What a URL cannot hold as it is: a parser would drop a line break, and take a backslash for a slash.
function escapeLiteral(text: string): string {
  return text.replace(/%(?![0-9a-f]{2})|["<>\\^`{|}]|[^\x21-\x7E]+/gi, encodeURIComponent);
}

// In `{name}.{extension}`, a dot in a value would be taken for the one between them.
function escapeSeparator(text: string, [first]: string): string {
  if (first === undefined) return text;
  const code = percentEncode(first);
  const escaped = code === first ? `%${first.charCodeAt(0).toString(16).toUpperCase()}` : code;
  return text.replace(/%[0-9A-F]{2}|[^]/gu, (part) => (part === first ? escaped : part));
}

function expand(
  parameter: ParameterDescriptor,
  values: { readonly [name: string]: unknown },
  place: Place,
): string {
  const value = Object.hasOwn(values, parameter.name) ? values[parameter.name] : undefined;
  if (omitted(value)) return refuse(`is ${value === null ? "null" : "missing"}`, place);
  if (parameter.mediaType !== undefined)
    return encodeOrRefuse(documentText(parameter.mediaType, value, place), percentEncode, place);
  const text = expandStyle(parameter, classify(value, place), place);
  return text === "" ? refuse("is empty, and a path needs a value there", place) : text;
}

function expandStyle(parameter: ParameterDescriptor, value: Classified, place: Place): string {
  const { style, explode } = spellingOf(parameter);
  const name = percentEncode(parameter.name);
  const encode = (text: string): string => encodeOrRefuse(text, encoderOf(parameter, value), place);
  // "." is unreserved, so a dot in a member would start another member of an exploded label (RFC 6570, §3.2.5).
  const member =
    style === "label" && explode ? (text: string): string => encode(text).replaceAll(".", "%2E") : encode;
  const pairs = (separator: string): string[] =>
    value.kind === "object"
      ? value.entries.map(([key, each]) => `${member(key)}${separator}${member(memberText(each, place))}`)
      : [];
  const items =
    value.kind === "array"
      ? value.items.map((each) => member(memberText(each, place)))
      : pairs(explode ? "=" : ",");

  if (style === "matrix") {
    if (value.kind === "scalar") return `;${name}${value.text === "" ? "" : `=${encode(value.text)}`}`;
    if (!explode) return items.length === 0 ? "" : `;${name}=${items.join(",")}`;
    return items.map((item) => (value.kind === "array" ? `;${name}=${item}` : `;${item}`)).join("");
  }
  const joined =
    value.kind === "scalar" ? encode(value.text) : items.join(style === "label" && explode ? "." : ",");
  if (style !== "label") return joined;
  return value.kind !== "scalar" && items.length === 0 ? "" : `.${joined}`;
}

// Of the reserved characters, "/", "?", "#" and the brackets end a segment or a path and are encoded whatever the document says.
function encoderOf(parameter: ParameterDescriptor, value: Classified): (text: string) => string {
  if (parameter.allowReserved === undefined) return percentEncode;
  const kept = value.kind === "scalar" ? ":@!$&'()*+,;=" : ":@!$&'()*+";
  return (text) => percentEncodeKeeping(text, kept);
}
