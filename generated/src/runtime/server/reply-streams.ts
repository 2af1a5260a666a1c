import type { ContentDescriptor } from "../operation.js";

/** Whether a body is a sequence whose items come one by one, and not the text that they are already. */
export function isItemStream(
  { kind }: ContentDescriptor,
  body: unknown,
): body is AsyncIterable<unknown> | Iterable<unknown> {
  return (kind === "json-lines" || kind === "event-stream") && !Array.isArray(body) && isIterable(body);
}

/** Whether a body is bytes that come piece by piece, from anything but a ReadableStream. */
export function isByteIterable(
  { kind }: ContentDescriptor,
  body: unknown,
): body is AsyncIterable<Uint8Array> {
  return kind === "binary" && !ArrayBuffer.isView(body) && isIterable(body);
}

function isIterable(body: unknown): boolean {
  return (
    typeof body === "object" &&
    body !== null &&
    !(body instanceof ReadableStream) &&
    (Symbol.asyncIterator in body || Symbol.iterator in body)
  );
}

/** The same items, each looked at before it goes on. What breaks them off is told first; who stops early stops their source too. */
export async function* watched(
  items: AsyncIterable<unknown> | Iterable<unknown>,
  look: (item: unknown, index: number) => void,
  onFailure: (error: unknown) => void,
): AsyncGenerator<unknown, void> {
  let index = 0;
  try {
    for await (const item of items) {
      look(item, index);
      index += 1;
      yield item;
    }
  } catch (error) {
    onFailure(error);
    throw error;
  }
}

/** Bytes as a stream, at the pace of its reader. */
export function byteStream(
  pieces: AsyncIterable<Uint8Array>,
  onFailure: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  // What is still on its way when the reader leaves goes nowhere, and is no failure.
  let left = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await iterator.next();
        if (left) return;
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      } catch (error) {
        if (left) return;
        onFailure(error);
        controller.error(error);
      }
    },
    async cancel() {
      left = true;
      await iterator.return?.();
    },
  });
}
