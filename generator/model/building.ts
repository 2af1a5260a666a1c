import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Document } from "../openapi/document.ts";
import type { Settled } from "./settle.ts";

/** What every part of the model is built with. */
export interface Building extends Settled {
  readonly document: Document;
  readonly diagnostics: Diagnostics;
}

/** An object without the members that are `undefined`, as exact optional properties ask. */
export function defined<T extends object>(
  members: T,
): { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} {
  // `Object.fromEntries` forgets which members there are; the type above is what the filter does.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as ReturnType<typeof defined<T>>;
}
