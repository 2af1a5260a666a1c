import type { Incoming } from "./incoming.js";
import { parseAccept, qualityOf } from "./negotiation.js";

/** Which media type the caller of a request likes best, by its `Accept` (RFC 9110, §12.5.1); the first, when it takes none of them. */
export function acceptsOf(incoming: Incoming) {
  return <MediaType extends string>(first: MediaType, ...others: MediaType[]): MediaType =>
    preferredOf(incoming.header("accept"), [first, ...others]) ?? first;
}

/** The media type that is liked best; of equals the first, and `undefined` when none is taken. */
export function preferredOf<MediaType extends string>(
  accept: string | null,
  mediaTypes: readonly MediaType[],
): MediaType | undefined {
  const ranges = accept === null ? [] : parseAccept(accept);
  if (ranges.length === 0) return mediaTypes[0];
  let best: MediaType | undefined;
  let highest = 0;
  for (const mediaType of mediaTypes) {
    const quality = qualityOf(mediaType, ranges);
    if (quality > highest) [best, highest] = [mediaType, quality];
  }
  return best;
}
