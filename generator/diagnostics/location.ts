/** A place in a source: the file's path or URL, `#`, and a JSON Pointer (RFC 6901) into it. */
export type Location = `${string}#${string}`;

/** Joins a file and the unescaped keys that lead to a place in it. */
export function locationOf(file: string, keys: readonly (string | number)[]): Location {
  return `${file}#${keys.map((key) => `/${escapeToken(String(key))}`).join("")}`;
}

/** The place of a member: `child("a.yaml#/info", "title")` is `a.yaml#/info/title`. */
export function child(at: Location, ...keys: readonly (string | number)[]): Location {
  return `${at}${keys.map((key) => `/${escapeToken(String(key))}`).join("")}` as Location;
}

/** Splits a Location into its file and the unescaped keys. The last `#` separates: a path may hold one, a pointer has it escaped. */
export function splitLocation(at: Location): { readonly file: string; readonly keys: readonly string[] } {
  const hash = at.lastIndexOf("#");
  return { file: at.slice(0, hash), keys: pointerKeys(at.slice(hash + 1)) };
}

/** The unescaped keys of a JSON Pointer. */
export function pointerKeys(pointer: string): string[] {
  if (pointer === "" || pointer === "/") return pointer === "" ? [] : [""];
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~2", "#").replaceAll("~1", "/").replaceAll("~0", "~"));
}

// `~2` is ours, beside RFC 6901's `~0` and `~1`: a key may hold a "#", and the last "#" of a Location starts its pointer.
function escapeToken(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("#", "~2");
}
