/** RFC 4122 §3: 32 hexadecimal digits in groups of 8-4-4-4-12; any version. */
export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value);
}

/** RFC 4648 §4, padded and without line breaks: what OpenAPI calls `byte`. */
export function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}

/** RFC 6901 §3: tokens after slashes, `~` only as `~0` or `~1`. */
export function isJsonPointer(value: string): boolean {
  return (value === "" || value.startsWith("/")) && !/~(?![01])/.test(value);
}

/** Relative JSON Pointer: steps up, then `#` or a pointer; an index may be moved by `+1`. */
export function isRelativeJsonPointer(value: string): boolean {
  const match = /^(?:0|[1-9]\d*)(?:[+-][1-9]\d*)?/.exec(value);
  if (match === null) return false;
  const rest = value.slice(match[0].length);
  return rest === "#" || isJsonPointer(rest);
}

/** ECMA-262, as a Unicode pattern. */
export function isRegex(value: string): boolean {
  try {
    return new RegExp(value, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
