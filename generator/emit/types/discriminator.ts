import { inPlace } from "../../model/direction.ts";
import { takesTag } from "../../model/sample/parts.ts";
import { referenced } from "../../model/walk.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { literalType } from "./literals.ts";
import type { Scope } from "./schema.ts";
import { objectOf, union, type Type } from "./type.ts";

/**
 * For each member of a `oneOf` or `anyOf` with a discriminator, the object type that tells it from the others; `undefined`
 * where the member says so itself, or where the mapping contradicts it (https://spec.openapis.org/oas/v3.1.1#discriminator-object).
 */
export function memberTags(schema: SchemaObject, members: readonly Schema[], scope: Scope): (Type | undefined)[] {
  const { discriminator } = schema;
  if (discriminator === undefined) return [];
  const mapping = Object.entries(discriminator.mapping ?? {});
  return members.map((member) => {
    const target = referenced(scope.model, member);
    // What has no tag, or one that names no other member, is of the default (OpenAPI 3.2): its tag may be anything.
    if (target === undefined || target.reference === discriminator.defaultMapping) return undefined;
    const mapped = mapping.filter(([, reference]) => reference === target.reference).map(([value]) => value);
    // Where the target is a union, its members may have tags of their own.
    const values = (mapped.length > 0 ? mapped : [target.key]).filter((value) =>
      takesTag(scope.model, target.schema, discriminator.propertyName, value),
    );
    if (values.length === 0) return undefined;
    const parts = inPlace(scope.model, target.schema);
    const declared = parts.flatMap((part) =>
      Object.hasOwn(part.properties ?? {}, discriminator.propertyName) ? [part.properties?.[discriminator.propertyName]] : [],
    );
    if (!declared.every((property) => isOpenText(property, scope))) return undefined;
    // A member that says nothing of the property is told by it all the same, when it is there.
    const optional = declared.length === 0 ? { optional: true } : {};
    return objectOf([{ name: discriminator.propertyName, type: union(values.map(literalType)), ...optional }]);
  });
}

/** Whether a property may be any text, so that it can be narrowed to some. */
function isOpenText(property: Schema | undefined, scope: Scope): boolean {
  if (property === undefined || property === false) return false;
  return inPlace(scope.model, property).every(
    (part) =>
      (part.type === undefined || part.type === "string") &&
      part.enum === undefined &&
      part.const === undefined &&
      part.anyOf === undefined &&
      part.oneOf === undefined,
  );
}
