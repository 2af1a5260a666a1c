import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import type { ApiModel } from "../api-model.ts";

/** How deep the smallest value of a schema is nested; `Infinity` when a schema needs itself and no value ends. */
export interface Heights {
  of(schema: Schema): number;
}

/** Schemas that are not known after so many rounds are too high for any sample. */
const maxRounds = 200;

/** Works out the heights of all named schemas: each round can only lower them, until nothing changes. */
export function heightsOf(model: Pick<ApiModel, "schemaByReference">): Heights {
  const known = new Map<string, number>();
  const cache = new WeakMap<SchemaObject, number>();
  const of = (schema: Schema): number => heightOf(schema, known);
  const forwards = [...model.schemaByReference.values()];
  const backwards = [...forwards].reverse();
  for (let changed = true, round = 0; changed && round < maxRounds; round++) {
    changed = false;
    // A schema may be defined before what it refers to, or after.
    for (const { reference, schema } of round % 2 === 0 ? forwards : backwards) {
      const height = of(schema);
      if (height === (known.get(reference) ?? Infinity)) continue;
      known.set(reference, height);
      changed = true;
    }
  }
  return {
    of(schema) {
      if (typeof schema === "boolean") return of(schema);
      const height = cache.get(schema) ?? of(schema);
      cache.set(schema, height);
      return height;
    },
  };
}

function heightOf(schema: Schema, known: ReadonlyMap<string, number>): number {
  if (typeof schema === "boolean") return schema ? 0 : Infinity;
  if (schema.enum !== undefined || schema.const !== undefined || isScalar(schema)) return 0;
  const all = (schemas: readonly Schema[] = []): number => Math.max(0, ...schemas.map((member) => heightOf(member, known)));
  const any = (schemas?: readonly Schema[]): number =>
    schemas === undefined ? 0 : Math.min(...schemas.map((member) => heightOf(member, known)));
  const referred = schema.$ref === undefined ? 0 : (known.get(schema.$ref) ?? Infinity);
  return Math.max(referred, all(schema.allOf), any(schema.anyOf), any(schema.oneOf), ownHeight(schema, known));
}

// Most schemas are.
function isScalar({ type, $ref, allOf, anyOf, oneOf }: SchemaObject): boolean {
  return (
    typeof type === "string" &&
    type !== "object" &&
    type !== "array" &&
    $ref === undefined &&
    allOf === undefined &&
    anyOf === undefined &&
    oneOf === undefined
  );
}

function ownHeight(schema: SchemaObject, known: ReadonlyMap<string, number>): number {
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  if (types?.some((type) => type !== "object" && type !== "array") === true) return 0;
  const heights: number[] = [];
  if (types?.includes("array") ?? schema.minItems !== undefined) {
    heights.push((schema.minItems ?? 0) === 0 ? 0 : 1 + heightOf(schema.items ?? true, known));
  }
  if (types?.includes("object") ?? schema.required !== undefined) {
    const needed = (schema.required ?? []).flatMap<Schema>((name) => schema.properties?.[name] ?? []);
    heights.push(needed.length === 0 ? 0 : 1 + Math.max(...needed.map((property) => heightOf(property, known))));
  }
  return heights.length === 0 ? 0 : Math.min(...heights);
}
