import type { Shape } from "../operation.js";
import { alternativesOf } from "./alternatives.js";
import { decodeDelimited } from "./decode-styled.js";
import type { HeaderSpelling } from "./encode-header.js";
import { isJson } from "./encode-urlencoded.js";
import { percentDecode } from "./percent.js";
import { type Reading, readJson, readText } from "./reading.js";

/** Reads a field value. A scalar is taken as it is; the members of lists and objects are percent-decoded where they can be. */
export function decodeHeaderText(
  text: string,
  header: HeaderSpelling,
  shape: Shape,
  reading: Reading,
): unknown {
  if (header.mediaType !== undefined) {
    return isJson(header.mediaType) ? readJson(text, reading) : readText(text, shape, reading);
  }
  const { array, object } = alternativesOf(shape);
  if (array === undefined && object === undefined) return readText(text, shape, reading);
  // RFC 9110, §5.6.1: white space may stand around the commas of a list.
  const lenient: Reading = { ...reading, unescape: (raw) => percentDecode(raw.trim()) ?? raw.trim() };
  return decodeDelimited(text, { delimiter: ",", explode: header.explode === true }, shape, lenient);
}
