import type { ContentDescriptor, PartDescriptor } from "../operation.js";
import { classify, omitted, refuse } from "./classify.js";
import { documentText, encodeOrRefuse } from "./documents.js";
import type { Place } from "./errors.js";
import { expandForm, type Pairs } from "./expand-form.js";
import { percentEncode, percentEncodeKeeping } from "./percent.js";

/**
 * An `application/x-www-form-urlencoded` document (OpenAPI 3.1.1, §4.8.15): scalars and lists as `form` exploded, objects as JSON,
 * unless a part says otherwise. Null and undefined members are left out. Throws an EncodeError when the value is not an object.
 */
export function encodeUrlencoded(
  parts: NonNullable<ContentDescriptor["parts"]>,
  value: unknown,
  place: Place,
): string {
  if (typeof value === "string") return value;
  if (value instanceof URLSearchParams) return value.toString();
  const classified = classify(value, place);
  if (classified.kind !== "object") return refuse("is not an object, which a form needs", place);
  return classified.entries
    .flatMap(([name, member]) => memberPairs(name, parts[name] ?? {}, member))
    .map(([name, text]) => `${name}=${text}`)
    .join("&");
}

function memberPairs(name: string, part: PartDescriptor, value: unknown): Pairs {
  if (omitted(value)) return [];
  const place: Place = { in: "body", name };
  const encode = (text: string): string =>
    encodeOrRefuse(text, formEncoder(part.allowReserved, ":/?@!$'()*;,"), place);
  const encodeMember = (text: string): string =>
    encodeOrRefuse(text, formEncoder(part.allowReserved, ":/?@!$'()*;"), place);
  if (!isStyled(part)) {
    const kind = classify(value, place).kind;
    if (kind === "object" || (part.contentType !== undefined && isJson(part.contentType))) {
      return [[encode(name), encode(documentText(part.contentType ?? "application/json", value, place))]];
    }
  }
  return expandForm({ ...part, name, in: "query" }, value, encode, encodeMember, place);
}

/** Whether a part is written by style; then its content type is ignored (OpenAPI 3.1.1, §4.8.15.1.2). */
export function isStyled(part: PartDescriptor): boolean {
  return part.style !== undefined || part.explode !== undefined || part.allowReserved !== undefined;
}

/** Whether a media type is JSON, by name or by the suffix `+json` (RFC 6839, §3.1). */
export function isJson(mediaType: string): boolean {
  return /^[^;]*\/(?:[^;]*\+)?json\s*(?:;|$)/i.test(mediaType);
}

function formEncoder(allowReserved: true | undefined, kept: string): (text: string) => string {
  return allowReserved === undefined ? percentEncode : (text) => percentEncodeKeeping(text, kept);
}
