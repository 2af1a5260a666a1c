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
