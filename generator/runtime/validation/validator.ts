/** One thing wrong with a value. */
export interface Problem {
  /** JSON Pointer (RFC 6901) to the place in the value; `` is the value itself. */
  readonly pointer: string;
  /** The JSON Schema keyword that is broken, such as `required`. */
  readonly keyword: string;
  /** What the value must be: `must be string`. */
  readonly message: string;
  /**
   * The place in the document, where it is asked for: the named schema that the value is held to, and the keys from there on, such as
   * `EventsQuery.select[]`. Absent where no schema around has a name, or a minifier has taken it.
   */
  readonly schema?: string;
  /**
   * The JSON Pointer of the keyword in the document, such as `#/components/schemas/Pet/properties/name/maxLength`; of a schema that has no
   * name around it, from that schema on: `/maxLength`. Absent where `schema` was not asked for.
   */
  readonly schemaPath?: string | undefined;
}

/** A list of problems that says whether it wants to know their places in the document. */
export type ProblemList = Problem[] & { located?: true };

/** The way down to a value, from the inside out; made only while problems are gathered. */
export interface Path {
  readonly parent: Path | null;
  /** Absent where another check goes on with the same value. */
  readonly key?: string | number;
  /** What checks the value there. */
  readonly check?: Validator;
  /** The keyword that leads to the check, such as `items` or `allOf/0`. */
  readonly by?: string;
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
