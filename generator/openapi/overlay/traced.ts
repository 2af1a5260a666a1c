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

/** The same with another value behind these keys, or with none: what follows in an array moves up. */
export function edited(whole: Traced, keys: readonly string[], value: Traced | undefined): Traced {
  const [key, ...rest] = keys;
  if (key === undefined) return value ?? whole;
  const inner = rest.length === 0 ? value : edited(memberOf(whole, key) ?? whole, rest, value);
  if (inner !== undefined) return withMembers(whole, new Map([[key, inner]]));
  return Array.isArray(whole.value) ? withoutItem(whole, whole.value, Number(key)) : withoutMember(whole, key);
}

/** The same with these members set; a number behind the last of an array appends. */
export function withMembers({ value, origin }: Traced, changes: ReadonlyMap<string, Traced>): Traced {
  const members = new Map(origin.members);
  for (const [key, change] of changes) members.set(key, change.origin);
  const values = new Map(Object.entries(value ?? {}));
  for (const [key, change] of changes) values.set(key, change.value);
  // `fromEntries` defines members: a key "__proto__" stays a key.
  return { value: Array.isArray(value) ? [...values.values()] : Object.fromEntries(values), origin: { at: origin.at, members } };
}

function withoutMember({ value, origin }: Traced, key: string): Traced {
  const rest = Object.entries(value ?? {}).filter(([name]) => name !== key);
  const members = new Map([...(origin.members ?? [])].filter(([name]) => name !== key));
  return { value: Object.fromEntries(rest), origin: { at: origin.at, members } };
}

function withoutItem({ origin }: Traced, items: readonly unknown[], index: number): Traced {
  const origins = items.map((_, position) => innerOrigin(origin, String(position))).toSpliced(index, 1);
  const members = new Map(origins.map((item, position) => [String(position), item]));
  return { value: items.toSpliced(index, 1), origin: { at: origin.at, members } };
}

function innerOrigin(origin: Origin, key: string): Origin {
  return origin.members?.get(key) ?? { at: child(origin.at, key) };
}
