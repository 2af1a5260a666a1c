import type { Json, Schema } from "../openapi/shapes.ts";
import type { ApiModel, Direction } from "./api-model.ts";
import { samplerOf } from "./sample/sampler.ts";
import type { Bytes } from "./validate/scalar.ts";

export { Bytes } from "./validate/scalar.ts";
export { sampleRequest, sampleResponse, type RequestParts, type RequestSample, type ResponseSample } from "./sample/messages.ts";

/** A value that has been made for a schema: JSON, in which `Bytes` stand for the Blobs of binary places. */
export type SampleValue = Json | Bytes | readonly SampleValue[] | { readonly [key: string]: SampleValue };

/** A valid value, or why there is none and at which place of the value. */
export type Sample =
  { readonly ok: true; readonly value: SampleValue } | { readonly ok: false; readonly reason: string; readonly pointer: string };

/** What a sample is for. */
export interface SampleOptions {
  readonly direction: Direction;
  /** The name of what the value is for, such as the parameter's: plausible values go by it. Default: none. */
  readonly name?: string;
  /** Which of several different samples. Default: 0. */
  readonly index?: number;
  /** Values to follow where they are valid, such as the examples of a media type. Default: none. */
  readonly hints?: readonly Json[];
  /** What the value must meet beside the schema; others are tried until one does. Default: all do. */
  readonly accept?: (value: SampleValue) => boolean;
}

/**
 * A valid, plausible value of a schema. It depends on the schema, the name and the index alone, so that a new property changes no
 * other value. Examples, defaults and constants are followed first. The root shows all its optional properties, an object in it
 * those that are flat, and what is deeper none: whether one is shown hangs on itself alone.
 * Every value is proven by `validate` before it is returned.
 */
export function sample(model: Pick<ApiModel, "schemaByReference">, schema: Schema, options: SampleOptions): Sample {
  const { name = "", index = 0, hints = [], accept } = options;
  return samplerOf(model, options.direction).sample({
    schema,
    name,
    index,
    hints,
    level: 0,
    ...(accept === undefined ? {} : { accept }),
  });
}
