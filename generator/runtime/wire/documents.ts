import { classify, jsonText, refuse } from "./classify.js";
import type { Place, WireLocation } from "./errors.js";

/** The text of a value that travels as a document of a media type: JSON, or the plain text of a scalar. */
export function documentText(mediaType: string, value: unknown, place: Place): string {
  if (!mediaType.toLowerCase().startsWith("text/")) return jsonText(value, place);
  const classified = classify(value, place);
  return classified.kind === "scalar" ? classified.text : jsonText(value, place);
}

/** Encodes a text; a lone surrogate, which UTF-8 cannot carry, is refused with the place. */
export function encodeOrRefuse(text: string, encode: (text: string) => string, place: Place): string {
  try {
    return encode(text);
  } catch (error) {
    if (error instanceof URIError)
      return refuse("holds half of a surrogate pair, which UTF-8 cannot carry", place);
    throw error;
  }
}

/** Refuses values that nothing declares, so that a misspelt name is not dropped in silence. */
export function refuseUndeclared(
  values: { readonly [name: string]: unknown },
  declared: ReadonlySet<string>,
  location: WireLocation,
): void {
  for (const name of Object.keys(values)) {
    if (!declared.has(name) && values[name] !== undefined)
      refuse("is not declared by the operation", { in: location, name });
  }
}
