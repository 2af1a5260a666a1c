import type { OperationDescriptor } from "../operation.js";
import { type MediaType, parseMediaType } from "../wire/media-type.js";

/** What a caller takes, and how gladly: 0 is not at all. */
interface Range extends MediaType {
  readonly quality: number;
}

/**
 * The media type, as the document has it, that the caller likes best among those of the operation's successes (RFC 9110, §12.5.1); of
 * equals the first. `null` when he takes none of them, which is 406; `undefined` when there is nothing to choose, since a success has
 * no body. A request without `Accept`, or whose `Accept` cannot be read, takes anything.
 */
export function preferredType(
  operation: OperationDescriptor,
  accept: string | null,
): string | null | undefined {
  const successes = successesOf(operation);
  const types = successes.flatMap(({ contents = [] }) => contents.map(({ mediaType }) => mediaType));
  const ranges = accept === null || accept.trim() === "*/*" ? [] : parseAccept(accept);
  if (ranges.length === 0) return types[0];
  let best: string | undefined;
  let highest = 0;
  for (const type of types) {
    const quality = qualityOf(type, ranges);
    if (quality > highest) [best, highest] = [type, quality];
  }
  const bodyless = successes.some(({ contents = [] }) => contents.length === 0);
  return best ?? (bodyless || types.length === 0 ? undefined : null);
}

/** Makes what tells whether a caller takes anything of an operation. Most callers ask as the one before. */
export function createNegotiation(operation: OperationDescriptor): (accept: string | null) => boolean {
  const known = { accept: null as string | null, takes: true };
  return (accept) => {
    if (accept === null) return true;
    if (accept !== known.accept) {
      known.takes = preferredType(operation, accept) !== null;
      known.accept = accept;
    }
    return known.takes;
  };
}

/** Reads an `Accept` header. What is no media range is passed over; a weight that cannot be read is 1. */
export function parseAccept(header: string): readonly Range[] {
  return (header.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []).flatMap((text): Range[] => {
    const parsed = parseMediaType(text);
    if (parsed === undefined) return [];
    const parameters = new Map<string, string>();
    let quality = 1;
    for (const [name, value] of parsed.parameters) {
      if (name === "q") {
        quality = /^(?:0(?:\.\d*)?|1(?:\.0*)?)$/.test(value) ? Number(value) : 1;
        // What follows the weight was an extension of Accept, which RFC 9110 has given up.
        break;
      }
      parameters.set(name, value);
    }
    return [{ ...parsed, parameters, quality }];
  });
}

/** How gladly a media type is taken: by the most specific of the ranges that hold it. */
export function qualityOf(mediaType: string, ranges: readonly Range[]): number {
  const type = parseMediaType(mediaType);
  if (type === undefined) return 1;
  let quality = 0;
  let specific = -1;
  for (const range of ranges) {
    const specificity = specificityOf(range, type);
    if (specificity > specific) [specific, quality] = [specificity, range.quality];
  }
  return quality;
}

// The document may have a range as well, such as `image/*`: it is taken when the two have anything in common.
function specificityOf(range: Range, type: MediaType): number {
  if (range.type === "*") return 0;
  if (range.type !== type.type && type.type !== "*") return -1;
  if (range.subtype === "*") return 1;
  if (range.subtype !== type.subtype && type.subtype !== "*") return -1;
  let equal = 0;
  for (const [name, value] of range.parameters) {
    // The charset says how a text is written, and ours are UTF-8 whatever is asked for.
    if (name === "charset") continue;
    if (type.parameters.get(name)?.toLowerCase() !== value.toLowerCase()) return -1;
    equal += 1;
  }
  return 2 + equal;
}

// Where no success is declared and nothing redirects, `default` is what everybody gets.
function successesOf({ responses }: OperationDescriptor): OperationDescriptor["responses"] {
  const successes = responses.filter(({ status }) => status.startsWith("2"));
  if (successes.length > 0 || responses.some(({ status }) => status.startsWith("3"))) return successes;
  return responses.filter(({ status }) => status === "default");
}
