import type { Documentation } from "../text/jsdoc.ts";

/** A TypeScript type as data. It is made by the functions below, which keep unions and intersections flat and free of doubles. */
export type Type =
  /** A keyword or a literal; `of` is the primitive it belongs to. */
  | { readonly kind: "atom"; readonly text: string; readonly of: Primitive | "unknown" | "never" }
  /** A reference to a declared type. */
  | { readonly kind: "named"; readonly text: string }
  | { readonly kind: "array"; readonly items: Type }
  /** `required` of the items must be there; `rest` may follow. */
  | { readonly kind: "tuple"; readonly items: readonly Type[]; readonly required: number; readonly rest?: Type }
  /** `index` is the type of members that are not named. */
  | { readonly kind: "object"; readonly members: readonly Member[]; readonly index?: Type }
  | { readonly kind: "union"; readonly types: readonly Type[] }
  | { readonly kind: "intersection"; readonly types: readonly Type[] };

export type Primitive = "string" | "number" | "boolean" | "null" | "undefined";
export type ObjectType = Extract<Type, { kind: "object" }>;

/** A property of an object type. */
export interface Member {
  /** The unescaped name. A number is a status code, which needs no quotes. */
  readonly name: string | number;
  readonly optional?: boolean;
  readonly type: Type;
  readonly documentation?: Documentation;
  /** Whether a blank line parts it from the member before. */
  readonly apart?: boolean;
}

export const unknownType: Type = { kind: "atom", text: "unknown", of: "unknown" };
export const neverType: Type = { kind: "atom", text: "never", of: "never" };
export const nullType: Type = primitive("null");

export function primitive(name: Primitive): Type {
  return { kind: "atom", text: name, of: name };
}

export function named(text: string): Type {
  return { kind: "named", text };
}

export function objectOf(members: readonly Member[], index?: Type): ObjectType {
  return index === undefined ? { kind: "object", members } : { kind: "object", members, index };
}

/** Any of the types: flat, each once, `null` at the end, and `undefined` after it. */
export function union(types: readonly Type[]): Type {
  const flat = types.flatMap((type) => (type.kind === "union" ? type.types : [type])).filter((type) => type !== neverType);
  if (flat.includes(unknownType)) return unknownType;
  const distinct = withoutDoubles(flat);
  const sorted = [
    ...distinct.filter((type) => rank(type) === 0),
    ...distinct.filter((type) => rank(type) === 1),
    ...distinct.filter((type) => rank(type) === 2),
  ];
  const [first, ...others] = sorted;
  if (first === undefined) return neverType;
  return others.length === 0 ? first : { kind: "union", types: sorted };
}

/** All of the types at once: flat, each once, with object literals merged and what is implied left out. */
export function intersection(types: readonly Type[]): Type {
  const flat = types
    .flatMap((type) => (type.kind === "intersection" ? type.types : [type]))
    .filter((type) => type !== unknownType);
  if (flat.includes(neverType)) return neverType;
  const merged = mergeObjects(flat);
  const distinct = withoutDoubles(merged).filter((type, _, all) => !all.some((other) => other !== type && implies(other, type)));
  const [first, ...others] = distinct;
  if (first === undefined) return unknownType;
  if (others.length === 0) return first;
  // An index signature speaks for the members of its neighbours too, and they need not agree with it.
  return {
    kind: "intersection",
    types: distinct.map((type) => (type.kind === "object" && type.index !== undefined ? { ...type, index: unknownType } : type)),
  };
}

/** Whether two types are written alike, documentation apart. */
export function isSame(one: Type, other: Type): boolean {
  return one === other || keyOf(one) === keyOf(other);
}

/** A text that is equal for types that are written alike. */
export function keyOf(type: Type): string {
  switch (type.kind) {
    case "atom":
    case "named":
      return type.text;
    case "array":
      return `(${keyOf(type.items)})[]`;
    case "tuple":
      return `[${type.required}:${type.items.map(keyOf).join(",")}${type.rest === undefined ? "" : `...${keyOf(type.rest)}`}]`;
    case "object":
      return `{${type.members.map((member) => `${JSON.stringify(member.name)}${member.optional === true ? "?" : ""}:${keyOf(member.type)}`).join(";")}${type.index === undefined ? "" : `[]:${keyOf(type.index)}`}}`;
    case "union":
      return `(${type.types.map(keyOf).join("|")})`;
    case "intersection":
      return `(${type.types.map(keyOf).join("&")})`;
  }
}

function withoutDoubles(types: readonly Type[]): Type[] {
  if (types.length < 2) return [...types];
  return [...new Map(types.map((type) => [keyOf(type), type] as const).reverse()).values()].reverse();
}

function rank(type: Type): number {
  if (type.kind !== "atom") return 0;
  return type.of === "null" ? 1 : type.of === "undefined" ? 2 : 0;
}

/** Merges the object literals among types into the first of them; a member of several has all of their types. */
function mergeObjects(types: readonly Type[]): Type[] {
  const objects = types.filter((type): type is ObjectType => type.kind === "object");
  if (objects.length < 2) return [...types];
  const members = new Map<string | number, Member>();
  for (const member of objects.flatMap((object) => object.members)) {
    const known = members.get(member.name);
    members.set(member.name, known === undefined ? member : mergeMembers(known, member));
  }
  const indexes = objects.flatMap((object) => (object.index === undefined ? [] : [object.index]));
  const merged = objectOf([...members.values()], indexes.length === 0 ? undefined : intersection(indexes));
  return types.flatMap((type): Type[] => (type === objects[0] ? [merged] : type.kind === "object" ? [] : [type]));
}

function mergeMembers(one: Member, other: Member): Member {
  const documentation = other.documentation ?? one.documentation;
  return {
    name: one.name,
    optional: one.optional === true && other.optional === true,
    type: isSame(one.type, other.type) ? one.type : intersection([one.type, other.type]),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

// Whether every value of the first type is one of the second, for the simple cases that documents bring.
function implies(one: Type, other: Type): boolean {
  if (one.kind === "union") return one.types.every((type) => implies(type, other));
  if (other.kind === "union") return other.types.some((type) => implies(one, type) || isSame(one, type));
  return one.kind === "atom" && other.kind === "atom" && other.text === other.of && one.of === other.of;
}
