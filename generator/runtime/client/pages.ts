import type { OperationDescriptor, PaginationDescriptor } from "../operation.js";
import { ApiCall } from "./call.js";
import { core, type Caller } from "./caller.js";
import { AbortError, PaginationError } from "./errors.js";
import { itemsIn, nextRequest, startMark } from "./next-page.js";
import type { CallOptions, CallParts } from "./options.js";
import type { Bodies } from "./types.js";
import type { PageRequest } from "./walk.js";
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

  constructor(first: ApiCall<Operations, Id>, list: List) {
    super(first);
    this.#list = list;
  }

  /** The pages, from the first on. */
  async *pages(): AsyncGenerator<Page<Bodies<Operations[Id]>["success"], Item>, void, undefined> {
    const { caller, operation, pagination, parts, options, wire } = this.#list;
    const ways: Wire = Object.assign({}, ...wire);
    const seen = new Set<string | undefined>([startMark(pagination, parts)]);
    let call: ApiCall<Operations, Id> = this;
    let current: PageRequest = { parts, mark: startMark(pagination, parts) };
    for (;;) {
      const answer = await call.withResponse();
      // What the types say of an item is what the document says of it.
      yield { ...answer, items: itemsIn(answer.data, pagination) as readonly Item[] };
      const next = nextRequest(ways, { operation, pagination, first: parts, current, answer });
      if (next === undefined) return;
      if (next.mark !== undefined && seen.has(next.mark)) throw goesInCircles(operation, next.mark);
      seen.add(next.mark);
      // Another page is another request.
      const anew = { ...options, idempotencyKey: undefined };
      call = caller[core]<ApiCall<Operations, Id>>(operation, next.parts, anew, ...wire);
      current = next;
    }
  }

  /** The items of all pages. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { items } of this.pages()) {
      for (const item of items) {
        throwIfAborted(this.#list);
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
interface List {
  readonly caller: Caller;
  readonly operation: OperationDescriptor;
  readonly pagination: PaginationDescriptor;
  readonly parts: CallParts;
  readonly options: CallOptions;
  readonly wire: readonly Wire[];
}

/** Sends an operation that has pages. `Call` is the PagedCall of its types, see Send. */
export function sendPaged<Call>(
  caller: Caller,
  operation: OperationDescriptor,
  parts: CallParts = {},
  options: CallOptions = {},
  ...wire: readonly Wire[]
): Call {
  const first = caller[core]<ApiCall<never, never>>(operation, parts, options, ...wire);
  const pagination = operation.pagination ?? { items: [] };
  const call: unknown = new PagedCall(first, { caller, operation, pagination, parts, options, wire });
  return call as Call;
}

function goesInCircles({ method, path }: OperationDescriptor, mark: string): PaginationError {
  return new PaginationError(`${method} ${path} names ${mark} a second time; the walk would not end.`);
}

function throwIfAborted({ operation, options: { signal } }: List): void {
  if (signal?.aborted === true) {
    throw new AbortError(`${operation.method} ${operation.path} was aborted.`, { cause: signal.reason });
  }
}
