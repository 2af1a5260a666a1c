import { isJson } from "./encode-urlencoded.js";
import { type FormLimits, LimitError } from "./errors.js";

/** A part of a multipart document, as it came. */
export interface RawPart {
  /** From `Content-Disposition`; absent in documents whose parts are a list. */
  readonly name?: string;
  /** Absent: no file. */
  readonly filename?: string;
  /** The media type, if the part names one. */
  readonly type?: string;
  /** All of its header fields, by their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The parts of a multipart document (RFC 2046, §5.1), in their order; `undefined` when it is none. `Response.formData` reads
 * forms alone, and forgets the media types of what is no file. Throws a LimitError when there is more than there may be.
 */
export function parseMultipart(
  bytes: Uint8Array<ArrayBuffer>,
  boundary: string,
  limits?: FormLimits,
): RawPart[] | undefined {
  const count = limits === undefined ? undefined : countParts(limits);
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  const parts: RawPart[] = [];
  // The first boundary needs no line break before it.
  let at = startsWith(bytes, delimiter.subarray(2), 0) ? -2 : find(bytes, delimiter, 0);
  for (;;) {
    if (at === undefined) return undefined;
    const after = at + delimiter.length;
    if (startsWith(bytes, dashes, after)) return parts;
    const line = find(bytes, lineBreak, after);
    const end = line === undefined ? undefined : find(bytes, delimiter, line);
    if (line === undefined || end === undefined) return undefined;
    const part = parsePart(bytes, line, end);
    if (part === undefined) return undefined;
    count?.(part, part.bytes.byteLength);
    parts.push(part);
    at = end;
  }
}

// From the line break before the head to that before the next boundary. A part may have no head at all.
function parsePart(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): RawPart | undefined {
  const headless = startsWith(bytes, emptyLine, start);
  const blank = headless ? start : find(bytes, emptyLine, start);
  if (blank === undefined || blank > end) return undefined;
  const head = headless ? "" : headText(bytes.subarray(start + 2, blank));
  return head === undefined
    ? undefined
    : { ...parseHead(head), bytes: bytes.slice(Math.min(blank + emptyLine.length, end), end) };
}

/** The head of a part as text; `undefined` when it is no UTF-8. */
export function headText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Counts parts, each told with the bytes that are known of it, and throws a LimitError for one too many or one too large. */
export function countParts(limits: FormLimits): (part: Omit<RawPart, "bytes">, size: number) => void {
  const counts = { fields: 0, files: 0 };
  return (part, size) => {
    const kind = isFile(part) ? "files" : "fields";
    const most = isFile(part) ? limits.fileSize : limits.fieldSize;
    counts[kind] += 1;
    if (counts[kind] > limits[kind]) throw new LimitError(`The form has more than ${limits[kind]} ${kind}.`);
    if (size > most) throw partTooLarge(part, limits);
  };
}

/** What is thrown for a part that is too large. */
export function partTooLarge(part: Omit<RawPart, "bytes">, limits: FormLimits): LimitError {
  const [what, most] = isFile(part) ? ["file", limits.fileSize] : ["field", limits.fieldSize];
  return new LimitError(`The ${what} ${JSON.stringify(part.name ?? "")} has more than ${most} bytes.`);
}

/** Whether a part is a file. One without a filename is a field, unless its media type is one of bytes. */
export function isFile({ filename, type }: Omit<RawPart, "bytes">): boolean {
  return filename !== undefined || (type !== undefined && !isTextual(type));
}

/** Whether what is of a media type is text. */
export function isTextual(type: string): boolean {
  return isJson(type) || /^text\/|^application\/(?:(?:.*\+)?xml|x-www-form-urlencoded)/i.test(type);
}

/** Reads the head of a part: its header fields, each on a line. */
export function parseHead(head: string): Omit<RawPart, "bytes"> {
  const fields = new Map<string, string>();
  for (const line of head.split("\r\n")) {
    const colon = line.indexOf(":");
    fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = fields.get("content-disposition") ?? "";
  const type = fields.get("content-type");
  const name = parameterOf(disposition, "name");
  const filename = parameterOf(disposition, "filename");
  return {
    ...(name === undefined ? {} : { name }),
    ...(filename === undefined ? {} : { filename }),
    ...(type === undefined || type === "" ? {} : { type }),
    headers: fields,
  };
}

// RFC 7578, §4.2; browsers write `%22` for a quotation mark, others `\"`. `name` must not be found inside `filename`.
function parameterOf(disposition: string, name: string): string | undefined {
  const [, quoted, plain] =
    new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, "i").exec(disposition) ?? [];
  const text = quoted?.replace(/\\(["\\])/g, "$1") ?? plain;
  return text?.replace(/%0D|%0A|%22/gi, (triplet) => decodeURIComponent(triplet));
}

const encoder = /* @__PURE__ */ new TextEncoder();
const lineBreak = /* @__PURE__ */ encoder.encode("\r\n");
const emptyLine = /* @__PURE__ */ encoder.encode("\r\n\r\n");
const dashes = /* @__PURE__ */ encoder.encode("--");

function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number | undefined {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1))
    if (startsWith(bytes, wanted, at)) return at;
  return undefined;
}

function startsWith(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  return wanted.every((byte, index) => bytes[at + index] === byte);
}
