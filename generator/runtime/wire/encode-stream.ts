import { jsonText, refuse } from "./classify.js";
import type { Place } from "./errors.js";
import type { ServerSentEvent } from "./event-parser.js";

const place: Place = { in: "body" };

/** JSON documents, one a line (https://jsonlines.org), or each after a record separator (RFC 7464) when `sequence` is set. */
export function encodeJsonLines(value: unknown, sequence: boolean): BodyInit {
  return encodeItems(value, (item) => `${sequence ? "\u001E" : ""}${jsonText(item, place)}\n`);
}

/**
 * Events, each of a ServerSentEvent, of a string, or of any other value, which is the event's data as JSON. `data` says that no item
 * is an event, whatever it looks like.
 */
export function encodeEvents(value: unknown, data: boolean): BodyInit {
  return encodeItems(value, (item) => eventText(!data && isEvent(item) ? item : { data: item }));
}

function encodeItems(value: unknown, write: (item: unknown) => string): BodyInit {
  if (typeof value === "string" || value instanceof ReadableStream || value instanceof Blob) return value;
  if (Array.isArray(value)) return value.map(write).join("");
  if (
    typeof value === "object" &&
    value !== null &&
    (Symbol.asyncIterator in value || Symbol.iterator in value)
  ) {
    // The check above is all that an iterable shows of itself.
    return streamOf(value as AsyncIterable<unknown> | Iterable<unknown>, write);
  }
  return refuse("is not a list, an iterable, a stream or a string", place);
}

function streamOf(
  items: AsyncIterable<unknown> | Iterable<unknown>,
  write: (item: unknown) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(write(next.value)));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function eventText(event: ServerSentEvent): string {
  const lines: string[] = [];
  if (event.event !== undefined) lines.push(`event: ${oneLine(event.event)}`);
  if (event.id !== undefined) lines.push(`id: ${oneLine(event.id)}`);
  if (event.retry !== undefined) lines.push(`retry: ${event.retry}`);
  if (event.data !== undefined) {
    const text = typeof event.data === "string" ? event.data : jsonText(event.data, place);
    lines.push(...text.split(/\r\n|\r|\n/).map((line) => `data: ${line}`));
  }
  return `${lines.join("\n")}\n\n`;
}

function isEvent(item: unknown): item is ServerSentEvent {
  return (
    typeof item === "object" &&
    item !== null &&
    Object.keys(item).length > 0 &&
    Object.keys(item).every((key) => ["event", "data", "id", "retry"].includes(key))
  );
}

function oneLine(text: string): string {
  return /[\r\n\0]/.test(text)
    ? refuse(`has an event field with a line break: ${JSON.stringify(text)}`, place)
    : text;
}
