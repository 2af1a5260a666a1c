/** The plain way to the wire, which most operations take: a part of what `wire/` does, for a part of its weight. */
import type { ContentDescriptor, HeaderDescriptor, OperationDescriptor } from "../operation.js";
import { jsonText, omitted, refuse, scalarText } from "../wire/classify.js";
import { encodeOrRefuse, refuseUndeclared } from "../wire/documents.js";
import type { EncodedBody } from "../wire/encode-body.js";
import type { Place } from "../wire/errors.js";
import { percentEncode } from "../wire/percent.js";
import { readScalar } from "../wire/reading.js";
import type { DecodedHeaders } from "./errors.js";
import type { CallParts } from "./options.js";
import type { DecodedBody, Values } from "./wire.js";

/**
 * Fills a path template whose every segment is a literal or one parameter. Throws an EncodeError for a value that is missing, no
 * scalar, or would change which path is meant (https://url.spec.whatwg.org/#double-dot-path-segment), and for one that is not declared.
 */
export function plainPath({ path }: OperationDescriptor, values: Values): string {
  const names = new Set<string>();
  const filled = path.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    names.add(name);
    const text = encoded(own(values, name), { in: "path", name });
    return /^\.{0,2}$/.test(text)
      ? refuse(`would make the path segment ${JSON.stringify(text)} of ${path}`, { in: "path", name })
      : text;
  });
  refuseUndeclared(values, names, "path");
  return filled;
}

/** A query of scalars, and lists of them, in the style `form`. Throws an EncodeError. */
export function plainQuery({ parameters = [] }: OperationDescriptor, values: Values = {}): string {
  const names = parameters.flatMap((parameter) => (parameter.in === "query" ? parameter.name : []));
  refuseUndeclared(values, new Set(names), "query");
  const parts: string[] = [];
  for (const name of names) {
    const value = own(values, name);
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const item of items) {
      if (!omitted(item)) parts.push(`${percentEncode(name)}=${encoded(item, { in: "query", name })}`);
    }
  }
  return parts.join("&");
}

/** A body that is JSON. Throws an EncodeError for what JSON cannot write. */
export function plainBody({ body }: OperationDescriptor, parts: CallParts): EncodedBody {
  const contentType = parts.contentType ?? body?.contents[0]?.mediaType ?? "application/json";
  return { body: jsonText(parts.body, { in: "body" }), contentType };
}

/** The one content of a response, when the `Content-Type` names it; its parameters say nothing of JSON. */
export function plainSelect(
  [content]: readonly ContentDescriptor[],
  contentType: string | null,
): ContentDescriptor | undefined {
  return content?.mediaType.toLowerCase() === contentType?.split(";")[0]?.trim().toLowerCase()
    ? content
    : undefined;
}

/** A body that is JSON, which is UTF-8 (RFC 8259, §8.1). Throws for what is not. */
export async function plainDecode(_content: ContentDescriptor, bearer: Response): Promise<DecodedBody> {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(await bearer.arrayBuffer());
  const body: unknown = JSON.parse(text);
  return { body, judged: body };
}

/** The declared headers of an answer that are scalars; one that is absent or not as declared is left out. */
export function plainHeaders(declared: readonly HeaderDescriptor[], headers: Headers): DecodedHeaders {
  const found: { [name: string]: unknown } = {};
  for (const { name, shape = "string" } of declared) {
    const text = headers.get(name);
    const value = text === null || typeof shape !== "string" ? undefined : readScalar(text, shape);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function encoded(value: unknown, place: Place): string {
  return encodeOrRefuse(scalarText(value, place), percentEncode, place);
}

function own(values: Values, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
