import type { LimitOptions } from "./limits.js";

/** How a router reads its requests. `Name` are the names of the handlers. */
export interface RequestOptions<Name extends string = string> {
  /**
   * Whether a path with a slash at its end is that without one, and the other way round, as long as no operation claims it as it
   * stands. Default: `ignore`; with `strict` it is another path, and 404.
   */
  readonly trailingSlash?: "ignore" | "strict";
  /** What becomes of a query parameter that the operation does not declare. Default: `ignore`; `refuse` answers 400, or 422. */
  readonly unknownQuery?: "ignore" | "refuse";
  /**
   * What becomes of readOnly members in a body. Default: `drop`, so that what was got can be sent back and no handler sees what a
   * caller may not set; `refuse` answers 400, or 422; `accept` hands them on.
   */
  readonly readOnly?: "drop" | "refuse" | "accept";
  /**
   * Whether absent members of a body get the `default` of their schema. Default: true, but never for PATCH and merge patches, where
   * what is left out stays as it is. Absent parameters get theirs in any case.
   */
  readonly bodyDefaults?: boolean;
  /** How much a request may hold; more is 413. Default: a body of 1 MiB, or of 16 MiB where it may carry files. */
  readonly limits?: LimitOptions<Name>;
}
