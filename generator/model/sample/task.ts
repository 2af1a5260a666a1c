import type { Json, Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { ApiModel, Direction } from "../api-model.ts";
import type { Sample, SampleValue } from "../sample.ts";
import type { Heights } from "./heights.ts";
import type { Names } from "./objects.ts";

/** One value to be made. */
export interface Task {
  readonly schema: Schema;
  /** The name of what the value is for. */
  readonly name: string;
  readonly index: number;
  readonly hints: readonly Json[];
  /** How deep it is: an object counts 1, an array a third. From 2 on there is only what must be. */
  readonly level: number;
  readonly accept?: (value: SampleValue) => boolean;
}

/** Makes samples for one side of a model. */
export interface Sampler {
  readonly model: Pick<ApiModel, "schemaByReference">;
  readonly direction: Direction;
  readonly heights: Heights;
  /** The properties of objects that one schema alone describes. */
  readonly names: WeakMap<SchemaObject, Names>;
  /** What has been found valid on this side, so that what holds it need not look at it again. */
  readonly proven: WeakMap<SchemaObject, Set<SampleValue>>;
  /** Values that several members of a `oneOf` take, since no value is taken by one alone, with the schema that the `oneOf` is in. */
  readonly rescued: WeakMap<object, SchemaObject>;
  sample(task: Task): Sample;
}

/** From this level on, values are as small as they can be. */
export const deep = 2;

/** A schema that is met by what meets all of these. */
export function allOf(schemas: readonly Schema[]): Schema {
  const telling = schemas.filter((schema) => schema !== true);
  const [only, ...others] = telling;
  if (only === undefined) return true;
  return others.length === 0 ? only : { allOf: telling };
}
