import type { Schema } from "../../openapi/shapes.ts";

/** How the pages of a list follow one another: docs/extensions.md. Places are the keys that lead there from the body of a success. */
export interface Pagination {
  readonly items: readonly string[];
  /** The schema of an item, where the document has one. */
  readonly item?: Schema;
  readonly more?: readonly string[];
  readonly total?: readonly string[];
  readonly cursor?: { readonly parameter: RequestPlace; readonly value: readonly string[] };
  readonly next?: readonly string[];
  readonly offset?: { readonly parameter: RequestPlace; readonly limit?: RequestPlace; readonly defaultLimit?: number };
}

/** The keys that lead to a value of a request: `["query", "after"]`, `["body", "page", "cursor"]`. */
export type RequestPlace = readonly [location: "query" | "body", ...keys: string[]];
