import { byKind, kinds } from "./kinds.ts";
import { mergeArrays } from "./merge-arrays.ts";
import { isAnyObject, mergeObjects } from "./merge-objects.ts";
import { isSame, neverType, union, unknownType, withoutDoubles, type Type } from "./type.ts";

/** All of the types at once: flat, each once, kind by kind, with literals merged and what is implied left out. */
export function intersection(types: readonly Type[]): Type {
  const flat = types
    .flatMap((type) => (type.kind === "intersection" ? type.types : [type]))
    .filter((type) => type !== unknownType);
  if (flat.length < 2) return flat[0] ?? unknownType;
  if (flat.includes(neverType)) return neverType;
  return plainIntersection(meetKinds(flat));
}

/**
 * `({ a } | string) & ({ b } | string)` is `{ a; b } | string`: what no value can be is left out, and TypeScript need not
 * multiply the two out. Types that are not known here, those with a name, stay as they are.
 */
function meetKinds(types: readonly Type[]): readonly Type[] {
  const split = types.map((type) => ({ type, parts: byKind(type) }));
  const known = split.flatMap(({ parts }) => (parts === undefined ? [] : [parts]));
  if (known.length < 2) return types;
  const spans = known.map((parts) => kinds.filter((kind) => parts[kind] !== neverType));
  const [first = [], ...others] = spans;
  // Objects with objects, texts with texts: nothing to part.
  if (first.length === 1 && others.every((span) => span.length === 1 && span[0] === first[0])) return types;
  const met = union(kinds.map((kind) => intersection(known.map((parts) => parts[kind]))));
  const start = split.findIndex(({ parts }) => parts !== undefined);
  return split.flatMap(({ type, parts }, index) => (index === start ? [met] : parts === undefined ? [type] : []));
}

function plainIntersection(types: readonly Type[]): Type {
  const merged = mergeObjects(mergeArrays(meetLiterals(types), intersection), intersection);
  if (merged.includes(neverType)) return neverType;
  const distinct = withoutDoubles(merged).filter(
    (type, _, all) => type !== unknownType && !all.some((other) => other !== type && implies(other, type)),
  );
  const [first, ...others] = distinct;
  if (first === undefined) return unknownType;
  if (others.length === 0) return first;
  // An index signature speaks for the members of its neighbours too, and they need not agree with it.
  return {
    kind: "intersection",
    types: distinct.map((type) => (type.kind === "object" && type.index !== undefined ? { ...type, index: unknownType } : type)),
  };
}

/** Several unions of literals are one of those that stand in all. */
function meetLiterals(types: readonly Type[]): readonly Type[] {
  const sets = types.filter(isLiterals);
  const [first, ...others] = sets;
  if (first === undefined || others.length === 0) return types;
  const shared = membersOf(first).filter((type) => others.every((other) => membersOf(other).some((one) => isSame(one, type))));
  const met = union(shared);
  return types.flatMap((type) => (type === first ? [met] : sets.includes(type) ? [] : [type]));
}

function isLiterals(type: Type): boolean {
  return membersOf(type).every((member) => member.kind === "atom" && (member.text !== member.of || member.of === "null"));
}

function membersOf(type: Type): readonly Type[] {
  return type.kind === "union" ? type.types : [type];
}

// Whether every value of the first type is one of the second, for the simple cases that documents bring.
function implies(one: Type, other: Type): boolean {
  if (isAnyObject(other)) return isObject(one);
  if (one.kind === "union") return one.types.every((type) => implies(type, other));
  if (other.kind === "union") return other.types.some((type) => implies(one, type) || isSame(one, type));
  return one.kind === "atom" && other.kind === "atom" && other.text === other.of && one.of === other.of;
}

function isObject(type: Type): boolean {
  const parts = byKind(type);
  return parts !== undefined && kinds.every((kind) => (kind === "object") === (parts[kind] !== neverType));
}
