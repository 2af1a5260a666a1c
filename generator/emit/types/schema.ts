import type { ApiModel, Direction } from "../../model/api-model.ts";
import { absentProperties, inPlace, isAbsent } from "../../model/direction.ts";
import { choiceOf } from "../../model/formats.ts";
import { arrayKeywords, objectKeywords } from "../../model/sample/parts.ts";
import { referenced } from "../../model/walk.ts";
import type { Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import { arrayType } from "./array.ts";
import { memberTags } from "./discriminator.ts";
import { literalsType } from "./literals.ts";
import { conditionTypes } from "./conditions.ts";
import { intersection } from "./intersection.ts";
import { anyOf as anyOfKind, kinds, type Kind } from "./kinds.ts";
import { isAlone, isEmptyObject, objectType } from "./object.ts";
import { refusedType } from "./negation.ts";
import { named, neverType, nullType, primitive, union, unknownType, type Primitive, type Type } from "./type.ts";

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
  /** Whether the schema is read to the letter of JSON Schema, because it names its dialect; else as an API's document means it. */
  readonly exact?: boolean;
}

/** The type of the values that a schema allows. What TypeScript cannot say (bounds, patterns) is left out: the type is wider. */
export function schemaType(schema: Schema, outer: Scope): Type {
  if (typeof schema === "boolean") return schema ? unknownType : neverType;
  if (schema.const !== undefined) return literalsType([schema.const], schema);
  if (schema.enum !== undefined) return literalsType(schema.enum, schema);
  const scope = outer.exact !== true && isJsonSchema(schema) ? { ...outer, exact: true } : outer;
  const inner: Scope = { ...scope, around: [...scope.around, schema] };
  const base = baseType(schema, inner);
  // Most schemas are nothing but this.
  if (!isComposed(schema)) return base;
  const all: readonly Type[] = [
    ...(schema.$ref === undefined ? [] : [referenceType(schema, inner)]),
    ...(schema.allOf ?? []).map((member) => schemaType(member, inner)),
  ];
  const any: readonly Type[] = [
    ...(schema.anyOf === undefined ? [] : [alternatives(schema, schema.anyOf, inner)]),
    ...(schema.oneOf === undefined ? [] : [alternatives(schema, schema.oneOf, inner, true)]),
    ...conditionTypes(schema, inner),
  ];
  const parts = [...all, ...any].filter((type) => type !== nothing);
  if (parts.length === 0 && all.length + any.length > 0 && base === unknownType)
    return scope.around.length > 0 ? nothing : unknownType;
  // `type: object` beside a composition says what its members say already.
  if (scope.exact !== true && isEmptyObject(base) && parts.some((type) => type !== unknownType)) return intersection(parts);
  return intersection([...all, base, ...any].filter((type) => type !== nothing));
}

function isComposed(schema: SchemaObject): boolean {
  for (const keyword in schema) if (composing.has(keyword)) return true;
  return false;
}

const composing = new Set(["$ref", "allOf", "anyOf", "oneOf", "not", "if", "dependentRequired", "dependentSchemas"]);

/** Whether a schema says that it is a JSON Schema, of any draft, rather than a part of an API's document. */
function isJsonSchema({ $schema }: SchemaObject): boolean {
  return $schema !== undefined && !$schema.startsWith("https://spec.openapis.org/");
}

/** The type of a schema for the same value as the one around it: `unknown` where its alias would lead back to itself. */
export function besideType(schema: Schema, scope: Scope): Type {
  const type = schemaType(schema, scope);
  return type === nothing ? unknownType : type;
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
  // What a neighbour takes away, the declared type would ask for.
  if (scope.around.length > 1 && isLessened(target.schema, scope)) return schemaType(target.schema, scope);
  return named(scope.direction === "request" ? (target.writableName ?? target.name) : target.name);
}

/** Whether a schema around says that a side leaves out a property which the target itself requires. */
function isLessened(target: Schema, scope: Scope): boolean {
  const { model, direction } = scope;
  const own = inPlace(model, target);
  const needed = own.flatMap(({ required = [] }) => required);
  if (needed.length === 0) return false;
  const absent = absentProperties(model, target, direction);
  return partsAround(scope).some(
    (part) => !own.includes(part) && needed.some((name) => !absent.has(name) && isAbsentHere(part, name, scope)),
  );
}

function isAbsentHere({ properties = {} }: SchemaObject, name: string, { model, direction }: Scope): boolean {
  return Object.hasOwn(properties, name) && isAbsent(model, properties[name] ?? true, direction);
}

