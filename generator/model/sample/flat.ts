import type { Schema } from "../../openapi/shapes.ts";
import type { ApiModel } from "../api-model.ts";
import { inPlace } from "../direction.ts";

/** Whether the values of a schema are texts, numbers and the like: neither objects nor arrays, by what it says of itself. */
export function isFlat(model: Pick<ApiModel, "schemaByReference">, schema: Schema, seen: readonly Schema[] = []): boolean {
  if (seen.includes(schema)) return false;
  const parts = inPlace(model, schema);
  if (parts.some((part) => part.enum !== undefined || part.const !== undefined)) return true;
  const typed = parts.find((part) => part.type !== undefined);
  if (typed?.type !== undefined) return [typed.type].flat().every((type) => type !== "object" && type !== "array");
  const union = parts.map((part) => part.oneOf ?? part.anyOf).find((members) => members !== undefined);
  return union?.every((member) => isFlat(model, member, [...seen, schema])) === true;
}
