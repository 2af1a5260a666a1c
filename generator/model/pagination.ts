import { child, type Location } from "../diagnostics/location.ts";
import type { Operation } from "./api-model.ts";
import type { Building } from "./building.ts";
import { inferPagination } from "./pagination/infer.ts";
import type { Pagination } from "./pagination/pagination.ts";
import { statedPagination } from "./pagination/stated.ts";

/** What pages are told by: the operation, but for what does not matter to them. */
export type PagedOperation = Pick<Operation, "method" | "path" | "parameters" | "body" | "responses" | "extensions"> & {
  readonly at: Location;
};

/** How the pages of an operation follow one another: as it says, else as its shape tells; the rule is in docs/extensions.md. */
export function buildPagination(building: Building, operation: PagedOperation): Pagination | undefined {
  const stated = operation.extensions["x-triad-pagination"];
  if (stated === undefined) return inferPagination(building.document, operation);
  return stated === false
    ? undefined
    : statedPagination(building, operation, { value: stated, at: child(operation.at, "x-triad-pagination") });
}
