import type { Location } from "../diagnostics/location.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import type { OpenApiObject, Schema } from "./shapes.ts";

/** The dialect a document was written in, before it was normalized. */
export type Dialect = "2.0" | "3.0" | "3.1" | "3.2";

/** One normalized document. What `root` holds is written at the top of shapes.ts. */
export interface Document {
  readonly root: OpenApiObject;
  /** The dialect that came in. */
  readonly dialect: Dialect;
  /** Every file that was read, the entry first. */
  readonly sources: readonly SourceFile[];
  /** The document in one file as its authors have it, in its own dialect: overlays applied, other files among its components. */
  written(): unknown;
  /** Where an object or array of `root` was written; a node made by `normalize` has the place it was made from. */
  locate(node: object): Location;
  /** The schema behind `#/components/schemas/<key>`, with that key; `undefined` never happens for references in `root`. */
  resolve(reference: string): { readonly key: string; readonly schema: Schema };
}
