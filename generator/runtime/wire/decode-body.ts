import type { ContentDescriptor, Shape } from "../operation.js";
import { decodeMultipart } from "./decode-multipart.js";
import { decodeSequence } from "./decode-stream.js";
import { decodeUrlencoded } from "./decode-urlencoded.js";
import { DecodeError, type FormLimits, LimitError, type WireProblem } from "./errors.js";
import { parseMediaType } from "./media-type.js";
import { parseMultipart, type RawPart } from "./parse-multipart.js";
import { readJson, type Reading, readText } from "./reading.js";

/** What carries a body: a Request, a Response, or what gives its bytes as they are. */
export interface BodyBearer {
  readonly headers: Pick<Headers, "get">;
  arrayBuffer(): Promise<ArrayBuffer | Uint8Array<ArrayBuffer>>;
  blob(): Promise<Blob>;
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
  shape: Shape = "any",
  limits?: FormLimits,
): Promise<unknown> {
  if (content.kind === "binary") return bearer.blob();
  const problems: WireProblem[] = [];
  const reading: Reading = { place: { in: "body" }, pointer: "", unescape: (raw) => raw, problems };
  const value = await read(content, bearer, shape, reading, limits);
  if (problems.length > 0) throw new DecodeError(problems);
  return value;
}

async function read(
  content: ContentDescriptor,
  bearer: BodyBearer,
  shape: Shape,
  reading: Reading,
  limits: FormLimits | undefined,
): Promise<unknown> {
  if (content.kind === "multipart")
    return decodeMultipart(content.parts ?? {}, shape, await partsOf(bearer, limits), reading);
  const text = await textOf(bearer, content.kind === "text");
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

async function partsOf(bearer: BodyBearer, limits: FormLimits | undefined): Promise<readonly RawPart[]> {
  const read = await bearer.arrayBuffer();
  const bytes = read instanceof Uint8Array ? read : new Uint8Array(read);
  return (
    parseMultipart(bytes, boundaryOf(bearer.headers), limits) ??
    broken("must be a multipart document with its boundary")
  );
}

/** What stands between the parts of a multipart document, by its media type; an empty text when it does not say. */
export function boundaryOf(headers: BodyBearer["headers"]): string {
  return parseMediaType(headers.get("content-type") ?? "")?.parameters.get("boundary") ?? "";
}

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

// Strict, since text() would put U+FFFD for what is not UTF-8. Only plain text may be in another charset (RFC 8259, §8.1).
async function textOf(bearer: BodyBearer, anyCharset: boolean): Promise<string> {
  const bytes = await bearer.arrayBuffer();
  const charset =
    (anyCharset && parseMediaType(bearer.headers.get("content-type") ?? "")?.parameters.get("charset")) ||
    "utf-8";
  try {
    return (charset === "utf-8" ? utf8 : new TextDecoder(charset, { fatal: true })).decode(bytes);
  } catch {
    return broken(`must be text in ${charset}`);
  }
}

function broken(message: string): never {
  throw new DecodeError([{ in: "body", pointer: "", keyword: "contentMediaType", message }]);
}
