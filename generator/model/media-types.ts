import type { Schema } from "../openapi/shapes.ts";
import type { ContentKind } from "./api-model.ts";

/**
 * The codec that a media type takes. A range that covers JSON (anything at all, or any
 * application type) is bytes when its schema says bytes or there is none, and JSON otherwise.
 */
export function contentKind(mediaType: string, schema: Schema | undefined, isBytes: (schema: Schema) => boolean): ContentKind {
  const essence = essenceOf(mediaType);
  if (essence === "*/*" || essence === "*" || essence === "application/*")
    return schema === undefined || isBytes(schema) ? "binary" : "json";
  return kindOfEssence(essence);
}

/** The kind of a media type that is not a range over JSON, such as the `contentType` of a form's part. */
export function kindOfEssence(mediaType: string): ContentKind {
  const essence = essenceOf(mediaType);
  if (jsonLines.has(essence)) return "json-lines";
  if (essence === "text/event-stream") return "event-stream";
  if (essence === "application/x-www-form-urlencoded") return "urlencoded";
  if (essence.startsWith("multipart/")) return "multipart";
  if (/^[^/]+\/(?:[^/]+\+)?json$/.test(essence)) return "json";
  if (essence.startsWith("text/") || textual.test(essence)) return "text";
  return "binary";
}

/** Whether a key of `content` can be sent as a media type (RFC 9110, §8.3.1): two tokens, of which `*` is one; a lone `*` is taken too. */
export function isMediaType(key: string): boolean {
  return /^(?:\*|[!#$%&'*+.^_`|~0-9a-z-]+\/[!#$%&'*+.^_`|~0-9a-z-]+)$/.test(essenceOf(key));
}

/** The media type without its parameters, in lower case. */
export function essenceOf(mediaType: string): string {
  return (mediaType.split(";", 1)[0] ?? "").trim().toLowerCase();
}

const jsonLines = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/x-jsonl",
  "application/jsonlines",
  "application/x-jsonlines",
  "application/json-lines",
  "application/json-seq",
  "application/x-json-stream",
  "text/jsonl",
]);

const textual = /^(?:[^/]+\/[^/]+\+(?:xml|yaml)|application\/(?:xml|yaml|x-yaml|graphql|javascript|ecmascript|sql|x-sh|toml))$/;
