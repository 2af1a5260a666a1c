import type { Codec } from "../operation.js";
import { isBase64 } from "../validation/formats/text.js";
import { FormatError } from "./apply.js";

/** `byte`, base64 in a text (RFC 4648, §4), as a Uint8Array. */
export const byteAsUint8Array: Codec<Uint8Array> = {
  decode(wire) {
    if (typeof wire !== "string") return wire as Uint8Array;
    if (!isBase64(wire)) throw new FormatError("must be base64");
    return Uint8Array.from(atob(wire), (character) => character.charCodeAt(0));
  },
  encode(value) {
    if (!(value instanceof Uint8Array)) return value;
    let text = "";
    // Not all at once: a call takes a limited number of arguments.
    for (let start = 0; start < value.length; start += 0x8000)
      text += String.fromCharCode(...value.subarray(start, start + 0x8000));
    return btoa(text);
  },
};
