import type { Incoming } from "./incoming.js";

const carrier: unique symbol = Symbol("incoming");

interface Carrying {
  readonly [carrier]: Incoming;
}

// One getter for all: a literal with getters of its own makes the engine describe each such object anew, which costs a microsecond
// and more to clean up.
const members = {
  request: {
    get(this: Carrying): Request {
      return this[carrier].request;
    },
    enumerable: true,
    configurable: true,
  },
  signal: {
    get(this: Carrying): AbortSignal {
      return this[carrier].signal;
    },
    enumerable: true,
    configurable: true,
  },
} as const;

/** Gives an object members that are made when they are looked at. They are its own, so that a copy with `...` has them too. */
export function lazily<Target extends object, Name extends keyof typeof members>(
  target: Target,
  incoming: Incoming,
  ...names: readonly Name[]
): Target & Pick<Incoming, Name> {
  Object.defineProperty(target, carrier, { value: incoming, configurable: true });
  for (const name of names) Object.defineProperty(target, name, members[name]);
  // What was just defined, the compiler cannot see.
  return target as Target & Pick<Incoming, Name>;
}
