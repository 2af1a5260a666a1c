import { Bytes } from "../validate/scalar.ts";
import type { SampleValue } from "../sample.ts";

/** A change of one place of a value, as `runtime/fixtures/edges.ts` makes it: what is said of the place, and what is given for it. */
export interface Change {
  readonly what: string;
  readonly pointer: string;
  readonly given?: SampleValue;
}

/** A key as a JSON Pointer. */
export function pointerTo(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

// `Array.isArray` does not narrow readonly arrays.
export function isList(value: SampleValue): value is readonly SampleValue[] {
  return Array.isArray(value);
}

export function isRecord(value: SampleValue): value is { readonly [key: string]: SampleValue } {
  return typeof value === "object" && value !== null && !isList(value) && !(value instanceof Bytes);
}
