import { fromWire } from "../formats/apply.js";
import type { HeaderDescriptor } from "../operation.js";
import { alternativesOf, itemShape } from "../wire/alternatives.js";
import { decodeHeaderText } from "../wire/decode-header.js";
import type { WireProblem } from "../wire/errors.js";
import { percentDecode } from "../wire/percent.js";
import { inside, type Reading, readText } from "../wire/reading.js";
import type { DecodedHeaders } from "./errors.js";

/**
 * The headers that a response declares, by their names in the document, decoded by the wire table. One that is absent or cannot be
 * decoded is left out: its text is in the raw response.
 */
export function readHeaders(declared: readonly HeaderDescriptor[], headers: Headers): DecodedHeaders {
  const found = declared.flatMap((header) => {
    const problems: WireProblem[] = [];
    const place = { in: "header", name: header.name } as const;
    const wire = readHeader(header, headers, { place, pointer: "", unescape: percentDecode, problems });
    const value = fromWire(header.codec, wire, place, problems);
    return value === undefined || problems.length > 0 ? [] : [[header.name, value] as const];
  });
  return Object.fromEntries(found);
}

function readHeader(header: HeaderDescriptor, headers: Headers, reading: Reading): unknown {
  const shape = header.shape ?? "string";
  const { array } = alternativesOf(shape);
  // RFC 6265, §3: several of these cannot be joined, since a cookie may hold a comma.
  if (header.name.toLowerCase() === "set-cookie" && header.mediaType === undefined && array !== undefined) {
    const texts = headers.getSetCookie();
    return texts.length === 0
      ? undefined
      : texts.map((text, index) => readText(text, itemShape(array, index), inside(reading, index)));
  }
  const text = headers.get(header.name);
  return text === null ? undefined : decodeHeaderText(text, header, shape, reading);
}
