/** One thing wrong with a value. */
export interface Problem {
  /** JSON Pointer (RFC 6901) to the place in the value; `` is the value itself. */
  readonly pointer: string;
  /** The JSON Schema keyword that is broken, such as `required`. */
  readonly keyword: string;
  /** What the value must be: `must be string`. */
  readonly message: string;
}

/** The way down to a value, from the inside out; made only while problems are gathered. */
export interface Path {
  readonly parent: Path | null;
  readonly key: string | number;
}

/**
 * Tells whether a value meets a schema. With `problems` null it stops at the first fault and allocates nothing;
 * with a list it goes on and gathers them all.
 */
export type Validator = (value: unknown, problems: Problem[] | null, path: Path | null) => boolean;

/** What a pattern is tested with: a RegExp, or what matches the same in bounded time. */
export interface Matcher {
  test(text: string): boolean;
  toString(): string;
}
