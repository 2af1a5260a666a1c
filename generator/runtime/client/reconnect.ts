import { ConnectionError, TimeoutError } from "./errors.js";
import type { StreamItem } from "./streams.js";
import { sleep } from "./wait.js";

/** What a stream is opened with: to be handed on as the options of the call. */
export interface ReconnectingCall {
  /** `Last-Event-ID`, once there was an event with an id. */
  readonly headers: { readonly [name: string]: string };
  readonly signal: AbortSignal | undefined;
}

export interface ReconnectOptions {
  /** Ends the walk with an AbortError. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait before connecting again, until the server says otherwise by `retry`. Default: 3000. */
  readonly retry?: number | undefined;
  /** How often in a row to connect again without any item before the error is thrown. Default: without end. */
  readonly maxRetries?: number | undefined;
}

/**
 * The events of a stream that is opened again whenever it ends or breaks off, as EventSource does (WHATWG HTML, §9.2.3), from where it
 * was: `reconnect((options) => client.events.watch({}, options))`. Ends when the answer has no stream, as a 204 has not. Throws
 * whatever the call throws but for a ConnectionError, and a TimeoutError where the server was silent (`idleTimeout`) or slow to answer.
 * The wait doubles with every attempt that brings no item, up to a minute.
 */
export async function* reconnect<Body>(
  open: (call: ReconnectingCall) => PromiseLike<Body>,
  { signal, retry = 3000, maxRetries = Infinity }: ReconnectOptions = {},
): AsyncGenerator<StreamItem<Body>, void, undefined> {
  let id: string | undefined;
  let wait = retry;
  for (let fruitless = 0; ; fruitless += 1) {
    let stream: EventStream<StreamItem<Body>> | undefined;
    try {
      const headers = id === undefined || id === "" ? {} : { "Last-Event-ID": id };
      const body: unknown = await open({ headers, signal });
      if (!isStream<StreamItem<Body>>(body)) return;
      stream = body;
      for await (const item of stream) {
        fruitless = 0;
        yield item;
      }
    } catch (error) {
      const broken = error instanceof ConnectionError || error instanceof TimeoutError;
      if (!broken || fruitless >= maxRetries) throw error;
    }
    id = stream?.lastEventId ?? id;
    wait = stream?.retry ?? wait;
    await sleep(Math.max(wait, Math.min(wait * 2 ** fruitless, 60_000)), signal ?? never);
  }
}

const never = new AbortController().signal;

/** The stream of an answer: see ItemStream. */
interface EventStream<Item> extends AsyncIterable<Item> {
  readonly lastEventId?: string | undefined;
  readonly retry?: number | undefined;
}

// What the types say of a body is what the document says of it.
function isStream<Item>(body: unknown): body is EventStream<Item> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