function alternatives(schema: SchemaObject, members: readonly Schema[], scope: Scope, exclusive = false): Type {
  const tags = memberTags(schema, members, scope);
  const types = members.map((member, index) => {
    const type = schemaType(member, scope);
    const tag = tags[index];
    if (type === nothing) return type;
    const others = exclusive ? refusedOthers(members, index, scope) : [];
    return intersection([...(tag === undefined ? [] : [tag]), type, ...others]);
  });
  const meant = types.filter((type) => type !== nothing);
  return meant.length === 0 ? nothing : union(meant);
}

/**
 * What a `oneOf` asks of a value of one member: that the others refuse it. In an API's document that is told where it reads well,
 * which is where members ask for properties and say nothing else.
 */
function refusedOthers(members: readonly Schema[], index: number, scope: Scope): readonly Type[] {
  const isOther = (_: Schema, other: number): boolean => other !== index;
  if (members.length > 4) return [];
  if (scope.exact === true) return members.filter(isOther).map((other) => refusedType(other, scope));
  if (!members.every(isRequirement)) return [];
  return members.filter(isOther).flatMap((other) => (other.required?.length === 1 ? [refusedType(other, scope)] : []));
}

/** Whether a schema asks for properties and says nothing else. */
function isRequirement(schema: Schema): schema is SchemaObject {
  return (
    typeof schema === "object" && schema.required !== undefined && Object.keys(schema).every((keyword) => asking.has(keyword))
  );
}

const asking = new Set(["required", "type", "title", "description"]);

/** What the schema's own keywords say, its references and compositions apart. */
function baseType(schema: SchemaObject, scope: Scope): Type {
  if (typeof schema.type === "string") return typeOfKind(schema.type, schema, scope);
  const types = typesOf(schema, scope);
  if (types.length === 0) return unknownType;
  // To the letter, the keywords of one kind say nothing of values of another.
  if (scope.exact === true && schema.type === undefined)
    return union(kinds.map((kind) => (types.includes(kind) ? typeOfKind(kind, schema, scope) : anyOfKind[kind])));
  if (schema.type === undefined)
    return union([...types.map((type) => typeOfKind(type, schema, scope)), ...otherKinds(schema, types, scope)]);
  const distinct = types.includes("number") ? types.filter((type) => type !== "integer") : types;
  return union(distinct.map((type) => typeOfKind(type, schema, scope)));
}

/** The kinds that the members of a union state, where its own keywords speak of another one: they say nothing of those. */
function otherKinds(schema: SchemaObject, implied: readonly TypeName[], { model }: Scope): readonly Type[] {
  const members = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  const stated = members.flatMap((member) => inPlace(model, member).flatMap(({ type }) => type ?? []));
  return kinds
    .filter((kind) => stated.some((type) => kindOf(type) === kind) && !implied.includes(kind))
    .map((kind) => anyOfKind[kind]);
}

function kindOf(type: TypeName): Kind {
  return type === "integer" ? "number" : type;
}

function typeOfKind(type: TypeName, schema: SchemaObject, scope: Scope): Type {
  switch (type) {
    case "null":
      return nullType;
    case "boolean":
      return booleanType;
    case "integer":
    case "number":
      return chosenType(schema, scope, "number") ?? numberType;
    case "string":
      return schema.format === "binary" ? named("Blob") : (chosenType(schema, scope, "string") ?? stringType);
    case "array":
      return arrayType(schema, scope);
    case "object":
      return objectType(schema, scope);
    default:
      return unknownType;
  }
}

const booleanType = primitive("boolean");
const numberType = primitive("number");
const stringType = primitive("string");

/** The type that the user chose for a format. It is a part of what the JSON type says, so that `Date & string` is a Date. */
function chosenType(schema: SchemaObject, { model }: Scope, of: Primitive): Type | undefined {
  const choice = choiceOf(model, schema);
  return choice === undefined ? undefined : { kind: "atom", text: choice.type, of };
}

// A schema that speaks of properties without a `type` means an object, one that speaks of items an array.
function typesOf(schema: SchemaObject, { exact = false }: Scope): readonly TypeName[] {
  if (schema.type !== undefined) return typeof schema.type === "string" ? [schema.type] : schema.type;
  const types: TypeName[] = [];
  if (schema.format === "binary") types.push("string");
  const says = (keyword: string): boolean => schema[keyword] !== undefined;
  if (objectKeywords.some(says) || (exact && says("unevaluatedProperties") && isAlone(schema))) types.push("object");
  if (arrayKeywords.some(says) || (exact && boundKeywords.some(says))) types.push("array");
  return types;
}

const boundKeywords = ["minItems", "maxItems", "unevaluatedItems"] as const;

/** All schemas that apply to the value for certain: those around, this one, and those behind their references and `allOf`. */
export function partsAround(scope: Scope): readonly SchemaObject[] {
  return [...new Set(scope.around.flatMap((schema) => inPlace(scope.model, schema)))];
}
