import type { ContentDescriptor, Shape } from "../operation.js";
import { decodeMultipart } from "./decode-multipart.js";
import { decodeSequence } from "./decode-stream.js";
import { decodeUrlencoded } from "./decode-urlencoded.js";
import { DecodeError, type FormLimits, LimitError, type WireProblem } from "./errors.js";
import { parseMediaType } from "./media-type.js";
import { parseMultipart, type RawPart } from "./parse-multipart.js";
import { readJson, type Reading, readText } from "./reading.js";

/** What carries a body: a Request or a Response. */
export interface BodyBearer {
  readonly headers: Pick<Headers, "get">;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
}

/** A whole body, and its media type as it was sent. */
export interface BodyBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string | null;
}

/**
 * Reads a whole body by the content of the document that its media type selects. The shape says what the texts of a form become;
 * JSON carries its types and is never changed. Binary bodies become a Blob, sequences a list.
 *
 * Throws a DecodeError when the body is not what its media type promises, and a LimitError when a form holds more than it may.
 */
export async function decodeBody(
  content: ContentDescriptor,
  bearer: BodyBearer,
  shape?: Shape,
): Promise<unknown> {
  if (content.kind === "binary") return bearer.blob();
  const bytes = new Uint8Array(await bearer.arrayBuffer());
  return decodeBytes(content, { bytes, contentType: bearer.headers.get("content-type") }, shape);
}

/** The same of a body that is there; only what a multipart form holds has to be waited for. */
export function decodeBytes(
  content: ContentDescriptor,
  body: BodyBytes,
  shape: Shape = "any",
  limits?: FormLimits,
): unknown {
  if (content.kind === "binary") return new Blob([body.bytes], { type: body.contentType ?? "" });
  const problems: WireProblem[] = [];
  const reading: Reading = { place: { in: "body" }, pointer: "", unescape: asItIs, problems };
  const settled = (value: unknown): unknown => {
    if (problems.length > 0) throw new DecodeError(problems);
    return value;
  };
  return content.kind === "multipart"
    ? decodeMultipart(content.parts ?? {}, shape, partsOf(body, limits), reading).then(settled)
    : settled(read(content, body, shape, reading, limits));
}

function asItIs(raw: string): string {
  return raw;
}

function read(
  content: ContentDescriptor,
  body: BodyBytes,
  shape: Shape,
  reading: Reading,
  limits: FormLimits | undefined,
): unknown {
  const text = textOf(body, content.kind === "text");
  switch (content.kind) {
    case "json":
      return readJson(text, reading, content.json?.parse);
    case "urlencoded":
      if (limits !== undefined && text.split("&", limits.fields + 1).length > limits.fields)
        throw new LimitError(`The form has more than ${limits.fields} fields.`);
      return decodeUrlencoded(content.parts ?? {}, shape, text, reading);
    case "json-lines":
    case "event-stream":
      return decodeSequence(content, text, shape, reading);
    default:
      return readText(text, shape, reading);
  }
}

function partsOf({ bytes, contentType }: BodyBytes, limits: FormLimits | undefined): readonly RawPart[] {
  return (
    parseMultipart(bytes, boundaryOf(contentType), limits) ??
    broken("must be a multipart document with its boundary")
  );
}

/** What stands between the parts of a multipart document, by its media type; an empty text when it does not say. */
export function boundaryOf(contentType: string | null): string {
  return parseMediaType(contentType ?? "")?.parameters.get("boundary") ?? "";
}

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

// Strict, since text() would put U+FFFD for what is not UTF-8. Only plain text may be in another charset (RFC 8259, §8.1).
function textOf({ bytes, contentType }: BodyBytes, anyCharset: boolean): string {
  const charset = (anyCharset && parseMediaType(contentType ?? "")?.parameters.get("charset")) || "utf-8";
  try {
    return (charset === "utf-8" ? utf8 : new TextDecoder(charset, { fatal: true })).decode(bytes);
  } catch {
    return broken(`must be text in ${charset}`);
  }
}

function broken(message: string): never {
  throw new DecodeError([{ in: "body", pointer: "", keyword: "contentMediaType", message }]);
}
