import type { ContentDescriptor, Shape } from "../operation.js";
import { alternativesOf, itemShape, propertyShape } from "./alternatives.js";
import { createEventParser, type ServerSentEvent, type StreamState } from "./event-parser.js";
import { inside, readJson, type Reading, readText } from "./reading.js";

/** An item as it came: a JSON document, or an event with the text of its data. */
export type RawItem = string | ServerSentEvent;

/** What stands after the last item of many a stream of events, and is none. */
export const endOfItems: unique symbol = Symbol("endOfItems");

/** The items of a body of `json-lines` or `event-stream` that is there as a whole. */
export function decodeSequence(
  content: ContentDescriptor,
  text: string,
  shape: Shape,
  reading: Reading,
): unknown[] {
  const raws = content.kind === "event-stream" ? createEventParser().push(text) : wholeDocuments(text);
  const items: unknown[] = [];
  for (const raw of raws) {
    const item = readItem(content, raw, shape, items.length, reading);
    if (item === endOfItems) break;
    items.push(item);
  }
  return items;
}

/**
 * The items of a stream as they arrive. `state` is told what a stream of events says of itself. What stands at the end without the
 * empty line that ends an event is dropped; the last document needs no line break.
 */
export async function* rawItems(
  { kind }: ContentDescriptor,
  chunks: AsyncIterable<Uint8Array>,
  state: StreamState = {},
): AsyncGenerator<RawItem, void, undefined> {
  const decoder = new TextDecoder();
  const events = kind === "event-stream" ? createEventParser(state) : undefined;
  const documents = createDocumentParser();
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    yield* events?.push(text) ?? documents.push(text);
  }
  if (events === undefined) yield* documents.end(decoder.decode());
}

/** Reads an item by the shape of the list that it is in. */
export function readItem(
  content: ContentDescriptor,
  raw: RawItem,
  shape: Shape,
  index: number,
  reading: Reading,
): unknown {
  const here = inside(reading, index);
  if (typeof raw === "string") return readJson(raw, here);
  const { array } = alternativesOf(shape);
  const own = array === undefined ? "any" : itemShape(array, index);
  const text = typeof raw.data === "string" ? raw.data : "";
  const { scalars, object } = alternativesOf(own);
  if (content.items !== "data") {
    const data = object && propertyShape(object, "data");
    return data === undefined ? raw : { ...raw, data: readData(text, data, inside(here, "data")) };
  }
  if (text === "[DONE]" && !scalars.includes("string")) return endOfItems;
  return readData(text, own, here);
}

// Text that is an object or a list is one, where the shape has such; where it says nothing, the data is text.
function readData(text: string, shape: Shape, reading: Reading): unknown {
  const { array, object } = alternativesOf(shape);
  if ((array !== undefined && text.startsWith("[")) || (object !== undefined && text.startsWith("{"))) {
    const trial: Reading = { ...reading, problems: [] };
    const value = readJson(text, trial);
    if (trial.problems.length === 0) return value;
  }
  return readText(text, shape, reading);
}

function wholeDocuments(text: string): string[] {
  const parser = createDocumentParser();
  return [...parser.push(text), ...parser.end("")];
}

interface DocumentParser {
  push(text: string): string[];
  end(text: string): string[];
}

/** Documents, each on a line (https://jsonlines.org), or each after a record separator (RFC 7464), over however many lines. */
function createDocumentParser(): DocumentParser {
  let pending: string[] = [];
  let separated: boolean | undefined;
  const takeAll = (): string => {
    const text = pending.join("");
    pending = [];
    return text;
  };
  const push = (text: string): string[] => {
    if (text === "") return [];
    pending.push(text);
    separated ??= text.startsWith("\u001E");
    if (!text.includes("\n") && !(separated && text.includes("\u001E"))) return [];
    const parts = takeAll().split(separated ? "\u001E" : "\n");
    const last = parts.pop() ?? "";
    // A record that has ended is not kept waiting for the next.
    if (separated && last.endsWith("\n") && isJson(last)) parts.push(last);
    else if (last !== "") pending.push(separated ? `\u001E${last}` : last);
    return parts.filter(isText);
  };
  return {
    push,
    end(text) {
      const before = push(text);
      const rest = takeAll();
      return [...before, ...(separated === true ? rest.split("\u001E") : [rest]).filter(isText)];
    },
  };
}

function isText(text: string): boolean {
  return text.trim() !== "";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
