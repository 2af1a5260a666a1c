import type { Codec } from "../operation.js";
import { FormatError } from "./apply.js";
import { ExactInteger } from "./exact.js";

export { exactJson } from "./exact.js";

/** `int64` as a bigint. A number on the wire that has been rounded is refused. */
export const int64AsBigint: Codec<bigint> = integer("int64");
/** `uint64` as a bigint. */
export const uint64AsBigint: Codec<bigint> = integer("uint64");
/** `int64` in a text, as JSON's numbers are too small for it, as a bigint. */
export const int64TextAsBigint: Codec<bigint> = text("int64");
/** `uint64` in a text as a bigint. */
export const uint64TextAsBigint: Codec<bigint> = text("uint64");

type Name = "int64" | "uint64";

function integer(name: Name): Codec<bigint> {
  return {
    decode(wire) {
      if (typeof wire === "number") {
        if (!Number.isSafeInteger(wire))
          throw new FormatError(`must be an integer of ${name} that is written in full`);
        return within(name, BigInt(wire));
      }
      if (wire instanceof ExactInteger) return within(name, wire.exact);
      return typeof wire === "bigint" ? within(name, wire) : (wire as bigint);
    },
    encode(value) {
      if (typeof value !== "bigint") return value;
      const number = Number(within(name, value));
      return Number.isSafeInteger(number) ? number : value;
    },
  };
}

function text(name: Name): Codec<bigint> {
  return {
    decode(wire) {
      if (typeof wire !== "string") return wire as bigint;
      if (!/^-?(?:0|[1-9]\d{0,19})$/.test(wire))
        throw new FormatError(`must be an integer of ${name} in a text`);
      return within(name, BigInt(wire));
    },
    encode: (value) => (typeof value === "bigint" ? String(within(name, value)) : value),
  };
}

function within(name: Name, value: bigint): bigint {
  const wrapped = name === "int64" ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value);
  if (wrapped !== value) throw new FormatError(`must be within ${name}`);
  return value;
}
