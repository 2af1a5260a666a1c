/**
 * Whether what was presented is the secret. The time depends on the length of what was presented alone: every octet is looked at, where
 * the first difference lies cannot be measured, and of the secret's length only whether it is the same is told. Nothing is equal to an
 * empty secret, such as that of a variable which nobody set. Text is compared as UTF-8.
 */
export function timingSafeEqual(presented: string | Uint8Array, secret: string | Uint8Array): boolean {
  const given = octetsOf(presented);
  const expected = octetsOf(secret);
  let difference = given.length ^ expected.length;
  if (expected.length === 0) difference |= 1;
  // What is longer than the secret is compared with it again from its start, so that the work is the same for every length of it.
  for (let index = 0, other = 0; index < given.length; index += 1) {
    difference |= (given[index] ?? 0) ^ (expected[other] ?? 0);
    other += 1;
    if (other >= expected.length) other = 0;
  }
  return difference === 0;
}

function octetsOf(value: string | Uint8Array): Uint8Array {
  return typeof value === "string" ? new TextEncoder().encode(value) : value;
}
