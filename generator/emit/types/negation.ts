import { referenced } from "../../model/walk.ts";
import type { Json, Schema, SchemaObject, TypeName } from "../../openapi/shapes.ts";
import { intersection } from "./intersection.ts";
import { anyOf, exceptKinds, type Kind } from "./kinds.ts";
import { literalType } from "./literals.ts";
import { partsAround, besideType, type Scope } from "./schema.ts";
import { isRequired } from "../../model/required.ts";
import { isSame, neverType, objectOf, primitive, union, unknownType, type Type } from "./type.ts";

/**
 * The type of the values that a schema refuses; wider where TypeScript cannot say it, `unknown` at the widest. A keyword refuses
 * values of its own kind only, so `{ minLength: 3 }` refuses strings, and `{ required: ["a"] }` objects without an `a`.
 */
export function refusedType(schema: Schema, scope: Scope, depth = 0): Type {
  if (typeof schema === "boolean") return schema ? neverType : unknownType;
  if (depth > deepest) return unknownType;
  return union(
    Object.keys(schema).map((keyword) => {
      const refused = Object.hasOwn(byKeyword, keyword) ? byKeyword[keyword] : undefined;
      if (refused !== undefined) return refused(schema, scope, depth + 1);
      const kind = kindOfKeyword.get(keyword);
      return kind === undefined ? neverType : anyOf[kind];
    }),
  );
}

const deepest = 8;

type Refusal = (schema: SchemaObject, scope: Scope, depth: number) => Type;

const byKeyword: Readonly<Record<string, Refusal>> = {
  $ref(schema, scope, depth) {
    const target = referenced(scope.model, schema);
    return target === undefined ? unknownType : refusedType(target.schema, scope, depth);
  },
  type: ({ type }) => exceptKinds([type ?? []].flat().flatMap(fullKind)),
  const: ({ const: value }) => (value === undefined ? neverType : exceptValues([value])),
  enum: ({ enum: values = [] }) => exceptValues(values),
  required({ required = [] }, scope) {
    const parts = partsAround(scope);
    const missing = required.filter((name) => !parts.some((part) => isRequired(part, name)));
    return union(missing.map((name) => absent(name, scope)));
  },
  properties({ properties = {} }, scope, depth) {
    const parts = partsAround(scope);
    return union(
      Object.entries(properties).flatMap(([name, property]) => {
        const known = declaredValues(parts, name);
        const left = known === undefined ? undefined : otherValues(known, property);
        const type = left ?? refusedType(property, { ...scope, around: [], trail: [] }, depth);
        return type === neverType ? [] : [objectOf([{ name, type }])];
      }),
    );
  },
  not: ({ not = false }, scope) => besideType(not, { ...scope, around: [], exact: true }),
  allOf: ({ allOf = [] }, scope, depth) => union(allOf.map((member) => refusedType(member, scope, depth))),
  anyOf: ({ anyOf: members = [] }, scope, depth) => intersection(members.map((member) => refusedType(member, scope, depth))),
  // None of them, or more than one, which may be anything.
  oneOf: ({ oneOf = [] }, scope, depth) =>
    oneOf.length === 1 ? union(oneOf.map((member) => refusedType(member, scope, depth))) : unknownType,
  if: () => unknownType,
  then: () => neverType,
  else: () => neverType,
};

const kindOfKeyword = new Map<string, Kind>(
  Object.entries({
    string: ["minLength", "maxLength", "pattern", "format"],
    number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
    array: ["items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", "unevaluatedItems"],
    object: [
      ...["additionalProperties", "patternProperties", "propertyNames", "minProperties", "maxProperties"],
      ...["dependentRequired", "dependentSchemas", "unevaluatedProperties"],
    ],
  } satisfies Partial<Record<Kind, readonly string[]>>).flatMap(
    ([kind, keywords]) => keywords.map((keyword) => [keyword, kind as Kind] as const), // `entries` forgets the keys.
  ),
);

/** An object without a member. One that names no other members is open, or TypeScript would refuse objects that have some (TS2559). */
function absent(name: string, scope: Scope): Type {
  const isOpen = scope.exact === true || !partsAround(scope).some(({ properties }) => properties !== undefined);
  return objectOf([{ name, optional: true, type: neverType }], isOpen ? unknownType : undefined);
}

/** The values that a property may have by a schema for the same object. */
function declaredValues(parts: readonly SchemaObject[], name: string): readonly Json[] | undefined {
  const declared = parts.map(({ properties = {} }) => (Object.hasOwn(properties, name) ? properties[name] : undefined));
  return declared
    .map((property) => (typeof property === "object" ? property.enum : undefined))
    .find((values) => values !== undefined);
}

/** The known values that a schema of nothing but values refuses. */
function otherValues(known: readonly Json[], schema: Schema): Type | undefined {
  if (typeof schema === "boolean" || Object.keys(schema).some((keyword) => !valued.has(keyword))) return undefined;
  const values = schema.const === undefined ? (schema.enum ?? known) : [schema.const];
  return union(known.filter((value) => !values.some((other) => isSame(literalType(other), literalType(value)))).map(literalType));
}

const valued = new Set(["const", "enum", "type", "title", "description"]);

/** The kind that a type takes whole; `integer` leaves other numbers. */
function fullKind(type: TypeName): Kind[] {
  return type === "integer" ? [] : [type];
}

/** All values but these: only kinds of which there are few values can be told. */
function exceptValues(values: readonly Json[]): Type {
  if (!values.some((value) => value === null || typeof value === "boolean")) return unknownType;
  const booleans = [true, false].filter((value) => !values.includes(value));
  return union([
    exceptKinds(["boolean", ...(values.includes(null) ? (["null"] as const) : [])]),
    booleans.length === 2
      ? primitive("boolean")
      : union(booleans.map((value): Type => ({ kind: "atom", text: String(value), of: "boolean" }))),
  ]);
}
