import { neverType, type Type } from "./type.ts";

type List = Extract<Type, { kind: "array" | "tuple" }>;

/** Merges the arrays and tuples among types into the first of them: each position has all of the types it has in them. */
export function mergeArrays(types: readonly Type[], intersect: (types: readonly Type[]) => Type): readonly Type[] {
  const lists = types.filter((type): type is List => type.kind === "array" || type.kind === "tuple");
  const [first, ...others] = lists;
  if (first === undefined || others.length === 0) return types;
  const merged = others.reduce<Type>(
    (one, other) => (one.kind === "array" || one.kind === "tuple" ? mergeTwo(one, other, intersect) : one),
    first,
  );
  return types.flatMap((type): readonly Type[] => (type === first ? [merged] : lists.includes(type as List) ? [] : [type]));
}

function mergeTwo(one: List, other: List, intersect: (types: readonly Type[]) => Type): Type {
  const both = [partsOf(one), partsOf(other)];
  const required = Math.max(...both.map((list) => list.required));
  const length = Math.max(...both.map((list) => list.items.length));
  const items: Type[] = [];
  for (let index = 0; index < length; index++) {
    const item = intersect(both.map((list) => list.items[index] ?? list.rest));
    if (item === neverType) return index < required ? neverType : { kind: "tuple", items, required };
    items.push(item);
  }
  const rest = intersect(both.map((list) => list.rest));
  if (rest === neverType) return { kind: "tuple", items, required };
  return length === 0 ? { kind: "array", items: rest } : { kind: "tuple", items, required, rest };
}

function partsOf(list: List): { readonly items: readonly Type[]; readonly required: number; readonly rest: Type } {
  return list.kind === "array"
    ? { items: [], required: 0, rest: list.items }
    : { items: list.items, required: list.required, rest: list.rest ?? neverType };
}
