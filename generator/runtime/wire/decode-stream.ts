import type { Shape } from "../operation.js";
import { alternativesOf, itemShape, propertyShape } from "./alternatives.js";
import { DecodeError } from "./errors.js";
import type { ServerSentEvent } from "./encode-stream.js";
import { inside, readJson, type Reading, readText } from "./reading.js";

/** The documents of a JSON Lines or JSON sequence body, read as a whole. */
export function decodeJsonLines(text: string, shape: Shape, reading: Reading): unknown {
  if (shape === "string") return text;
  return lineDocuments(text).map((line, index) => readJson(line, inside(reading, index)));
}

/**
 * The events of a `text/event-stream` body, read as a whole. Where the shape knows no `data`, an item is the data of its event, as
 * JSON where the shape is not text.
 */
export function decodeEvents(text: string, shape: Shape, reading: Reading): unknown {
  if (shape === "string") return text;
  const { array } = alternativesOf(shape);
  const parser = createEventParser();
  return [...parser.push(text), ...parser.end()].map((event, index) =>
    readEvent(event, array === undefined ? "any" : itemShape(array, index), inside(reading, index)),
  );
}

/** The documents of a JSON Lines or JSON sequence stream, as they arrive. Throws a DecodeError at a line that is no JSON. */
export async function* readJsonLines(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<unknown, void, undefined> {
  let rest = "";
  for await (const text of textsOf(stream)) {
    const end = (rest + text).lastIndexOf("\n") + 1;
    const whole = (rest + text).slice(0, end);
    rest = (rest + text).slice(end);
    for (const line of lineDocuments(whole)) yield jsonOrThrow(line);
  }
  for (const line of lineDocuments(rest)) yield jsonOrThrow(line);
}

/** The events of a `text/event-stream`, as they arrive. `data` is text. */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const parser = createEventParser();
  for await (const text of textsOf(stream)) yield* parser.push(text);
  yield* parser.end();
}

function readEvent(event: ServerSentEvent, shape: Shape, reading: Reading): unknown {
  const { scalars, object } = alternativesOf(shape);
  const dataShape = object && propertyShape(object, "data");
  const data = typeof event.data === "string" ? event.data : "";
  if (dataShape !== undefined)
    return event.data === undefined
      ? event
      : { ...event, data: readText(data, dataShape, inside(reading, "data")) };
  return scalars.includes("any") ? event : readText(data, shape, reading);
}

function lineDocuments(text: string): string[] {
  return text.split(/\r?\n|\u001E/).filter((line) => line.trim() !== "");
}

function jsonOrThrow(line: string): unknown {
  const reading: Reading = { place: { in: "body" }, pointer: "", unescape: (raw) => raw, problems: [] };
  const value = readJson(line, reading);
  if (reading.problems.length > 0) throw new DecodeError(reading.problems);
  return value;
}

interface EventParser {
  push(text: string): ServerSentEvent[];
  /** What stands at the end without an empty line is an event too: a server may close the stream right after it. */
  end(): ServerSentEvent[];
}

// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
function createEventParser(): EventParser {
  let rest = "";
  let fields: string[] = [];
  const take = (): ServerSentEvent[] => {
    const event = eventOf(fields);
    fields = [];
    return event === undefined ? [] : [event];
  };
  const push = (text: string): ServerSentEvent[] => {
    // A "\r" at the end may be the first half of "\r\n".
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    return lines.flatMap((line) => {
      if (line === "") return take();
      fields.push(line);
      return [];
    });
  };
  return {
    push,
    end() {
      if (rest !== "") fields.push(rest.replace(/\r$/, ""));
      rest = "";
      return take();
    },
  };
}

function eventOf(lines: readonly string[]): ServerSentEvent | undefined {
  const data: string[] = [];
  const fields = new Map<string, string | number>();
  for (const line of lines) {
    const match = /^([^:]*)(?::\u0020?(.*))?$/s.exec(line);
    const name = match?.[1] ?? "";
    const value = match?.[2] ?? "";
    if (name === "data") data.push(value);
    else if (name === "event" || (name === "id" && !value.includes("\0"))) fields.set(name, value);
    else if (name === "retry" && /^\d+$/.test(value)) fields.set(name, Number(value));
  }
  if (data.length > 0) return { ...Object.fromEntries(fields), data: data.join("\n") };
  return fields.size === 0 ? undefined : Object.fromEntries(fields);
}

async function* textsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) break;
      yield decoder.decode(next.value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    await reader.cancel();
  }
}
