import { absentProperties, isAbsent } from "../../model/direction.ts";
import { isRequired } from "../../model/required.ts";
import { matches } from "../../model/validate/pattern.ts";
import type { Schema, SchemaObject } from "../../openapi/shapes.ts";
import { schemaDocumentation } from "./documentation.ts";
import { isOverruled } from "./implied.ts";
import { intersection } from "./intersection.ts";
import { isAnyObject } from "./merge-objects.ts";
import { templateOf } from "./name-pattern.ts";
import { insideType, partsAround, type Scope } from "./schema.ts";
import { neverType, objectOf, union, unknownType, type Member, type Pattern, type Type } from "./type.ts";

/** An object: its properties, those that `required` names elsewhere, and index signatures where others have a type. */
export function objectType(schema: SchemaObject, scope: Scope): Type {
  const { members: named, patterns } = namePatterns(schema, scope);
  const declared = [...propertyMembers(schema, scope), ...requiredMembers(schema, scope)];
  const members = withNamed(declared, named).map((member) => withPatterns(member, patterns ?? []));
  if (scope.exact === true && members.some(({ optional, type }) => optional !== true && type === neverType)) return neverType;
  const index = indexOf(schema, patterns, scope);
  const names = namesOf(schema.propertyNames);
  // A closed set of names is a list of optional members.
  if (names !== undefined && members.length === 0 && index !== undefined)
    return names.length === 0
      ? objectOf([], neverType)
      : objectOf(names.map((name) => ({ name, optional: !isRequired(schema, name), type: index })));
  if (patterns !== undefined && patterns.length > 0)
    return { ...objectOf(members, index === neverType ? undefined : index), patterns };
  if (index === undefined) return objectOf(members, members.length === 0 ? unknownType : openIndex(members, scope));
  return index === neverType && members.length > 0 ? objectOf(members) : objectOf(members, index);
}

/** Whether a type is that of any object, `null` beside it apart. */
export function isEmptyObject(type: Type): boolean {
  if (type.kind === "union")
    return type.types.every((member) => isEmptyObject(member) || (member.kind === "atom" && member.of === "null"));
  return isAnyObject(type);
}

// TypeScript refuses an object that shares no member with a type whose members are all optional (TS2559); JSON Schema takes it.
function openIndex(members: readonly Member[], scope: Scope): Type | undefined {
  if (scope.exact !== true || scope.around.some(({ unevaluatedProperties }) => unevaluatedProperties === false)) return undefined;
  return members.every(({ optional }) => optional === true) ? unknownType : undefined;
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
        optional: !isRequired(schema, name),
        type: isOverruled(scope.model, parts, name, property) ? unknownType : insideType(property, scope),
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
    if (parts.some((part) => absentProperties(scope.model, part, scope.direction).has(name))) return [];
    const owners = parts.filter((part) => Object.hasOwn(part.properties ?? {}, name));
    if (owners.some((part) => isRequired(part, name))) return [];
    if (owners.length === 0 && schema.propertyNames !== undefined) return [];
    const declared = owners[0]?.properties?.[name];
    return [{ name, type: declared === undefined ? undeclared(schema, name, scope) : insideType(declared, scope) }];
  });
}

function undeclared(schema: SchemaObject, name: string, scope: Scope): Type {
  const matching = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) => matches(pattern, name) === true);
  const schemas = matching.length > 0 ? matching.map(([, inner]) => inner) : [schema.additionalProperties ?? true];
  return intersection(schemas.map((inner) => insideType(inner, scope)));
}

function isAbsentIn(parts: readonly SchemaObject[], name: string, scope: Scope): boolean {
  return parts.some((part) => {
    const property = Object.hasOwn(part.properties ?? {}, name) ? part.properties?.[name] : undefined;
    return property !== undefined && isAbsent(scope.model, property, scope.direction);
  });
}

/**
 * What `patternProperties` says: members where a pattern allows one name only, else template literal types. They are `undefined`
 * when TypeScript cannot say one of the patterns, so that the types of all go into the index signature.
 */
function namePatterns(
  schema: SchemaObject,
  scope: Scope,
): { readonly members: readonly Member[]; readonly patterns: readonly Pattern[] | undefined } {
  const entries = Object.entries(schema.patternProperties ?? {}).map(([expression, inner]) => ({
    expression,
    template: templateOf(expression),
    type: insideType(inner, scope),
  }));
  const members: Member[] = [];
  const patterns: Pattern[] = [];
  for (const { expression, template, type } of entries) {
    if (template === undefined) return { members: [], patterns: undefined };
    if (template.includes("${")) patterns.push({ template, expression: new RegExp(expression, "u"), type });
    else members.push({ name: template, optional: !isRequired(schema, template), type });
  }
  return { members, patterns };
}

/** The declared members, and those that patterns add to them. */
function withNamed(members: readonly Member[], named: readonly Member[]): readonly Member[] {
  const both = members.map((member) => {
    const types = named.filter(({ name }) => name === member.name).map(({ type }) => type);
    return types.length === 0 ? member : { ...member, type: intersection([member.type, ...types]) };
  });
  return [...both, ...named.filter(({ name }) => !members.some((member) => member.name === name))];
}

function withPatterns(member: Member, patterns: readonly Pattern[]): Member {
  const matching = patterns.filter(({ expression }) => expression.test(String(member.name)));
  return matching.length === 0 ? member : { ...member, type: intersection([member.type, ...matching.map(({ type }) => type)]) };
}

/** The type of members that are not named: `undefined` when the schema says nothing of them. */
function indexOf(schema: SchemaObject, patterns: readonly Pattern[] | undefined, scope: Scope): Type | undefined {
  const others: Schema | undefined = schema.additionalProperties ?? (isAlone(schema) ? schema.unevaluatedProperties : undefined);
  if (patterns === undefined)
    return union([...Object.values(schema.patternProperties ?? {}), others ?? true].map((member) => insideType(member, scope)));
  if (others !== undefined) return insideType(others, scope);
  return namesOf(schema.propertyNames) === undefined ? undefined : unknownType;
}

/** The names that `propertyNames` lists; `undefined` when it says less, or something else. */
function namesOf(names: Schema | undefined): readonly string[] | undefined {
  if (names === undefined || names === true) return undefined;
  const values = names === false ? [] : names.const === undefined ? names.enum : [names.const];
  return values?.filter((name) => typeof name === "string");
}

/** What `unevaluatedProperties` speaks of depends on the schemas beside it; alone, it is `additionalProperties`. */
export function isAlone(schema: SchemaObject): boolean {
  return [schema.$ref, schema.allOf, schema.anyOf, schema.oneOf, schema.if, schema.dependentSchemas].every(
    (keyword) => keyword === undefined,
  );
}
