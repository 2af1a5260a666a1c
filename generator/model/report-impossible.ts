import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import { child, type Location } from "../diagnostics/location.ts";
import type { Schema } from "../openapi/shapes.ts";
import type { ApiModel, Direction } from "./api-model.ts";
import { contradictionOf } from "./contradiction.ts";

/** A fixture that cannot be made. */
export interface ImpossibleFixture {
  /** What it is of, to follow "for". */
  readonly what: string;
  readonly at: Location;
  /** Why, and where in the value, as far as the search for a value can tell. */
  readonly reason: string;
  readonly pointer: string;
  /** What the value would have to meet, and where that is written. Without it, the reason is all there is to tell. */
  readonly asked?: { readonly schema: Schema; readonly at: Location } | undefined;
  readonly direction: Direction;
}

/**
 * Warns of a fixture that cannot be made. Where its schema contradicts itself, the warning stands at the keywords that do, and
 * names the first fixture alone: the same two may leave hundreds of operations without one.
 */
export function reportImpossible(
  model: Pick<ApiModel, "schemaByReference">,
  diagnostics: Diagnostics,
  { what, at, reason, pointer, asked, direction }: ImpossibleFixture,
): void {
  const contradiction =
    asked === undefined
      ? undefined
      : (contradictionOf(model, asked, direction) ?? contradictionOf(model, asked, direction, true));
  const [place, ...others] = contradiction?.places ?? [];
  if (contradiction === undefined || place === undefined)
    return diagnostics.report("fixture-impossible", at, { what, pointer, reason });
  const { cure } = contradiction;
  const inside = contradiction.pointer === "" ? "" : ` at ${contradiction.pointer}`;
  diagnostics.report(
    "fixture-impossible",
    place.at,
    { reason: contradiction.reason, pointer: "", cure },
    { related: [...others, { at, message: `both are asked of ${what}${inside}, which may not be the only one` }] },
  );
}

/** The schema of a body, and where it is written. */
export function askedOf(content: { readonly schema?: Schema; readonly at: Location } | undefined): ImpossibleFixture["asked"] {
  return content?.schema === undefined ? undefined : { schema: content.schema, at: child(content.at, "schema") };
}
