import type { ContentDescriptor, HeaderDescriptor, PartDescriptor } from "../operation.js";
import { classify, omitted, refuse } from "./classify.js";
import { documentText } from "./documents.js";
import { encodeHeaderValue } from "./encode-header.js";
import { isJson, isStyled } from "./encode-urlencoded.js";
import type { Place } from "./errors.js";
import { expandForm } from "./expand-form.js";

/** A multipart document, with the boundary that its media type names. */
export interface EncodedMultipart {
  readonly body: Blob;
  readonly boundary: string;
}

/** What stands between two boundaries. */
interface Part {
  readonly name: string;
  readonly data: string | Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;
  /** Set for a file alone: servers take a part with a name for one. */
  readonly filename?: string;
  /** Absent: plain text. */
  readonly contentType?: string;
  /** The lines of its own headers. */
  readonly headers?: readonly string[];
}

/**
 * A multipart document (RFC 7578; OpenAPI 3.1.1, §4.8.15): lists are repeated parts, bytes are files, objects are JSON parts, a
 * scalar is text, and a part's content type is sent when the document names one. Null and undefined members are left out.
 * `FormData` would make a file of every part that has a content type, which servers then look for among the fields.
 */
export function encodeMultipart(
  parts: NonNullable<ContentDescriptor["parts"]>,
  value: unknown,
): EncodedMultipart {
  const classified = classify(value, { in: "body" });
  if (classified.kind !== "object") return refuse("is not an object, which a form needs", { in: "body" });
  const boundary = `form-${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
  const chunks: BlobPart[] = [];
  for (const [name, member] of classified.entries) {
    for (const part of partsOf(name, member, parts[name] ?? {}))
      chunks.push(`--${boundary}\r\n${headOf(part)}\r\n`, part.data, "\r\n");
  }
  chunks.push(`--${boundary}--\r\n`);
  return { body: new Blob(chunks), boundary };
}

function partsOf(name: string, member: unknown, part: PartDescriptor): Part[] {
  const place: Place = { in: "body", name };
  if (!isStyled(part)) {
    const items: readonly unknown[] = Array.isArray(member) ? member : [member];
    const given = items.filter((item) => !omitted(item));
    const { headers } = part;
    return given.map((item) =>
      headers === undefined
        ? partOf(name, item, part, place)
        : withHeaders(name, item, { part, headers }, place),
    );
  }
  const plain = (text: string): string => whole(text, place);
  const pairs = expandForm({ ...part, name, in: "query" }, member, plain, plain, place);
  return pairs.map(([key, data]) => ({ name: key, data }));
}

function withHeaders(
  name: string,
  item: unknown,
  { part, headers }: { readonly part: PartDescriptor; readonly headers: readonly HeaderDescriptor[] },
  place: Place,
): Part {
  if (typeof item !== "object" || item === null || !("value" in item) || omitted(item.value))
    return refuse("has headers, and must be an object of its value and its headers", place);
  const given = "headers" in item && typeof item.headers === "object" ? item.headers : null;
  const values = new Map<string, unknown>(
    Object.entries(given ?? {}).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const lines = headers.flatMap((header) =>
    encodeHeaderValue(header, values.get(header.name.toLowerCase()), place).map(
      (text) => `${header.name}: ${text}\r\n`,
    ),
  );
  return { ...partOf(name, item.value, part, place), headers: lines };
}

function partOf(name: string, item: unknown, part: PartDescriptor, place: Place): Part {
  // The content type of a part may be a list or a range to choose from; only one that is exact can be sent for a value without a type.
  const declared =
    part.contentType !== undefined && !/[*,]/.test(part.contentType) ? part.contentType : undefined;
  if (item instanceof Blob) {
    const filename = "name" in item && typeof item.name === "string" ? item.name : "blob";
    return { name, data: item, filename, contentType: item.type || (declared ?? octets) };
  }
  if (item instanceof ArrayBuffer || ArrayBuffer.isView(item)) {
    // A view may lie on shared memory, which a Blob refuses; slice() copies it to memory of its own.
    const data =
      item instanceof ArrayBuffer
        ? item
        : new Uint8Array(item.buffer, item.byteOffset, item.byteLength).slice();
    return { name, data, filename: "blob", contentType: declared ?? octets };
  }
  const classified = classify(item, place);
  if (classified.kind !== "scalar") {
    const contentType = declared ?? "application/json";
    return { name, data: whole(documentText(contentType, item, place), place), contentType };
  }
  if (declared === undefined || declared === "text/plain")
    return { name, data: whole(classified.text, place) };
  const text = documentText(isJson(declared) ? declared : "text/plain", item, place);
  return { name, data: whole(text, place), contentType: declared };
}

const octets = "application/octet-stream";

function headOf({ name, filename, contentType, headers = [] }: Part): string {
  const file = filename === undefined ? "" : `; filename="${escape(filename)}"`;
  const type = contentType === undefined ? "" : `Content-Type: ${contentType}\r\n`;
  return `Content-Disposition: form-data; name="${escape(name)}"${file}\r\n${type}${headers.join("")}`;
}

// https://html.spec.whatwg.org/#multipart-form-data: the three characters that would end a name.
function escape(name: string): string {
  return whole(name, { in: "body", name })
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A")
    .replaceAll('"', "%22");
}

function whole(text: string, place: Place): string {
  return /\p{Surrogate}/u.test(text)
    ? refuse("holds half of a surrogate pair, which UTF-8 cannot carry", place)
    : text;
}
