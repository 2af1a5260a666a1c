/** Whether two JSON values are equal as JSON Schema has it (Core, §4.2.2): the order of an object's members does not count. */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right))
    return Array.isArray(left) && Array.isArray(right) && equalItems(left, right);
  return isObject(left) && isObject(right) && equalMembers(left, right);
}

/** Whether a value equals one of a list. */
export function isAmong(value: unknown, list: readonly unknown[]): boolean {
  for (const member of list) if (equal(value, member)) return true;
  return false;
}

/** Whether no two items are equal. Scalars are looked up in a set, so a long list of them costs linear time. */
export function isUnique(items: readonly unknown[]): boolean {
  if (items.length < 2) return true;
  const scalars = new Set<unknown>();
  const others: unknown[] = [];
  for (const item of items) {
    if (typeof item === "object" && item !== null) {
      if (isAmong(item, others)) return false;
      others.push(item);
    } else {
      if (scalars.has(item)) return false;
      scalars.add(item);
    }
  }
  return true;
}

/** Whether a value is what JSON calls an object: no array, and no Blob, which stands for bytes. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Blob);
}

/** The value of a member; `undefined` when there is none of its own, whatever the prototype holds. */
export function own(value: { readonly [key: string]: unknown }, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function equalItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => equal(item, right[index]));
}

// A member that is `undefined` is absent: JSON.stringify leaves it out.
function equalMembers(
  left: { readonly [key: string]: unknown },
  right: { readonly [key: string]: unknown },
): boolean {
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  const keys = Object.keys(left).filter((key) => left[key] !== undefined);
  if (Object.keys(right).filter((key) => right[key] !== undefined).length !== keys.length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key]));
}
