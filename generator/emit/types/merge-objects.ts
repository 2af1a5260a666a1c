import { isSame, neverType, objectOf, unknownType, type Member, type ObjectType, type Pattern, type Type } from "./type.ts";

type Intersect = (types: readonly Type[]) => Type;

/** Merges the object literals among types into the first of them; a member of several has all of their types. */
export function mergeObjects(types: readonly Type[], intersect: Intersect): readonly Type[] {
  const all = types.filter((type): type is ObjectType => type.kind === "object");
  // That it is an object, another one says as well.
  const telling = all.filter((object) => !isAnyObject(object));
  const objects = telling.length === 0 ? all.slice(0, 1) : telling;
  if (all.length < 2) return types;
  const members = new Map<string | number, Member>();
  for (const member of objects.flatMap((object) => object.members)) {
    const known = members.get(member.name);
    members.set(member.name, known === undefined ? member : mergeMembers(known, member, intersect));
  }
  const merged = [...members.values()];
  // No object has a member that must be there and cannot be.
  if (merged.some(({ optional, type }) => optional !== true && type === neverType)) return [neverType];
  const indexes = objects.flatMap((object) => (object.index === undefined ? [] : [object.index]));
  const patterns = mergePatterns(
    objects.flatMap((object) => object.patterns ?? []),
    intersect,
  );
  const whole: ObjectType = {
    ...objectOf(merged, indexes.length === 0 ? undefined : intersect(indexes)),
    ...(patterns.length === 0 ? {} : { patterns }),
  };
  return types.flatMap((type): Type[] => (type === all[0] ? [whole] : type.kind === "object" ? [] : [type]));
}

/** Whether a type is that of any object. */
export function isAnyObject(type: Type): boolean {
  return type.kind === "object" && type.members.length === 0 && type.patterns === undefined && type.index === unknownType;
}

function mergeMembers(one: Member, other: Member, intersect: Intersect): Member {
  const documentation = other.documentation ?? one.documentation;
  return {
    name: one.name,
    optional: one.optional === true && other.optional === true,
    type: isSame(one.type, other.type) ? one.type : intersect([one.type, other.type]),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

function mergePatterns(patterns: readonly Pattern[], intersect: Intersect): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  for (const pattern of patterns) {
    const known = found.get(pattern.template);
    found.set(pattern.template, known === undefined ? pattern : { ...pattern, type: intersect([known.type, pattern.type]) });
  }
  return [...found.values()];
}
