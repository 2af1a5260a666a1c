/** Whether two JSON values are equal (https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.2): the order of keys is no matter. */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => equal(item, right[index]))
    );
  }
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const others = new Map<string, unknown>(Object.entries(right));
  return Object.entries(left).every(([key, value]) => others.has(key) && equal(value, others.get(key)));
}

/** Where a list holds a value, such as the constants of an `enum`; -1 where it does not. A list is data that no one changes, so it is indexed once. */
export function positionIn(list: readonly unknown[], value: unknown): number {
  if (list.length < few) return list.findIndex((one) => equal(one, value));
  const known = indexes.get(list) ?? indexOf(list);
  indexes.set(list, known);
  return known.get(keyOf(value)) ?? -1;
}

/** Shorter lists are walked. */
const few = 8;
const indexes = new WeakMap<readonly unknown[], ReadonlyMap<string, number>>();

function indexOf(list: readonly unknown[]): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  for (const [position, value] of list.entries()) {
    const key = keyOf(value);
    if (!index.has(key)) index.set(key, position);
  }
  return index;
}

/** A text that equal values share, and others do not. */
export function keyOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${keyOf(member)}`);
  return `{${members.sort().join()}}`;
}
