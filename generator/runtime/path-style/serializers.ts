/**
 * The serializers that a path-style client has when its document asks for no others: those of openapi-fetch 0.17, byte for byte,
 * but for what would be lost or lead elsewhere. They are loose, where the codecs of `wire/` are strict, and small.
 */
import type { HeadersOptions, PathSerializer, QuerySerializerOptions } from "./options.js";

/** How one value travels in a path or a query (OpenAPI 3.1, §4.8.12.2). */
export interface SerializedAs {
  readonly style: "simple" | "label" | "matrix" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";
  readonly explode: boolean;
  /** Whether values are sent as they are. Default: they are percent-encoded. */
  readonly allowReserved?: boolean | undefined;
}

/**
 * A value in one of the styles; empty for an empty list or object. Dates are ISO 8601; members that are null or undefined are left
 * out. Throws an Error for a list or an object inside of another, for which the styles have no form.
 */
export function serializeParameter(
  name: string,
  value: unknown,
  { style, explode, allowReserved }: SerializedAs,
): string {
  const encode = (item: unknown): string => {
    const plain = item instanceof Date ? item.toISOString() : item;
    if (typeof plain === "object")
      throw new Error(`Parameter "${name}" is nested, which needs a serializer of one's own.`);
    return allowReserved === true ? String(plain) : encodeURIComponent(String(plain));
  };
  const isObject = typeof value === "object" && !(value instanceof Date);
  const exploded = isObject && (explode || style === "deepObject");
  const unnamed = style === "simple" || style === "label";
  const prefix = style === "label" ? "." : style === "matrix" ? ";" : "";
  const entries = Object.entries(isObject ? { ...value } : [value]).filter(([, item]) => item != null);
  const members = entries.flatMap(([key, item]) => {
    if (Array.isArray(value) || !isObject)
      return exploded && !unnamed ? `${name}=${encode(item)}` : encode(item);
    if (!exploded) return [key, encode(item)];
    return `${style === "deepObject" ? `${name}[${key}]` : key}=${encode(item)}`;
  });
  const separator = exploded
    ? (explodedBy[style] ?? "&")
    : (Array.isArray(value) && delimitedBy[style]) || ",";
  return members.length === 0
    ? ""
    : `${prefix}${exploded || unnamed ? "" : `${name}=`}${members.join(separator)}`;
}

const explodedBy: { readonly [style: string]: string } = { simple: ",", label: ".", matrix: ";" };
const delimitedBy: { readonly [style: string]: string } = { spaceDelimited: "%20", pipeDelimited: "|" };

/** A query serializer: by default lists are `form`, exploded, and objects `deepObject`. Null and undefined are left out. */
export function createQuerySerializer(
  options: QuerySerializerOptions = {},
): (query: { readonly [name: string]: unknown }) => string {
  const { allowReserved } = options;
  return (query) =>
    Object.entries(query)
      .map(([name, value]) =>
        serializeParameter(
          name,
          value,
          Array.isArray(value) || typeof value !== "object"
            ? { style: "form", explode: true, ...options.array, allowReserved }
            : { style: "deepObject", explode: true, ...options.object, allowReserved },
        ),
      )
      .filter(Boolean)
      .join("&");
}

/**
 * Fills a path template; `{id*}`, `{.id}` and `{;id}` are the styles of RFC 6570. What has no value stays. Throws a TypeError for a
 * value that would make another path of it: an empty one, `.` and `..`.
 */
export const defaultPathSerializer: PathSerializer = (pathname, values) =>
  pathname.replace(/\{([.;]?)([^{}]+?)(\*?)\}/g, (match, sign: string, name: string, star: string) => {
    const value = values[name];
    if (value == null) return match;
    const style = sign === "." ? "label" : sign === ";" ? "matrix" : "simple";
    const text = serializeParameter(name, value, { style, explode: star !== "" });
    if (/^\.{0,2}$/.test(text))
      throw new TypeError(`Path parameter "${name}" is "${text}", which leads to another path.`);
    return text;
  });

/** JSON, or a form when the headers ask for one; a FormData is sent as it is. */
export function defaultBodySerializer(body: unknown, headers?: Headers): unknown {
  if (body instanceof FormData) return body;
  return headers?.get("Content-Type") === "application/x-www-form-urlencoded"
    ? new URLSearchParams(body as Record<string, string>).toString()
    : JSON.stringify(body);
}

/** Headers, the later over the earlier: `null` takes one away, a list is several values, `undefined` changes nothing. */
export function mergeHeaders(...all: readonly (HeadersOptions | undefined)[]): Headers {
  const merged = new Headers();
  for (const headers of all) {
    const pairs: Iterable<readonly [string, unknown]> =
      headers && Symbol.iterator in headers ? (headers as Headers) : Object.entries(headers ?? {});
    for (const [name, value] of pairs) {
      if (value === null) merged.delete(name);
      else if (Array.isArray(value)) for (const one of value) merged.append(name, String(one));
      else if (value !== undefined) merged.set(name, String(value));
    }
  }
  return merged;
}
