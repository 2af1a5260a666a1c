import type { ParameterDescriptor } from "../operation.js";
import { omitted, refuse } from "./classify.js";
import { documentText, encodeOrRefuse, refuseUndeclared } from "./documents.js";
import type { Place } from "./errors.js";
import { expandForm, type Pairs } from "./expand-form.js";
import { encodeUrlencoded } from "./encode-urlencoded.js";
import { encodeHeaderValue } from "./encode-header.js";
import { percentEncode, percentEncodeKeeping } from "./percent.js";
import { spellingOf } from "./styles.js";

export { encodePath } from "./encode-path.js";

type Values = { readonly [name: string]: unknown };

/**
 * The query of a URL, without `?`; empty when there is nothing to send. Null and undefined values are left out.
 * Throws an EncodeError for a value that is not declared or cannot be written without loss.
 */
export function encodeQuery(parameters: readonly ParameterDescriptor[], values: Values = {}): string {
  const queried = parameters.filter(
    (parameter) => parameter.in === "query" || parameter.in === "querystring",
  );
  refuseUndeclared(values, new Set(queried.map((parameter) => parameter.name)), "query");
  return queried.flatMap((parameter) => queryParts(parameter, own(values, parameter.name))).join("&");
}

/**
 * The headers to send, in the order of the parameters. Scalars travel as they are; in lists and objects the members are
 * percent-encoded where they would be misread. Throws an EncodeError for what a field value cannot carry (RFC 9110, §5.5): control
 * characters, characters beyond Latin-1, white space at the ends.
 */
export function encodeHeaders(
  parameters: readonly ParameterDescriptor[],
  values: Values = {},
): [string, string][] {
  const headers = parameters.filter((parameter) => parameter.in === "header");
  const lowered = new Set(headers.map((parameter) => parameter.name.toLowerCase()));
  for (const name of Object.keys(values)) {
    if (!lowered.has(name.toLowerCase()) && values[name] !== undefined)
      refuse("is not declared by the operation", { in: "header", name });
  }
  return headers.flatMap((parameter) => {
    const value = own(values, parameter.name) ?? caseless(values, parameter.name);
    return encodeHeaderValue(parameter, value, { in: "header", name: parameter.name }).map(
      (text): [string, string] => [parameter.name, text],
    );
  });
}

/**
 * The value of the `Cookie` header (RFC 6265, §4.2), or `undefined` when there is nothing to send. Values are percent-encoded, but
 * for the style `cookie` of OpenAPI 3.2, which sends them as they are and refuses what a cookie cannot hold.
 */
export function encodeCookies(
  parameters: readonly ParameterDescriptor[],
  values: Values = {},
): string | undefined {
  const cookies = parameters.filter((parameter) => parameter.in === "cookie");
  refuseUndeclared(values, new Set(cookies.map((parameter) => parameter.name)), "cookie");
  const pairs = cookies.flatMap((parameter) => cookiePairs(parameter, own(values, parameter.name)));
  return pairs.length === 0 ? undefined : pairs.map(([name, value]) => `${name}=${value}`).join("; ");
}

function queryParts(parameter: ParameterDescriptor, value: unknown): readonly string[] {
  const place: Place = { in: parameter.in, name: parameter.name };
  if (omitted(value)) return [];
  const encode = (text: string): string =>
    encodeOrRefuse(text, queryEncoder(parameter.allowReserved, ""), place);
  if (parameter.in === "querystring") {
    if (parameter.mediaType === "application/x-www-form-urlencoded")
      return [encodeUrlencoded({}, value, place)].filter((text) => text !== "");
    return [encode(documentText(parameter.mediaType ?? "application/json", value, place))];
  }
  if (parameter.mediaType !== undefined)
    return [`${percentEncode(parameter.name)}=${encode(documentText(parameter.mediaType, value, place))}`];
  const encodeMember = (text: string): string =>
    encodeOrRefuse(text, queryEncoder(parameter.allowReserved, ","), place);
  return expandForm(parameter, value, encode, encodeMember, place).map(([name, text]) => `${name}=${text}`);
}

// "&", "=" and "+" mean something in a query and "#" ends it, so that reserved expansion does not let them through.
function queryEncoder(allowReserved: true | undefined, delimiter: string): (text: string) => string {
  if (allowReserved === undefined) return percentEncode;
  const kept = delimiter === "," ? ":/?@!$'()*;" : ":/?@!$'()*;,";
  return (text) => percentEncodeKeeping(text, kept);
}

function cookiePairs(parameter: ParameterDescriptor, value: unknown): Pairs {
  const place: Place = { in: "cookie", name: parameter.name };
  const raw = parameter.mediaType === undefined && spellingOf(parameter).style === "cookie";
  const encode = (text: string): string =>
    raw ? cookieOctets(text, place) : encodeOrRefuse(text, percentEncode, place);
  if (omitted(value)) return [];
  if (parameter.mediaType !== undefined)
    return [[percentEncode(parameter.name), encode(documentText(parameter.mediaType, value, place))]];
  return expandForm(parameter, value, encode, encode, place);
}

// RFC 6265, §4.1.1: cookie-octet.
function cookieOctets(text: string, place: Place): string {
  return /^[\x21\x23-\x2B\x2D-\x3A\x3C-\x5B\x5D-\x7E]*$/.test(text)
    ? text
    : refuse(`is ${JSON.stringify(text)}, which a cookie cannot hold`, place);
}

function own(values: Values, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function caseless(values: Values, name: string): unknown {
  return Object.entries(values).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
