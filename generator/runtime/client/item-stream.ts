import { fromWire } from "../formats/apply.js";
import type { ContentDescriptor } from "../operation.js";
import { endOfItems, rawItems, readItem } from "../wire/decode-stream.js";
import type { StreamState } from "../wire/event-parser.js";
import type { Reading } from "../wire/reading.js";
import type { Deadline } from "./deadline.js";
import { raceSignal } from "./wait.js";

/** What the answer of a stream is, beside its content. */
export interface StreamedExchange {
  readonly response: Response;
  readonly deadline: Deadline;
  /** Milliseconds that the server may be silent. */
  readonly idleTimeout?: number | undefined;
  /** Told of what ended the stream, if that was an error. */
  readonly failed?: ((error: unknown) => void) | undefined;
}

/** The errors of a stream. */
export interface StreamErrors {
  /** For a connection that breaks off. */
  broken(cause: unknown): Error;
  /** For a connection on which nothing came for so many milliseconds. */
  idle(milliseconds: number): Error;
  /** For an item that is not what the document says; `text` is what came. */
  undecodable(text: string, reason: string): Error;
}

/** Whether a body is a sequence of items. */
export function isSequence({ kind }: ContentDescriptor): boolean {
  return kind === "json-lines" || kind === "event-stream";
}

/**
 * The items of an answer, as they arrive: what has not been asked for is not read, so that a slow reader slows the server down. It can
 * be walked over once; to leave the walk is to close the connection.
 */
export class ItemStream implements AsyncIterable<unknown> {
  readonly #content: ContentDescriptor;
  readonly #exchange: StreamedExchange;
  readonly #errors: StreamErrors;
  readonly #state: StreamState = {};
  #taken = false;

  constructor(content: ContentDescriptor, exchange: StreamedExchange, errors: StreamErrors) {
    this.#content = content;
    this.#exchange = exchange;
    this.#errors = errors;
  }

  /** The id of the last event that had one. */
  get lastEventId(): string | undefined {
    return this.#state.lastEventId;
  }

  /** How many milliseconds to wait before connecting again, if the server has said so. */
  get retry(): number | undefined {
    return this.#state.retry;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    if (this.#taken) throw new TypeError("This stream has been walked over, and can be once.");
    this.#taken = true;
    const content = this.#content;
    const chunks = chunksOf(this.#exchange, this.#errors);
    let index = 0;
    try {
      for await (const raw of rawItems(content, chunks, this.#state)) {
        const reading: Reading = {
          place: { in: "body" },
          pointer: "",
          unescape: (text) => text,
          problems: [],
        };
        const wire = readItem(content, raw, content.shape ?? "any", index++, reading);
        if (wire === endOfItems) break;
        const item = fromWire(content.codec, wire, reading.place, reading.problems);
        const [problem] = reading.problems;
        if (problem !== undefined)
          throw this.#errors.undecodable(
            typeof raw === "string" ? raw : String(raw.data),
            `${problem.pointer} ${problem.message}`,
          );
        yield item;
      }
    } catch (error) {
      this.#exchange.failed?.(error);
      throw error;
    } finally {
      this.#exchange.deadline.release();
    }
  }
}

async function* chunksOf(
  { response, deadline, idleTimeout }: StreamedExchange,
  { broken, idle }: StreamErrors,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const silence = new Promise<never>((_, reject) => {
        if (idleTimeout !== undefined) timer = setTimeout(() => reject(idle(idleTimeout)), idleTimeout);
      });
      const read = reader.read().catch((error: unknown): never => {
        throw deadline.signal.aborted ? deadline.signal.reason : broken(error);
      });
      const next = await raceSignal(deadline.signal, Promise.race([read, silence])).finally(() =>
        clearTimeout(timer),
      );
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // What is left is not wanted: this closes the connection. A stream that has failed says so once more.
    reader.cancel().catch(() => undefined);
  }
}
