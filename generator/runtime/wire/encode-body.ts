import type { ContentDescriptor } from "../operation.js";
import { classify, jsonText, refuse } from "./classify.js";
import { encodeMultipart } from "./encode-multipart.js";
import { encodeEvents, encodeJsonLines } from "./encode-stream.js";
import { encodeUrlencoded } from "./encode-urlencoded.js";
import type { Place } from "./errors.js";

/** A body as `fetch` takes it. */
export interface EncodedBody {
  readonly body: BodyInit;
  /** Absent for a FormData: `fetch` chooses the boundary and names it. */
  readonly contentType?: string;
}

const place: Place = { in: "body" };

/**
 * Writes a body in a media type of the document. `mediaType` is the one to name on the wire when the document has a range, such as
 * `image/*`; by default it is that of a Blob, or the general one of the kind.
 *
 * Throws an EncodeError when the value has no such form.
 */
export function encodeBody(content: ContentDescriptor, value: unknown, mediaType?: string): EncodedBody {
  const named = mediaType ?? (content.mediaType.includes("*") ? undefined : content.mediaType);
  switch (content.kind) {
    case "json":
      return {
        body: content.json?.stringify(value) ?? jsonText(value, place),
        contentType: named ?? "application/json",
      };
    case "urlencoded":
      return {
        body: encodeUrlencoded(content.parts ?? {}, value, place),
        contentType: named ?? "application/x-www-form-urlencoded",
      };
    case "multipart":
      return multipartOf(content, value);
    case "text":
      return { body: textOf(value), contentType: named ?? "text/plain" };
    case "binary":
      return {
        body: bytesOf(value),
        contentType: named ?? ((value instanceof Blob && value.type) || "application/octet-stream"),
      };
    case "json-lines":
      return {
        body: encodeJsonLines(value, named?.startsWith("application/json-seq") ?? false),
        contentType: named ?? "application/jsonl",
      };
    case "event-stream":
      return {
        body: encodeEvents(value, content.items === "data"),
        contentType: named ?? "text/event-stream",
      };
  }
}

// A form travels as `multipart/form-data`, whatever subtype the document gives it: a part without a name is no member.
function multipartOf(content: ContentDescriptor, value: unknown): EncodedBody {
  if (value instanceof FormData) return { body: value };
  const { body, boundary } = encodeMultipart(content.parts ?? {}, value);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const classified = classify(value ?? "", place);
  return classified.kind === "scalar"
    ? classified.text
    : refuse("is not text, and its media type has no other form", place);
}

function bytesOf(value: unknown): BodyInit {
  if (
    typeof value === "string" ||
    value instanceof Blob ||
    value instanceof ArrayBuffer ||
    value instanceof ReadableStream
  )
    return value;
  // A view may lie on shared memory, which `fetch` refuses; slice() copies it to memory of its own.
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  return refuse("is not bytes: a Blob, an ArrayBuffer, a typed array, a ReadableStream or a string", place);
}
