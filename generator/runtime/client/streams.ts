import type { OperationDescriptor } from "../operation.js";
import { ApiCall } from "./call.js";
import { core, type Caller } from "./caller.js";
import type { CallOptions, CallParts } from "./options.js";
import type { Bodies } from "./types.js";
import type { Wire } from "./wire.js";

/** The items of the bodies that are sequences. */
export type StreamItem<Body> = Body extends AsyncIterable<infer Item> ? Item : never;

/**
 * A call whose answer may be a sequence: `for await` walks over its items as they arrive. Awaited, it gives the body of the success
 * response, which is an AsyncIterable where it is a sequence. To leave the loop is to close the connection. The timeout of a call
 * ends when the head of the answer is there; the signal ends the walk with an AbortError.
 *
 * A walk throws what an awaited call throws, a ConnectionError when the connection breaks off, a DecodeError for an item that is not
 * what the document says, and a TypeError when the body of the answer is no sequence.
 */
export class StreamedCall<in out Operations, in out Id extends keyof Operations>
  extends ApiCall<Operations, Id>
  implements AsyncIterable<StreamItem<Bodies<Operations[Id]>["success"]>>
{
  async *[Symbol.asyncIterator](): AsyncGenerator<
    StreamItem<Bodies<Operations[Id]>["success"]>,
    void,
    undefined
  > {
    const body: unknown = await this;
    if (typeof body !== "object" || body === null || !(Symbol.asyncIterator in body))
      throw new TypeError("The body of this answer is no sequence, but one of another media type.");
    // What the types say of an item is what the document says of it.
    yield* body as AsyncIterable<StreamItem<Bodies<Operations[Id]>["success"]>>;
  }
}

/** Sends an operation whose answer may be a sequence. `Call` is the StreamedCall of its types, see Send. */
export function sendStreamed<Call>(
  caller: Caller,
  operation: OperationDescriptor,
  parts: CallParts = {},
  options: CallOptions = {},
  ...wire: readonly Wire[]
): Call {
  const first = caller[core]<ApiCall<never, never>>(operation, parts, options, ...wire);
  const call: unknown = new StreamedCall(first);
  return call as Call;
}
