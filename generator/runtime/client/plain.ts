/** The plain way to the wire, which most operations take: a part of what `wire/` does, for a part of its weight. */
import type { ContentDescriptor, HeaderDescriptor, OperationDescriptor } from "../operation.js";
import { jsonText } from "../wire/classify.js";
import { EncodeError, type Place } from "../wire/errors.js";
import { percentEncode } from "../wire/percent.js";
import { readScalar } from "../wire/reading.js";
import type { DecodedHeaders } from "./errors.js";
import { restOf } from "./rest.js";
import type { Values, Wire } from "./wire.js";

/**
 * Fills a path template whose every segment is a literal or one parameter. Throws an EncodeError for a value that is missing, no
 * scalar, or would change which path is meant (https://url.spec.whatwg.org/#double-dot-path-segment).
 */
export function plainPath({ path }: OperationDescriptor, values: Values): string {
  return path.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const place = { in: "path", name } as const;
    const text = encoded(Object.hasOwn(values, name) ? values[name] : undefined, place);
    return /^\.{0,2}$/.test(text) ? refuse(place) : text;
  });
}

/** A query of scalars, and lists of them, in the style `form`. */
export const plainQuery: Wire = {
  query({ parameters = [] }, values = {}) {
    const declared = parameters.flatMap((parameter) => (parameter.in === "query" ? parameter.name : []));
    for (const name of Object.keys(values)) {
      if (!declared.includes(name) && values[name] !== undefined) refuse({ in: "query", name });
    }
    const written: string[] = [];
    for (const name of declared) {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      const items: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const item of items) {
        if (item !== undefined && item !== null)
          written.push(`${percentEncode(name)}=${encoded(item, { in: "query", name })}`);
      }
    }
    return written.join("&");
  },
};

/** A body that is JSON, and no stream. Throws an EncodeError for what JSON cannot write. */
export const plainBody: Wire = {
  rest: restOf,
  body({ body: declared }, { body, contentType = declared?.contents[0]?.mediaType ?? "application/json" }) {
    if (body === undefined && declared?.required !== true) return undefined;
    return { body: jsonText(body, { in: "body" }), contentType };
  },
};

/** The one content of a response, when the `Content-Type` names it; its parameters say nothing of JSON. */
export function plainSelect(
  [content]: readonly ContentDescriptor[],
  contentType: string | null,
): ContentDescriptor | undefined {
  return content?.mediaType.toLowerCase() === contentType?.split(";")[0]?.trim().toLowerCase()
    ? content
    : undefined;
}

/** The declared headers of an answer that are scalars; one that is absent or not as declared is left out. */
export const plainHeaders: Wire = {
  answerHeaders(declared: readonly HeaderDescriptor[], headers: Headers): DecodedHeaders {
    const found: { [name: string]: unknown } = {};
    for (const { name, shape = "string" } of declared) {
      const text = headers.get(name);
      const value = text === null || typeof shape !== "string" ? undefined : readScalar(text, shape);
      if (value !== undefined) found[name] = value;
    }
    return found;
  },
};

// Of a lone surrogate `percentEncode` makes an error, and `toISOString` of a Date that is none.
function encoded(value: unknown, place: Place): string {
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
  if (/^(?:string|boolean|bigint)$/.test(typeof value) || Number.isFinite(value)) return String(value);
  throw value;
}

function refuse(place: Place, cause?: unknown): never {
  throw Object.assign(
    new EncodeError(
      `The ${place.in} parameter "${place.name}" has a name or a value that cannot be sent.`,
      place,
    ),
    { cause },
  );
}
