import type { Document } from "../openapi/document.ts";
import type { Json, Schema } from "../openapi/shapes.ts";
import { behindReferences } from "./bytes.ts";

/** What a place can hold, by the schemas that speak of it. */
export interface PlaceValues {
  /** All values, as text; `undefined` when the schemas leave it open. */
  readonly values: ReadonlySet<string> | undefined;
  /** The value, as text, that stands for one that is left out: the only default. */
  readonly absent: string | undefined;
}

/** The values that may stand at a place, where the schemas of its alternatives list them. */
export function valuesOf(document: Document, schemas: readonly Schema[]): PlaceValues {
  const listed = schemas.map((schema) => listedValues(document, schema));
  const defaults = new Set(schemas.flatMap((schema) => defaultsOf(document, schema)));
  const [absent, ...others] = defaults;
  return {
    values: listed.includes(undefined) ? undefined : new Set(listed.flatMap((values) => [...(values ?? [])])),
    absent: others.length === 0 ? absent : undefined,
  };
}

function listedValues(document: Document, schema: Schema, within: readonly Schema[] = []): string[] | undefined {
  if (typeof schema === "boolean" || within.includes(schema)) return undefined;
  for (const part of behindReferences(document, schema)) {
    if (part.const !== undefined) return textsOf([part.const]);
    if (part.enum !== undefined) return textsOf(part.enum);
    if (part.type === "null") return ["null"];
    if (part.type === "boolean") return ["true", "false"];
    const alternatives = (part.anyOf ?? part.oneOf)?.map((one) => listedValues(document, one, [...within, schema]));
    if (alternatives !== undefined)
      return alternatives.includes(undefined) ? undefined : alternatives.flatMap((one) => one ?? []);
  }
  return undefined;
}

function defaultsOf(document: Document, schema: Schema): string[] {
  return behindReferences(document, schema).flatMap((part) => (part.default === undefined ? [] : textsOf([part.default])));
}

function textsOf(values: readonly Json[]): string[] {
  return values.filter((value) => typeof value !== "object" || value === null).map(String);
}
