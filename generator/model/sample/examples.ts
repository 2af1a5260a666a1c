/** What examples say of the values to try first. */
import type { Json, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import { positionIn } from "../validate/equal.ts";

/** Where the first example that is one of the constants stands among them; else at the start. */
export function exemplaryIndex(constants: readonly Json[], examples: readonly Json[]): number {
  return examples.map((example) => positionIn(constants, example)).find((place) => place >= 0) ?? 0;
}

/** In the order written, `null` last, and first what an example has. */
export function preferred(types: readonly TypeName[], [example]: readonly Json[]): readonly TypeName[] {
  const weight = (type: TypeName): number => (example !== undefined && exemplified(type, example) ? -1 : type === "null" ? 1 : 0);
  return [...types].sort((a, b) => weight(a) - weight(b));
}

function exemplified(type: TypeName, example: Json): boolean {
  if (example === null) return type === "null";
  if (Array.isArray(example)) return type === "array";
  return typeof example === "number" ? type === "integer" || type === "number" : typeof example === type;
}

/** The examples of a schema. A default of null says what absence means, and not what a value looks like. */
export function examplesOf(part: SchemaObject): Json[] {
  const { default: standard = null } = part;
  return [...(Array.isArray(part.examples) ? part.examples : []), ...(standard === null ? [] : [standard])];
}
