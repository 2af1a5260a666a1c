/**
 * The string and number formats that are checked: those of JSON Schema 2020-12 (Validation, §7.3) and of the OpenAPI format
 * registry. A format that is not listed here is an annotation, and every value passes. No check takes more than linear time.
 */
import { isDate, isDateTime, isDuration, isTime } from "./formats/date-time.js";
import { isEmail, isHostname, isIdnEmail, isIdnHostname, isIpv4, isIpv6 } from "./formats/network.js";
import { isBase64, isJsonPointer, isRegex, isRelativeJsonPointer, isUuid } from "./formats/text.js";
import { isIri, isIriReference, isUri, isUriReference, isUriTemplate } from "./formats/uri.js";

/** The checks of string formats by name. Look them up with `Object.hasOwn`: a format may be called `constructor`. */
export const formats: { readonly [name: string]: (value: string) => boolean } = {
  "date-time": isDateTime,
  date: isDate,
  time: isTime,
  duration: isDuration,
  email: isEmail,
  "idn-email": isIdnEmail,
  hostname: isHostname,
  "idn-hostname": isIdnHostname,
  ipv4: isIpv4,
  ipv6: isIpv6,
  uri: isUri,
  "uri-reference": isUriReference,
  iri: isIri,
  "iri-reference": isIriReference,
  "uri-template": isUriTemplate,
  uuid: isUuid,
  "json-pointer": isJsonPointer,
  "relative-json-pointer": isRelativeJsonPointer,
  regex: isRegex,
  byte: isBase64,
};

/**
 * The checks of number formats by name: https://spec.openapis.org/registry/format/. `float` and `double` hold every number.
 * The bounds of `int64` and `uint64` are the nearest doubles; what JSON.parse has rounded beyond 2^53 cannot be told any more.
 */
export const numberFormats: { readonly [name: string]: (value: number) => boolean } = {
  int8: (value) => isIntegerWithin(value, -128, 127),
  int16: (value) => isIntegerWithin(value, -32_768, 32_767),
  int32: (value) => isIntegerWithin(value, -2_147_483_648, 2_147_483_647),
  int64: (value) => isIntegerWithin(value, -(2 ** 63), 2 ** 63),
  uint8: (value) => isIntegerWithin(value, 0, 255),
  uint16: (value) => isIntegerWithin(value, 0, 65_535),
  uint32: (value) => isIntegerWithin(value, 0, 4_294_967_295),
  uint64: (value) => isIntegerWithin(value, 0, 2 ** 64),
};

/** Whether a number is whole and between two bounds, both included. */
export function isIntegerWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
