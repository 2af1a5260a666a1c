/** The plain way to the wire, which most operations take: a part of what `wire/` does, for a part of its weight. */
import type { ContentDescriptor, OperationDescriptor, ResponseDescriptor } from "../operation.js";
import { jsonText } from "../wire/classify.js";
import { EncodeError, type Place } from "../wire/errors.js";
import { percentEncode } from "../wire/percent.js";
import { readScalar } from "../wire/reading.js";
import type { DecodedHeaders } from "./errors.js";
import { restOf } from "./rest.js";
import type { DecodedBody, Values, Wire } from "./wire.js";

/**
 * Fills a path template whose every segment is a literal or one parameter. Throws an EncodeError for a value that is missing, no
 * scalar, or would change which path is meant (https://url.spec.whatwg.org/#double-dot-path-segment).
 */
export function plainPath({ path }: OperationDescriptor, values: Values): string {
  return path.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const place = { in: "path", name } as const;
    const text = encoded(ownValue(values, name), place);
    return /^\.{0,2}$/.test(text) ? refuse(place) : text;
  });
}

/** A query of scalars, and lists of them, in the style `form`. */
export const plainQuery: Wire = {
  query({ parameters = [] }, values = {}) {
    const declared = parameters.flatMap((parameter) => (parameter.in === "query" ? parameter.name : []));
    return [...new Set([...declared, ...Object.keys(values)])]
      .flatMap((name) => {
        const place = { in: "query", name } as const;
        const value = ownValue(values, name);
        const items: readonly unknown[] = Array.isArray(value) ? value : [value];
        return items
          .filter((item) => item !== undefined && item !== null)
          .map((item) =>
            declared.includes(name) ? `${percentEncode(name)}=${encoded(item, place)}` : refuse(place),
          );
      })
      .join("&");
  },
};

/** The member of that name, if it is the value's own. */
export function ownValue(holder: unknown, name: string): unknown {
  const members: Values = Object(holder);
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** A body that is JSON, and no stream. Throws an EncodeError for what JSON cannot write. */
export const plainBody: Wire = {
  rest: restOf,
  body({ body: declared }, { body, contentType = declared?.contents[0]?.mediaType ?? "application/json" }) {
    if (body === undefined && declared?.required !== true) return undefined;
    return { body: jsonText(body, { in: "body" }), contentType };
  },
};

/** The response that the document declares for a status, by its code. */
export function plainlyDeclared(
  { responses }: OperationDescriptor,
  status: number,
): ResponseDescriptor | undefined {
  return responses.find((one) => one.status === `${status}`);
}

/** The one content of a response, when the `Content-Type` names it; its parameters say nothing of JSON. */
export function plainSelect(
  [content]: readonly ContentDescriptor[],
  contentType: string | null,
): ContentDescriptor | undefined {
  return content?.mediaType === contentType?.split(";")[0]?.trim().toLowerCase() ? content : undefined;
}

/** JSON is UTF-8 (RFC 8259, §8.1). */
export async function plainDecode(_content: ContentDescriptor, bytes: ArrayBuffer): Promise<DecodedBody> {
  return { body: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
}

/** The declared headers of an answer that are scalars; one that is absent or not as declared is left out. */
export const plainHeaders: Wire = {
  answerHeaders(
    { headers: declared = [] }: Partial<ResponseDescriptor> = {},
    { headers }: Response,
  ): DecodedHeaders {
    const found: { [name: string]: unknown } = {};
    for (const { name, shape = "string" } of declared) {
      const text = headers.get(name);
      const value = text === null || typeof shape !== "string" ? undefined : readScalar(text, shape);
      if (value !== undefined) found[name] = value;
    }
    return found;
  },
};

/** A scalar, percent-encoded. Throws an EncodeError for what is none. */
// Of a lone surrogate `percentEncode` makes an error, `toISOString` of a Date that is none, and a template of a symbol.
export function encoded(value: unknown, place: Place): string {
  try {
    return percentEncode(scalarText(value));
  } catch (cause) {
    return refuse(place, cause);
  }
}

function scalarText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  // String(2 ** 70) is "1.1805916207174113e+21", which is not the grammar of an integer.
  if (Number.isInteger(value)) return BigInt(Number(value)).toString();
  if (/^[bs]/.test(typeof value) || Number.isFinite(value)) return `${value}`;
  throw value;
}

/** Throws the EncodeError for a parameter or header. */
export function refuse(place: Place, cause?: unknown): never {
  throw new EncodeError(`The ${place.in} parameter "${place.name}" cannot be sent.`, place, { cause });
}
