import { isObject } from "../node.ts";
import { memberOf, withMembers, type Traced } from "./traced.ts";

/** Told of two values that cannot be merged; the target then stays as it is. */
export type OnClash = (target: Traced, update: Traced) => void;

/**
 * The target of an action with an update merged in: https://spec.openapis.org/overlay/v1.1.0.html#action-object.
 * Objects merge member by member, what is added to an array comes behind its items, a primitive value replaces another.
 * A list that is added to an array adds its items, any other value itself (1.0 knows single entries alone).
 */
export function merge(target: Traced, update: Traced, clash: OnClash): Traced {
  if (Array.isArray(target.value) && !Array.isArray(update.value)) return appended(target, [update]);
  return combined(target, update, clash);
}

function combined(target: Traced, update: Traced, clash: OnClash): Traced {
  if (Array.isArray(target.value) && Array.isArray(update.value))
    return appended(
      target,
      membersOf(update).map(([, item]) => item),
    );
  if (isObject(target.value) && isObject(update.value)) {
    const changes = membersOf(update).map(([key, value]): [string, Traced] => {
      const before = memberOf(target, key);
      return [key, before === undefined ? value : combined(before, value, clash)];
    });
    return withMembers(target, new Map(changes));
  }
  if (isPrimitive(target.value) && isPrimitive(update.value)) return update;
  clash(target, update);
  return target;
}

function appended(target: Traced, items: readonly Traced[]): Traced {
  const length = Array.isArray(target.value) ? target.value.length : 0;
  return withMembers(target, new Map(items.map((item, index) => [String(length + index), item])));
}

/** The members of an object or array, in their order. */
export function membersOf(whole: Traced): readonly (readonly [string, Traced])[] {
  return Object.keys(whole.value ?? {}).flatMap((key) => {
    const value = memberOf(whole, key);
    return value === undefined ? [] : [[key, value] as const];
  });
}

function isPrimitive(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
