import type { Schema } from "../validation/standard.js";
import type { Wire } from "./wire-type.js";

/** A Standard Schema of the wire form of a type. */
export type WireSchema<T> = Schema<Wire<T>>;
