import type { ApiModel, Direction } from "../../model/api-model.ts";
import { inPlace } from "../../model/direction.ts";
import { referenced } from "../../model/walk.ts";
import type { Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import { arrayType } from "./array.ts";
import { memberTags } from "./discriminator.ts";
import { literalsType } from "./literals.ts";
import { isEmptyObject, objectType } from "./object.ts";
import { intersection, named, neverType, nullType, primitive, union, unknownType, type Type } from "./type.ts";

/** What a schema's type depends on, beside the schema. */
export interface Scope {
  readonly model: ApiModel;
  readonly direction: Direction;
  /** References whose types are declared as aliases that lead back to themselves, with all that are on the way. */
  readonly cycles: ReadonlyMap<string, ReadonlySet<string>>;
  /** The aliases that are being written, from the outside in: what stands in them directly must not lead back. */
  readonly trail: readonly string[];
  /** The schemas around this one that apply to the same value. */
  readonly around: readonly SchemaObject[];
}

/** The type of the values that a schema allows. What TypeScript cannot say (`not`, `if`, bounds) is left out: the type is wider. */
export function schemaType(schema: Schema, scope: Scope): Type {
  if (typeof schema === "boolean") return schema ? unknownType : neverType;
  if (schema.const !== undefined) return literalsType([schema.const], schema);
  if (schema.enum !== undefined) return literalsType(schema.enum, schema);
  const inner: Scope = { ...scope, around: [...scope.around, schema] };
  const base = baseType(schema, inner);
  const all: readonly Type[] = [
    ...(schema.$ref === undefined ? [] : [referenceType(schema, inner)]),
    ...(schema.allOf ?? []).map((member) => schemaType(member, inner)),
  ];
  const any: readonly Type[] = [
    ...(schema.anyOf === undefined ? [] : [alternatives(schema, schema.anyOf, inner)]),
    ...(schema.oneOf === undefined ? [] : [alternatives(schema, schema.oneOf, inner)]),
  ];
  const parts = [...all, ...any].filter((type) => type !== nothing);
  if (parts.length === 0 && all.length + any.length > 0 && base === unknownType)
    return scope.around.length > 0 ? nothing : unknownType;
  // `type: object` beside a composition says what its members say already.
  if (isEmptyObject(base) && parts.some((type) => type !== unknownType)) return intersection(parts);
  return intersection([...all, base, ...any].filter((type) => type !== nothing));
}

/** The type of a value inside another one, such as a property: it may refer back to the types around it. */
export function insideType(schema: Schema, scope: Scope): Type {
  return schemaType(schema, { ...scope, trail: [], around: [] });
}

// Where an alias would lead back to itself without adding anything.
const nothing: Type = { kind: "named", text: "" };

function referenceType(schema: SchemaObject, scope: Scope): Type {
  const target = referenced(scope.model, schema);
  if (target === undefined) return unknownType;
  const [outermost] = scope.trail;
  const cycle = outermost === undefined ? undefined : scope.cycles.get(outermost);
  if (cycle?.has(target.reference) === true) {
    // TypeScript refuses an alias that is made of itself (TS2456): what the other alias says is written out instead.
    if (scope.trail.includes(target.reference)) return nothing;
    return schemaType(target.schema, { ...scope, trail: [...scope.trail, target.reference] });
  }
  return named(scope.direction === "request" ? (target.writableName ?? target.name) : target.name);
}

function alternatives(schema: SchemaObject, members: readonly Schema[], scope: Scope): Type {
  const tags = memberTags(schema, members, scope);
  const types = members.map((member, index) => {
    const type = schemaType(member, scope);
    const tag = tags[index];
    return tag === undefined || type === nothing ? type : intersection([tag, type]);
  });
  const meant = types.filter((type) => type !== nothing);
  return meant.length === 0 ? nothing : union(meant);
}

/** What the schema's own keywords say, its references and compositions apart. */
function baseType(schema: SchemaObject, scope: Scope): Type {
  const types = typesOf(schema);
  if (types.length === 0) return unknownType;
  const distinct = types.includes("number") ? types.filter((type) => type !== "integer") : types;
  return union(distinct.map((type) => typeOfKind(type, schema, scope)));
}

function typeOfKind(type: TypeName, schema: SchemaObject, scope: Scope): Type {
  switch (type) {
    case "null":
      return nullType;
    case "boolean":
      return primitive("boolean");
    case "integer":
    case "number":
      return primitive("number");
    case "string":
      return schema.format === "binary" ? named("Blob") : primitive("string");
    case "array":
      return arrayType(schema, scope);
    case "object":
      return objectType(schema, scope);
    default:
      return unknownType;
  }
}

// A schema that speaks of properties without a `type` means an object, one that speaks of items an array.
function typesOf(schema: SchemaObject): readonly TypeName[] {
  if (schema.type !== undefined) return typeof schema.type === "string" ? [schema.type] : schema.type;
  const types: TypeName[] = [];
  if (schema.format === "binary") types.push("string");
  if (objectKeywords.some((keyword) => schema[keyword] !== undefined)) types.push("object");
  if (schema.items !== undefined || schema.prefixItems !== undefined) types.push("array");
  return types;
}

const objectKeywords = ["properties", "required", "additionalProperties", "patternProperties", "propertyNames"] as const;

/** All schemas that apply to the value for certain: those around, this one, and those behind their references and `allOf`. */
export function partsAround(scope: Scope): readonly SchemaObject[] {
  return [...new Set(scope.around.flatMap((schema) => inPlace(scope.model, schema)))];
}
