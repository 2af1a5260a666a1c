/** Thrown by `notImplemented`: the request is answered 501. */
export class NotImplemented extends Error {
  override readonly name: string = "NotImplemented";

  constructor(message: string = "This operation is not implemented yet.") {
    super(message);
  }
}

/**
 * A handler for an operation that has none yet: 501 (RFC 9110, §15.6.2). It stands in the place of any handler, so that what is left to
 * do can be searched for.
 */
export function notImplemented(): never {
  throw new NotImplemented();
}

/** The handlers that there are, with `this` as it was, and `notImplemented` in the place of all others. */
export function fillHandlers<All extends object>(operations: object, handlers: Partial<All>): All {
  // The generated code names the operations in its types, and all of them are here.
  return Object.fromEntries(
    Object.keys(operations).map((name) => {
      const handler: unknown =
        name in handlers && !(name in Object.prototype) ? Reflect.get(handlers, name) : undefined;
      return [name, typeof handler === "function" ? bound(handler, handlers) : notImplemented];
    }),
  ) as All;
}

function bound(handler: CallableFunction, holder: object): (input: object) => unknown {
  return (input): unknown => Reflect.apply(handler, holder, [input]);
}
