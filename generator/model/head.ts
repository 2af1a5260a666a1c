/** In characters of JSON; names of members and percent-encoding make several of one. */
const longest = 4_000;

/** Whether a parameter or a header leaves room in the head of a message, of which Node reads 16 KiB, the URL included (431, RFC 6585 §5). */
export function fitsHead(value: unknown): boolean {
  return JSON.stringify(value).length <= longest;
}
