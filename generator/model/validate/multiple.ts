/**
 * Whether a number is a multiple of another, by their decimal forms: 19.99 is a multiple of 0.01, although the quotient of the
 * two floats is not whole.
 */
export function isMultiple(value: number, of: number): boolean {
  if (!Number.isFinite(value) || !(of > 0)) return true;
  const [left, right] = [decimal(value), decimal(of)];
  const exponent = Math.min(left.exponent, right.exponent);
  // 1e308 beside 1e-8 is scaled by 316 digits: exact, and still cheap.
  const scaled = (part: Decimal): bigint => part.digits * 10n ** BigInt(part.exponent - exponent);
  return scaled(left) % scaled(right) === 0n;
}

interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

function decimal(value: number): Decimal {
  const [mantissa = "0", power = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}
