import type { OperationDescriptor } from "../operation.js";
import { ApiCall } from "./call.js";
import { send, type Caller } from "./caller.js";
import { startDeadline } from "./deadline.js";
import { nameOf } from "./errors.js";
import { itemsIn } from "./next-page.js";
import type { CallOptions, CallParts } from "./options.js";
import type { SentParts } from "./request.js";
import type { Bodies } from "./types.js";
import type { Listed, Way } from "./walk.js";
import type { Wire } from "./wire.js";

/** One page of a list. */
export interface Page<Data, Item> {
  /** The whole body, as an awaited call gives it. */
  readonly data: Data;
  readonly items: readonly Item[];
  /** The raw response; its body has been read. */
  readonly response: Response;
}

/**
 * A call for a list. Awaited it is the first page; `for await` walks over the items of all pages, and over the pages with
 * `pages()`. A page is asked for when the walk comes to it, with the options of the call: a timeout is for each page anew. A walk
 * throws what an awaited call throws, and a PaginationError where it cannot go on.
 */
export class PagedCall<in out Operations, in out Id extends keyof Operations, out Item>
  extends ApiCall<Operations, Id>
  implements AsyncIterable<Item>
{
  readonly #list: List;

  constructor(list: List) {
    super(list.ask(list.parts, list.options));
    this.#list = list;
  }

  /** The pages, from the first on. */
  async *pages(): AsyncGenerator<Page<Bodies<Operations[Id]>["success"], Item>, void, undefined> {
    const list = this.#list;
    const seen = new Set<unknown>();
    let call: ApiCall<Operations, Id> = this;
    let asked: SentParts | undefined = list.parts;
    while (asked) {
      const answer = await call.withResponse();
      // What the types say of an item is what the document says of it.
      yield { ...answer, items: itemsIn(answer.data, list.operation) as readonly Item[] };
      asked = list.next(list, { ...answer, asked }, seen);
      // Another page is another request.
      if (asked) call = list.ask(asked, { ...list.options, idempotencyKey: undefined });
    }
  }

  /** The items of all pages. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    const { operation, options } = this.#list;
    for await (const { items } of this.pages()) {
      for (const item of items) {
        if (options.signal?.aborted) startDeadline(nameOf(operation), options.signal).signal.throwIfAborted();
        yield item;
      }
    }
  }
}

/** The items at a place in the body of an operation's success: `ItemAt<Operation, ["results"]>`. */
export type ItemAt<Operation, Place> = ItemIn<Bodies<Operation>["success"], Place>;

type ItemIn<Body, Place> = Place extends readonly [infer Key, ...infer Keys]
  ? Body extends object
    ? Key extends keyof Body
      ? ItemIn<Body[Key], Keys>
      : never
    : never
  : Body extends readonly (infer Item)[]
    ? Item
    : never;

/** What the pages of a list are asked with. */
interface List extends Listed {
  readonly options: CallOptions;
  readonly next: Way;
  readonly ask: (parts: SentParts, options: CallOptions) => never;
}

/** Sends an operation that has pages, to which there is a way. `Call` is the PagedCall of its types, see Send. */
export function sendPaged<Call>(
  caller: Caller,
  operation: OperationDescriptor,
  parts: CallParts | undefined = {},
  options: CallOptions | undefined = {},
  next: Way,
  ...wire: readonly Wire[]
): Call {
  const ask: List["ask"] = (given, own) => send(caller, operation, given, own, ...wire);
  const call: unknown = new PagedCall({ operation, parts, options, next, ask });
  return call as Call;
}
