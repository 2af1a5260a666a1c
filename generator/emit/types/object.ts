import { isAbsent } from "../../model/direction.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { schemaDocumentation } from "./documentation.ts";
import { insideType, partsAround, type Scope } from "./schema.ts";
import { neverType, objectOf, union, unknownType, type Member, type Type } from "./type.ts";

/** An object: its properties, those that `required` names elsewhere, and an index signature where others have a type. */
export function objectType(schema: SchemaObject, scope: Scope): Type {
  const members = [...propertyMembers(schema, scope), ...requiredMembers(schema, scope)];
  const index = indexOf(schema, scope);
  if (index === undefined) return objectOf(members, members.length === 0 ? unknownType : undefined);
  const names = schema.propertyNames;
  // A closed set of names is a list of optional members.
  if (typeof names === "object" && names.enum !== undefined && members.length === 0) {
    const texts = names.enum.filter((name) => typeof name === "string");
    return objectOf(texts.map((name) => ({ name, optional: schema.required?.includes(name) !== true, type: index })));
  }
  return index === neverType && members.length > 0 ? objectOf(members) : objectOf(members, index);
}

/** Whether a type is that of any object, `null` beside it apart. */
export function isEmptyObject(type: Type): boolean {
  if (type.kind === "union")
    return type.types.every((member) => isEmptyObject(member) || (member.kind === "atom" && member.of === "null"));
  return type.kind === "object" && type.members.length === 0 && type.index === unknownType;
}

function propertyMembers(schema: SchemaObject, scope: Scope): Member[] {
  const parts =
    scope.around.length > 1 || schema.allOf !== undefined || schema.$ref !== undefined ? partsAround(scope) : [schema];
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]): Member[] => {
    if (isAbsentIn(parts, name, scope)) return [];
    const documentation = schemaDocumentation(property);
    return [
      {
        name,
        optional: schema.required?.includes(name) !== true,
        type: insideType(property, scope),
        ...(documentation === undefined ? {} : { documentation }),
      },
    ];
  });
}

/** Members for names in `required` that the schema does not declare itself: their types are found around it. */
function requiredMembers(schema: SchemaObject, scope: Scope): Member[] {
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
  if (missing.length === 0) return [];
  const parts = partsAround(scope);
  return [...new Set(missing)].flatMap((name): Member[] => {
    if (isAbsentIn(parts, name, scope)) return [];
    const owners = parts.filter((part) => Object.hasOwn(part.properties ?? {}, name));
    if (owners.some((part) => part.required?.includes(name) === true)) return [];
    if (owners.length === 0 && schema.propertyNames !== undefined) return [];
    const declared = owners[0]?.properties?.[name];
    return [{ name, type: declared === undefined ? (indexOf(schema, scope) ?? unknownType) : insideType(declared, scope) }];
  });
}

function isAbsentIn(parts: readonly SchemaObject[], name: string, scope: Scope): boolean {
  return parts.some((part) => {
    const property = Object.hasOwn(part.properties ?? {}, name) ? part.properties?.[name] : undefined;
    return property !== undefined && isAbsent(scope.model, property, scope.direction);
  });
}

/** The type of members that are not named: `undefined` when the schema says nothing of them. */
function indexOf(schema: SchemaObject, scope: Scope): Type | undefined {
  const patterns = Object.values(schema.patternProperties ?? {});
  const others: Schema | undefined = schema.additionalProperties ?? (isAlone(schema) ? schema.unevaluatedProperties : undefined);
  if (others === undefined && patterns.length === 0) {
    const names = schema.propertyNames;
    return typeof names === "object" && names.enum !== undefined ? unknownType : undefined;
  }
  return union([...patterns, others ?? true].map((member) => insideType(member, scope)));
}

// What `unevaluatedProperties` speaks of depends on the schemas beside it; alone, it is `additionalProperties`.
function isAlone(schema: SchemaObject): boolean {
  return [schema.$ref, schema.allOf, schema.anyOf, schema.oneOf, schema.if, schema.dependentSchemas].every(
    (keyword) => keyword === undefined,
  );
}
