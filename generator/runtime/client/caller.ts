import type { CallOptions } from "./options.js";
import type { SentParts } from "./request.js";
import type { OperationDescriptor } from "../operation.js";
import type { Wire } from "./wire.js";

/** Where a caller keeps the core that it sends by. */
export const core: unique symbol = /* @__PURE__ */ Symbol("core");

/**
 * Sends an operation. `Call` is the ApiCall of its types, and whoever sends says which: a plain type parameter, since the operations
 * of a document are many, and the compiler works out the type arguments of each.
 */
export type SendCall = <Call>(
  operation: OperationDescriptor,
  parts?: SentParts,
  options?: CallOptions,
  ...wire: readonly Wire[]
) => Call;

/** What operations are methods of: whatever has a core. */
export interface Caller {
  readonly [core]: SendCall;
}

/** A core: what sends, and may be sent by. */
export interface Send extends SendCall, Caller {}

/** A function that sends, as a core. */
export function asCore(send: SendCall): Send {
  return Object.assign(send, { [core]: send });
}

/**
 * Sends an operation by the core of a caller. It gives the ApiCall of the operation, of which the function of the operation says the
 * type: `never` may be taken for any, and costs the compiler nothing, where a type parameter costs it a tenth of all work.
 */
export function send(
  caller: Caller,
  operation: OperationDescriptor,
  parts?: SentParts,
  options?: CallOptions,
  ...wire: readonly Wire[]
): never {
  return caller[core]<never>(operation, parts, options, ...wire);
}

/** Operations as methods that send by one core. */
export type Resource<Operations> = Operations & Caller;

/** Makes methods of operations, and of what stands beside them. It gives a Resource of them, and `never` for the reason of `send`. */
export function resource(caller: Caller, operations: object, others?: object): never {
  const made: unknown = Object.assign({ [core]: caller[core] }, operations, others);
  return made as never;
}

/** Operations by name, and objects of them, as methods that send by one core. */
export type Bound<Operations> = Caller & {
  readonly [Name in keyof Operations]: Operations[Name] extends (...given: never) => unknown
    ? Operations[Name]
    : Bound<Operations[Name]>;
};

/** Makes methods of operations, however deep they stand. */
export function bind<Operations extends object>(send: SendCall, operations: Operations): Bound<Operations> {
  const bound: { [name: PropertyKey]: unknown } = { [core]: send };
  for (const [name, member] of Object.entries(operations))
    bound[name] = typeof member === "function" ? member : bind(send, member);
  const made: unknown = bound;
  return made as Bound<Operations>; // Member for member, as above.
}
