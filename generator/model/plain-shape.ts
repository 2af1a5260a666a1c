import type { Shape } from "../runtime/operation.ts";

/** Whether texts alone tell a value: no list, no object, nothing that may be one. */
export function isScalarShape(shape: Shape): boolean {
  if (typeof shape === "string") return shape !== "any";
  return "union" in shape && shape.union.every(isScalarShape);
}

/** A scalar, a list of scalars, or one of both. */
export function isFlatShape(shape: Shape): boolean {
  if (typeof shape === "string") return isScalarShape(shape);
  if ("union" in shape) return shape.union.every(isFlatShape);
  return "array" in shape && isScalarShape(shape.array) && (shape.prefix ?? []).every(isScalarShape);
}

/** An object of scalars. */
export function isFlatObject(shape: Shape): boolean {
  if (typeof shape === "string" || !("object" in shape)) return false;
  return [...Object.values(shape.object), shape.rest ?? "string"].every(isScalarShape);
}
