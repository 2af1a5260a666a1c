import { child, type Location } from "../../diagnostics/location.ts";
import { isObject } from "../node.ts";

/** Where a value was written, and the members of it that were written elsewhere than inside it. */
export interface Origin {
  readonly at: Location;
  readonly members?: ReadonlyMap<string, Origin>;
}

/** A value and where all of it was written. Both are never changed: an edit makes a new one, since YAML aliases share values. */
export interface Traced {
  readonly value: unknown;
  readonly origin: Origin;
}

/** A value that stands as a whole at one place. */
export function traced(value: unknown, at: Location): Traced {
  return { value, origin: { at } };
}

/** Where the value behind these keys was written. */
export function writtenAt(origin: Origin, keys: readonly string[]): Location {
  return keys.reduce<Origin>(innerOrigin, origin).at;
}

/** The value behind these keys; `undefined` when there is none. */
export function valueBehind(whole: Traced, keys: readonly string[]): Traced | undefined {
  let inner = whole;
  for (const key of keys) {
    const next = memberOf(inner, key);
    if (next === undefined) return undefined;
    inner = next;
  }
  return inner;
}

/** The member with a key, or the item with an index; `undefined` when there is none. */
export function memberOf({ value, origin }: Traced, key: string): Traced | undefined {
  const present = (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key);
  return present ? { value: Reflect.get(value, key), origin: innerOrigin(origin, key) } : undefined;
}

/** What is done to a value, and then to values inside it. */
export interface Plan {
  /** One after the other; `undefined` removes the value. */
  readonly edits: Edit[];
  readonly inside: Map<string, Plan>;
}

/** Makes one value of another, or none. */
export type Edit = (value: Traced) => Traced | undefined;

/** The value with a plan carried out; each object and array on the way is made anew once, however many edits are in it. */
export function rewritten(whole: Traced, { edits, inside }: Plan): Traced | undefined {
  let result = whole;
  for (const edit of edits) {
    const next = edit(result);
    if (next === undefined) return undefined;
    result = next;
  }
  const changes = new Map<string, Traced>();
  const removed = new Set<string>();
  for (const [key, plan] of inside) {
    const member = memberOf(result, key);
    const next = member && rewritten(member, plan);
    if (next !== undefined) changes.set(key, next);
    else removed.add(key);
  }
  const changed = changes.size === 0 ? result : withMembers(result, changes);
  return removed.size === 0 ? changed : withoutMembers(changed, removed);
}

/** The same with these members set; a number behind the last of an array appends. */
export function withMembers({ value, origin }: Traced, changes: ReadonlyMap<string, Traced>): Traced {
  const members = new Map(origin.members);
  for (const [key, change] of changes) members.set(key, change.origin);
  const values = new Map(Object.entries(value ?? {}));
  for (const [key, change] of changes) values.set(key, change.value);
  // `fromEntries` defines members: a key "__proto__" stays a key.
  return {
    value: Array.isArray(value) ? [...values.values()] : Object.fromEntries(values),
    origin: { at: origin.at, members },
  };
}

/** The same without these members; what follows in an array moves up. */
function withoutMembers({ value, origin }: Traced, removed: ReadonlySet<string>): Traced {
  const kept = Object.entries(value ?? {}).filter(([key]) => !removed.has(key));
  const isArray = Array.isArray(value);
  const members = new Map(kept.map(([key], index) => [isArray ? String(index) : key, innerOrigin(origin, key)]));
  return {
    value: isArray ? kept.map(([, item]) => item) : Object.fromEntries(kept),
    origin: { at: origin.at, members },
  };
}

function innerOrigin(origin: Origin, key: string): Origin {
  return origin.members?.get(key) ?? { at: child(origin.at, key) };
}
