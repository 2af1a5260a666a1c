import { classify, memberText, omitted, refuse } from "./classify.js";
import { documentText, encodeOrRefuse } from "./documents.js";
import type { Place } from "./errors.js";

/** How a header is written: a request parameter or a response header. */
export interface HeaderSpelling {
  readonly name: string;
  readonly explode?: boolean;
  readonly mediaType?: string;
}

/**
 * The field values of a header: none when there is nothing to send, and several for `Set-Cookie` alone, which cannot be joined
 * (RFC 9110, §5.3). Throws an EncodeError for text that a field value cannot carry.
 */
export function encodeHeaderValue(header: HeaderSpelling, value: unknown, place: Place): readonly string[] {
  if (omitted(value)) return [];
  if (header.mediaType !== undefined)
    return [fieldValue(asciiJson(documentText(header.mediaType, value, place), header.mediaType), place)];
  const classified = classify(value, place);
  if (classified.kind === "scalar") return [fieldValue(classified.text, place)];
  if (header.name.toLowerCase() === "set-cookie" && classified.kind === "array")
    return classified.items.map((item) => fieldValue(memberText(item, place), place));
  const escape = (text: string): string => escapeMember(text, place);
  const members =
    classified.kind === "array"
      ? classified.items.map((item) => escape(memberText(item, place)))
      : classified.entries.map(
          ([key, each]) =>
            `${escape(key)}${header.explode === true ? "=" : ","}${escape(memberText(each, place))}`,
        );
  return members.length === 0 ? [] : [fieldValue(members.join(","), place)];
}

// RFC 9110, §5.5. Latin-1 (obs-text) is let through: fetch and Node carry it both ways.
function fieldValue(text: string, place: Place): string {
  const wrong = /[^\t\x20-\x7E\x80-\xFF]/.exec(text)?.[0];
  if (wrong !== undefined)
    return refuse(`holds ${JSON.stringify(wrong)}, which a header cannot carry`, place);
  if (text !== text.trim()) return refuse("begins or ends with white space, which a header loses", place);
  return text;
}

// A member is read back by splitting at commas, so what would be misread is percent-encoded, and "%" with it.
function escapeMember(text: string, place: Place): string {
  return encodeOrRefuse(
    text,
    (whole) => whole.replace(/^\s+|\s+$|[,=%"]|[^\x20-\x7E]+/gu, encodeURIComponent),
    place,
  );
}

// In JSON every character has an ASCII spelling, so that a document in a header can hold any text.
function asciiJson(text: string, mediaType: string): string {
  if (mediaType.toLowerCase().startsWith("text/")) return text;
  return text.replace(
    /[\u007F-\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
