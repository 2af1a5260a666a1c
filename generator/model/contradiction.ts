/**
 * A schema that no value meets, and why: the keywords that contradict each other, with their places. It searches apart from the sampler, by rules
 * that say no of what may be possible rather than the other way round, so that what it finds is a proof; not everything that is impossible is found.
 */
import type { Location } from "../diagnostics/location.ts";
import { child } from "../diagnostics/location.ts";
import type { Schema, SchemaObject } from "../openapi/shapes.ts";
import { implies, type Implying } from "./contradiction/alike.ts";
import { appliedIn, membersOf, objectsOf, ofFirstItem, ofProperty, typesLeft } from "./contradiction/applied.ts";
import type { Applied, Schemas } from "./contradiction/applied.ts";
import { boundClash, constantClash, typeClash, type Clash } from "./contradiction/clashes.ts";
import type { Direction } from "./api-model.ts";
import { isAbsent } from "./direction.ts";

export interface Contradiction extends Clash {
  /** JSON Pointer to the place of the value that cannot be. */
  readonly pointer: string;
  /** All schemas that apply there. */
  readonly schemas: readonly Schema[];
}

/**
 * Why no value meets a schema on a side; `undefined` when none of the rules can tell. With `byType`, values that go against the types of TypeScript,
 * such as a property of another member of a union with another type, do not count as values.
 */
export function contradictionOf(
  model: Schemas,
  one: { readonly schema: Schema; readonly at: Location },
  direction: Direction,
  byType = false,
): Contradiction | undefined {
  const absent = (all: readonly Applied<SchemaObject>[]): ReadonlySet<string> => absentIn(model, all, direction);
  const search: Search = { model, how: { absent, byType }, steps: { left: 3000 } };
  return refuted(search, appliedIn(model, one), [], []);
}

interface Search {
  readonly model: Schemas;
  readonly how: Implying;
  readonly steps: { left: number };
}

/** More than this deep, a value is taken to be possible. */
const deepest = 12;

/** Why no value meets all of these, at a place. Of the unions that are `settled` a member stands among them. */
function refuted(
  search: Search,
  all: readonly Applied[],
  path: readonly (string | number)[],
  settled: readonly unknown[],
): Contradiction | undefined {
  if (--search.steps.left < 0 || path.length > deepest) return undefined;
  const clash = refutedHere(search, all);
  if (clash === "possible") return undefined;
  if (clash !== undefined) return { ...clash, pointer: path.map(token).join(""), schemas: all.map(({ schema }) => schema) };
  const own = objectsOf(all);
  return refutedByUnion(search, all, path, settled) ?? refutedByMember(search, own, path);
}

function refutedHere({ model }: Search, all: readonly Applied[]): Clash | "possible" | undefined {
  const forbidding = all.find(({ schema }) => schema === false);
  if (forbidding !== undefined)
    return {
      kind: "forbidden",
      reason: "is needed, and must not be present",
      cure: "let the place hold a value, or do not require it",
      places: [{ at: forbidding.at, message: "nothing is allowed here" }],
    };
  const own = objectsOf(all);
  const byConstants = constantClash(model, own);
  if (byConstants === "some are left") return "possible";
  if (byConstants !== undefined) return byConstants;
  const byTypes = typeClash(own);
  if (byTypes !== undefined) return byTypes;
  const clashes = typesLeft(own).map((type) => boundClash(own, type));
  return clashes.includes(undefined) ? undefined : clashes[0];
}

/** A union each member of which is refuted, or of a `oneOf` never alone. */
function refutedByUnion(
  search: Search,
  all: readonly Applied[],
  path: readonly (string | number)[],
  settled: readonly unknown[],
): Contradiction | undefined {
  for (const one of objectsOf(all)) {
    for (const keyword of ["anyOf", "oneOf"] as const) {
      const union = one.schema[keyword];
      if (union === undefined || settled.includes(union)) continue;
      const members = membersOf(one, keyword);
      let first: Contradiction | undefined;
      const isRefuted = members.every((member) => {
        const whole = appliedIn(search.model, member, [...all]);
        const why =
          (keyword === "oneOf" ? neverAlone(search, whole, member, members, path) : undefined) ??
          refuted(search, whole, path, [...settled, union]);
        first ??= why;
        return why !== undefined;
      });
      if (isRefuted && first !== undefined) return first;
    }
  }
  return undefined;
}

/** Another member of a `oneOf` that takes whatever this one takes. */
function neverAlone(
  { model, how }: Search,
  whole: readonly Applied[],
  member: Applied,
  members: readonly Applied[],
  path: readonly (string | number)[],
): Contradiction | undefined {
  const other = members.find((one) => one !== member && implies(model, whole, one, how));
  if (other === undefined) return undefined;
  const [index, position] = [members.indexOf(member), members.indexOf(other)];
  return {
    kind: how.byType ? "alike by type" : "alike",
    reason: `must match exactly one member of oneOf, and ${how.byType ? "by its type " : ""}whatever matches member ${index} matches member ${position} too`,
    cure: "write anyOf, or give each member a property that it requires and that tells it apart, such as a constant",
    places: [
      { at: member.at, message: `this is member ${index}` },
      { at: other.at, message: `this is member ${position}` },
    ],
    pointer: path.map(token).join(""),
    schemas: whole.map(({ schema }) => schema),
  };
}

/** A property that is required or an item that must be there, for each of the types that are left. */
function refutedByMember(
  search: Search,
  own: readonly Applied<SchemaObject>[],
  path: readonly (string | number)[],
): Contradiction | undefined {
  let first: Contradiction | undefined;
  const types = typesLeft(own);
  const isRefuted = types.every((type) => {
    const why =
      type === "object" ? refutedObject(search, own, path) : type === "array" ? refutedArray(search, own, path) : undefined;
    first ??= why;
    return why !== undefined;
  });
  return isRefuted && types.length > 0 ? first : undefined;
}

function refutedObject(
  search: Search,
  own: readonly Applied<SchemaObject>[],
  path: readonly (string | number)[],
): Contradiction | undefined {
  const absent = search.how.absent(own);
  const required = new Set(own.flatMap(({ schema }) => schema.required ?? []));
  for (const name of required) {
    if (absent.has(name)) continue;
    const why = refuted(search, ofProperty(search.model, own, name), [...path, name], []);
    if (why !== undefined) return why;
  }
  return undefined;
}

function refutedArray(
  search: Search,
  own: readonly Applied<SchemaObject>[],
  path: readonly (string | number)[],
): Contradiction | undefined {
  if (own.every(({ schema }) => (schema.minItems ?? 0) === 0)) return undefined;
  return refuted(search, ofFirstItem(search.model, own), [...path, 0], []);
}

/** Properties that some schema of the value, or of a union in it, declares absent: more than there are, so that nothing is refuted by mistake. */
function absentIn(model: Schemas, all: readonly Applied<SchemaObject>[], direction: Direction): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const look = (one: Applied<SchemaObject>): void => {
    if (seen.has(one.schema)) return;
    seen.add(one.schema);
    for (const [name, property] of Object.entries(one.schema.properties ?? {}))
      if (isAbsent(model, property, direction)) names.add(name);
    for (const member of [...membersOf(one, "anyOf"), ...membersOf(one, "oneOf")])
      for (const inner of objectsOf(appliedIn(model, member))) look(inner);
  };
  for (const one of all) look(one);
  return names;
}

function token(key: string | number): string {
  return child("#", key).slice(1);
}
