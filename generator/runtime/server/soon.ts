/** What is there, or will be. A server that has nothing to wait for answers within the turn in which it is asked. */
export type Soon<Value> = Value | Promise<Value>;

/** Goes on with a value: at once where it is there. */
export function soon<Value, Result>(value: Soon<Value>, next: (value: Value) => Soon<Result>): Soon<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** What somebody else's function gave, as a promise where it has to be waited for, be it of another realm. */
export function settling<Value>(value: Value | PromiseLike<Value>): Soon<Value> {
  return isThenable(value) ? Promise.resolve(value) : value;
}

function isThenable<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
