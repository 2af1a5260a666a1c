import type { Document } from "../../openapi/document.ts";
import type { Schema, TypeName } from "../../openapi/shapes.ts";
import type { Content, Operation } from "../api-model.ts";
import { behindReferences } from "../bytes.ts";

/** The JSON contents of the answers that are a success: of 2xx, or of `default` where there is no 2xx. */
export function successContents({ responses }: Pick<Operation, "responses">): Content[] {
  const successes = responses.filter(({ status }) => String(status).startsWith("2"));
  const taken = successes.length > 0 ? successes : responses.filter(({ status }) => status === "default");
  return taken.flatMap(({ contents }) => contents.filter(({ kind }) => kind === "json"));
}

/**
 * The schemas of the property that keys lead to, in every part of a schema that speaks of it: behind references, in `allOf`, and
 * in the alternatives. `undefined` where a schema on the way is open and says nothing, so that anything may be there.
 */
export function schemasAt(document: Document, schema: Schema, keys: readonly string[]): readonly Schema[] | undefined {
  let found: readonly Schema[] = [schema];
  for (const key of keys) {
    const parts = found.flatMap((one) => partsOf(document, one));
    if (!parts.some(declaresMembers) && parts.some(isOpen)) return undefined;
    found = parts.flatMap((part) => propertyOf(part, key));
  }
  return found;
}

/** The properties that an object is sure to speak of: its own, those behind references, and those in `allOf`. */
export function propertiesOf(document: Document, schema: Schema, within: readonly Schema[] = []): ReadonlyMap<string, Schema> {
  if (within.includes(schema)) return new Map();
  return new Map(
    behindReferences(document, schema).flatMap((part) => [
      ...(part.allOf ?? []).flatMap((member) => [...propertiesOf(document, member, [...within, schema])]),
      ...Object.entries(part.properties ?? {}),
    ]),
  );
}

/** The types that a value may have by its schema; `undefined` when the schema does not say. */
export function typesOf(document: Document, schema: Schema, within: readonly Schema[] = []): ReadonlySet<TypeName> | undefined {
  if (within.includes(schema)) return undefined;
  const inside = [...within, schema];
  for (const part of behindReferences(document, schema)) {
    if (part.type !== undefined) return new Set([part.type].flat());
    if (part.properties !== undefined) return new Set(["object"]);
    const alternatives = part.anyOf ?? part.oneOf;
    if (alternatives !== undefined) {
      const types = alternatives.map((one) => typesOf(document, one, inside));
      return types.includes(undefined) ? undefined : new Set(types.flatMap((one) => [...(one ?? [])]));
    }
    const told = (part.allOf ?? []).map((one) => typesOf(document, one, inside)).find((one) => one !== undefined);
    if (told !== undefined) return told;
  }
  return undefined;
}

/** The schema of the elements of an array, where only one is said. */
export function elementOf(document: Document, schemas: readonly Schema[]): Schema | undefined {
  const parts = schemas.flatMap((schema) => partsOf(document, schema));
  const [element, ...others] = parts.flatMap((part) =>
    typeof part === "object" && part.items !== undefined ? [part.items] : [],
  );
  return others.length === 0 ? element : undefined;
}

function partsOf(document: Document, schema: Schema, within: readonly Schema[] = []): Schema[] {
  if (typeof schema === "boolean") return [schema];
  if (within.includes(schema)) return [];
  const inside = [...within, schema];
  return behindReferences(document, schema).flatMap((part) => {
    const members = [part.allOf, part.anyOf, part.oneOf].flatMap((list) => list ?? []);
    return [part, ...members.flatMap((member) => partsOf(document, member, inside))];
  });
}

function propertyOf(part: Schema, key: string): Schema[] {
  if (typeof part === "boolean") return [];
  const declared = Object.hasOwn(part.properties ?? {}, key) ? part.properties?.[key] : undefined;
  const named = declared ?? (typeof part.additionalProperties === "object" ? part.additionalProperties : undefined);
  return named === undefined ? [] : [named];
}

function declaresMembers(part: Schema): boolean {
  return typeof part === "object" && (part.properties !== undefined || typeof part.additionalProperties === "object");
}

// References and compositions are there beside what they are made of.
function isOpen(part: Schema): boolean {
  if (typeof part === "boolean") return part;
  if ([part.$ref, part.allOf, part.anyOf, part.oneOf].some((keyword) => keyword !== undefined)) return false;
  return part.type === undefined || [part.type].flat().includes("object");
}
