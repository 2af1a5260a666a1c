import { describePlace, EncodeError, type Place } from "./errors.js";

/** A value as the styles of RFC 6570 see it: one text, a list, or pairs. Members that are null or undefined are left out. */
export type Classified =
  | { readonly kind: "scalar"; readonly text: string }
  | { readonly kind: "array"; readonly items: readonly unknown[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, unknown])[] };

/** Whether a value is not sent at all: RFC 6570, §2.3 calls it undefined. */
export function omitted(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Sorts a value that is neither null nor undefined. Dates become RFC 3339 text; an object with `toJSON` is what that returns. */
export function classify(value: unknown, place: Place): Classified {
  if (Array.isArray(value)) return { kind: "array", items: value.filter((item) => !omitted(item)) };
  if (typeof value !== "object" || value === null || value instanceof Date)
    return { kind: "scalar", text: scalarText(value, place) };
  if (value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    return refuse("holds bytes, which have no place there", place);
  if ("toJSON" in value && typeof value.toJSON === "function") {
    const replaced: unknown = value.toJSON();
    return typeof replaced === "object" && replaced !== null && "toJSON" in replaced
      ? refuse("has a toJSON method that does not lead to a plain value", place)
      : classify(replaced, place);
  }
  return { kind: "object", entries: Object.entries(value).filter(([, member]) => !omitted(member)) };
}

/** The text of a member of a list or of an object. The specification leaves nested values open; they travel as JSON. */
export function memberText(value: unknown, place: Place): string {
  const classified = classify(value, place);
  return classified.kind === "scalar" ? classified.text : jsonText(value, place);
}

/** JSON text. A bigint is written as a number when that keeps its value. */
export function jsonText(value: unknown, place: Place): string {
  const text = stringified(value, place);
  return (
    text ??
    refuse(`is ${typeof value === "undefined" ? "" : "a "}${typeof value}, which JSON cannot write`, place)
  );
}

// A replacer makes it several times as slow, and few values hold a bigint, which JSON.stringify refuses.
function stringified(value: unknown, place: Place): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(value, (_key, member: unknown) => {
      if (typeof member !== "bigint") return member;
      return Number.isSafeInteger(Number(member))
        ? Number(member)
        : refuse(`holds ${member}n, which JavaScript's JSON cannot write exactly`, place);
    });
  }
}

/** Throws the EncodeError `<place> <reason>.` */
export function refuse(reason: string, place: Place): never {
  throw new EncodeError(`${capitalised(describePlace(place))} ${reason}.`, place);
}

/** The text of a scalar. Throws an EncodeError for anything else. */
export function scalarText(value: unknown, place: Place): string {
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
    case "bigint":
      return String(value);
    case "number":
      if (!Number.isFinite(value)) return refuse(`is ${value}, which has no text on the wire`, place);
      // String(2 ** 70) is "1.1805916207174113e+21", which is not the grammar of an integer.
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? String(BigInt(value)) : String(value);
    case "object":
      if (value instanceof Date)
        return Number.isNaN(value.getTime()) ? refuse("is an invalid Date", place) : value.toISOString();
      return refuse(value === null ? "is null" : "is no scalar", place);
    default:
      return refuse(
        value === undefined ? "is missing" : `is a ${typeof value}, which has no text on the wire`,
        place,
      );
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
