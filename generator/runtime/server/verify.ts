import type { OperationDescriptor } from "../operation.js";
import type { Incoming } from "./incoming.js";
import { bodyLimit, boundedBytes, type Limits } from "./limits.js";

/** How it is made sure who sends a webhook or a callback. */
export interface VerifyOptions {
  /**
   * Whether a request comes from whom it should, told by its bytes before anything of them is decoded: the place to check a signature.
   * `body` is what arrived, of no bytes where there is no body; that of `request` has been read. `false` is answered 401,
   * and what is thrown 500, as what a handler throws; the handler is not called. Compare with `timingSafeEqual`. Default: nothing is checked.
   */
  readonly verify?: Verify | undefined;
}

/** Tells whether a request comes from whom it should. */
export type Verify = (request: Request, body: Uint8Array) => boolean | Promise<boolean>;

/**
 * The request with its body in memory, where it was verified; `undefined` where it was refused. Throws a LimitError for a body that
 * holds more than any of the operation may.
 */
export async function verified(
  incoming: Incoming,
  { body }: OperationDescriptor,
  limits: Limits,
  verify: Verify,
): Promise<Incoming | undefined> {
  const kinds = body === undefined ? (["json"] as const) : body.contents.map(({ kind }) => kind);
  const limit = Math.max(...kinds.map((kind) => bodyLimit(limits, kind)));
  const { isReread } = incoming;
  const bytes = await boundedBytes(incoming, limit);
  // A copy: what is done to it is not done to what is decoded.
  const known = await verify(incoming.request, bytes.slice());
  // Not by its truth: a promise that was forgotten somewhere shall let nobody in.
  return known === true ? new ReadIncoming(incoming, bytes, isReread) : undefined;
}

/** A request whose body has been read. */
class ReadIncoming implements Incoming {
  readonly method: string;
  readonly pathname: string;
  readonly search: string;
  readonly hasBody: boolean;
  readonly isReread: boolean;
  private readonly incoming: Incoming;
  private readonly body: Uint8Array<ArrayBuffer>;

  constructor(incoming: Incoming, body: Uint8Array<ArrayBuffer>, isReread: boolean) {
    this.method = incoming.method;
    this.pathname = incoming.pathname;
    this.search = incoming.search;
    this.hasBody = incoming.hasBody;
    this.isReread = isReread;
    this.incoming = incoming;
    this.body = body;
  }

  header(name: string): string | null {
    return this.incoming.header(name);
  }

  headerSize(): number {
    return this.incoming.headerSize();
  }

  bytes(limit: number, tooLong: () => Error): Promise<Uint8Array<ArrayBuffer>> {
    return this.body.byteLength > limit ? Promise.reject(tooLong()) : Promise.resolve(this.body);
  }

  stream(): ReadableStream<Uint8Array> {
    return new Blob([this.body]).stream();
  }

  get signal(): AbortSignal {
    return this.incoming.signal;
  }

  get request(): Request {
    return this.incoming.request;
  }
}
