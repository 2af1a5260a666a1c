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

/** Whether no two items are equal. They are looked up by what they say, so a long list costs linear time. */
export function isUnique(items: readonly unknown[]): boolean {
  if (items.length < 2) return true;
  const seen = new Set<unknown>();
  const others: unknown[] = [];
  for (const item of items) {
    const text = textOf(item);
    if (text === undefined ? isAmong(item, others) : seen.has(text)) return false;
    if (text === undefined) others.push(item);
    else seen.add(text);
  }
  return true;
}

/** A text that equal values share, and others do not; `undefined` for what holds something that JSON cannot say, such as a Blob. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return JSON.stringify(value);
  // Minus zero equals zero, and reads alike.
  if (typeof value === "number") return Number.isNaN(value) ? undefined : String(value);
  if (typeof value !== "object") return undefined;
  const isList = Array.isArray(value);
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const members: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined && !isList) continue;
    const text = textOf(member);
    if (text === undefined) return undefined;
    members.push(isList ? text : `${JSON.stringify(key)}:${text}`);
  }
  return isList ? `[${members.join()}]` : `{${members.sort().join()}}`;
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
