import { nullType, objectOf, primitive, union, unknownType, type Type } from "./type.ts";

/** What a JSON value can be; the keywords of one kind say nothing of the others. */
export const kinds = ["string", "number", "boolean", "array", "object", "null"] as const;
export type Kind = (typeof kinds)[number];

/** All values of a kind. */
export const anyOf: Readonly<Record<Kind, Type>> = {
  string: primitive("string"),
  number: primitive("number"),
  boolean: primitive("boolean"),
  array: { kind: "array", items: unknownType },
  object: objectOf([], unknownType),
  null: nullType,
};

/** All values but those of the given kinds. */
export function exceptKinds(without: readonly Kind[]): Type {
  if (without.length === 0) return unknownType;
  return union(kinds.filter((kind) => !without.includes(kind)).map((kind) => anyOf[kind]));
}

/** What a type has of each kind; `undefined` when it holds a declared type, of which nothing is known here. */
export function byKind(type: Type): Readonly<Record<Kind, Type>> | undefined {
  if (type === unknownType) return anyOf;
  const found: Record<Kind, Type[]> = { string: [], number: [], boolean: [], array: [], object: [], null: [] };
  for (const member of type.kind === "union" ? type.types : [type]) {
    const kind = kindOf(member);
    if (kind === undefined) return undefined;
    if (kind !== "never") found[kind].push(member);
  }
  const joined = kinds.map((kind) => [kind, union(found[kind])] as const);
  return Object.fromEntries(joined) as Record<Kind, Type>; // `fromEntries` forgets the keys.
}

/** The one kind of a type that is no union. */
function kindOf(type: Type): Kind | "never" | undefined {
  switch (type.kind) {
    case "atom":
      return type.of === "unknown" || type.of === "undefined" ? undefined : type.of;
    case "array":
    case "tuple":
      return "array";
    case "object":
      return "object";
    case "intersection":
      return type.types
        .map((part) => (part.kind === "union" ? onlyKind(part.types) : kindOf(part)))
        .find((kind) => kind !== undefined);
    default:
      return undefined;
  }
}

function onlyKind(types: readonly Type[]): Kind | "never" | undefined {
  const [first, ...others] = types.map(kindOf);
  return others.every((kind) => kind === first) ? first : undefined;
}
