import type { Operation } from "../model/api-model.ts";
import type { Reply } from "../runtime/server/reply.ts";
import type { Wishes } from "./prefer.ts";

export type { Reply };

/** A request that has been checked, with what its caller wishes. */
export interface Asked {
  readonly operation: Operation;
  readonly path: Values;
  readonly query: Values;
  readonly body: unknown;
  readonly wishes: Wishes;
  /** Which of several media types the caller likes best. */
  readonly accepts: (mediaTypes: readonly string[]) => string | undefined;
  /** The address, for links to further pages. */
  readonly url: () => string;
}

export type Values = { readonly [name: string]: unknown };

/** Thrown where the answer is an error that the document need not declare. */
export class Declined extends Error {
  override readonly name = "Declined";
  readonly status: 404 | 500;

  constructor(status: 404 | 500, message: string) {
    super(message);
    this.status = status;
  }
}

export function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Blob);
}

/** The value that keys lead to. */
export function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (holder, key) =>
      (isRecord(holder) || Array.isArray(holder)) && Object.hasOwn(holder, key) ? Reflect.get(holder, key) : undefined,
    value,
  );
}

/** A copy in which another value stands where keys lead to; `undefined` takes the member away. Objects on the way are made. */
export function withValue(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const members = new Map(Object.entries(isRecord(value) ? value : {}));
  const inner = withValue(members.get(key), rest, replacement);
  if (inner === undefined) members.delete(key);
  else members.set(key, inner);
  return Object.fromEntries(members);
}
