import type { Documentation } from "../text/jsdoc.ts";

/** A TypeScript type as data. It is made by the functions here and in intersection.ts, which keep unions and intersections flat and free of doubles. */
export type Type =
  /** A keyword or a literal; `of` is the primitive it belongs to. */
  | { readonly kind: "atom"; readonly text: string; readonly of: Primitive | "unknown" | "never" }
  /** A reference to a declared type. */
  | { readonly kind: "named"; readonly text: string }
  /** One of TypeScript's own types, of another. */
  | { readonly kind: "generic"; readonly name: "AsyncIterable" | "Iterable"; readonly argument: Type }
  | { readonly kind: "array"; readonly items: Type }
  /** `required` of the items must be there; `rest` may follow. */
  | { readonly kind: "tuple"; readonly items: readonly Type[]; readonly required: number; readonly rest?: Type }
  /** `patterns` are the types of members by what their names look like, `index` that of all others that are not named. */
  | {
      readonly kind: "object";
      readonly members: readonly Member[];
      readonly patterns?: readonly Pattern[];
      readonly index?: Type;
    }
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

/** The type of all members whose names a template literal type matches. */
export interface Pattern {
  /** As TypeScript has it, without the back-ticks: `x-${string}`. */
  readonly template: string;
  /** The same as a regular expression. */
  readonly expression: RegExp;
  readonly type: Type;
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
    case "generic":
      return `${type.name}<${keyOf(type.argument)}>`;
    case "array":
      return `(${keyOf(type.items)})[]`;
    case "tuple":
      return `[${type.required}:${type.items.map(keyOf).join(",")}${type.rest === undefined ? "" : `...${keyOf(type.rest)}`}]`;
    case "object":
      return `{${[
        ...type.members.map(
          ({ name, optional, type: inner }) => `${JSON.stringify(name)}${optional === true ? "?" : ""}:${keyOf(inner)}`,
        ),
        ...(type.patterns ?? []).map(({ template, type: inner }) => `[${template}]:${keyOf(inner)}`),
        ...(type.index === undefined ? [] : [`[]:${keyOf(type.index)}`]),
      ].join(";")}}`;
    case "union":
      return `(${type.types.map(keyOf).join("|")})`;
    case "intersection":
      return `(${type.types.map(keyOf).join("&")})`;
  }
}

/** Each type once, the last of those that are alike. */
export function withoutDoubles(types: readonly Type[]): Type[] {
  if (types.length < 2) return [...types];
  return [...new Map(types.map((type) => [keyOf(type), type] as const).reverse()).values()].reverse();
}

function rank(type: Type): number {
  if (type.kind !== "atom") return 0;
  return type.of === "null" ? 1 : type.of === "undefined" ? 2 : 0;
}
