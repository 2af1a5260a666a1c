import type { Codec, ContentDescriptor, JsonCodec, ParameterDescriptor } from "../operation.js";
import { describePlace, EncodeError, type Place, type WireProblem } from "../wire/errors.js";

/** Thrown by a codec for a value that has no other form: what it must be, and the JSON Pointer to it. */
export class FormatError extends Error {
  override readonly name: string = "FormatError";
  readonly pointer: string;

  constructor(message: string, pointer = "") {
    super(message);
    this.pointer = pointer;
  }
}

/** The wire form of a value. Throws an EncodeError with the place for a value that has none, such as an invalid Date. */
export function toWire(codec: Codec | undefined, value: unknown, place: Place): unknown {
  if (codec === undefined || value === undefined) return value;
  try {
    return codec.encode(value);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const text = `${describePlace(place)}${error.pointer === "" ? "" : ` at ${error.pointer}`}`;
    throw new EncodeError(`${text.charAt(0).toUpperCase()}${text.slice(1)} ${error.message}.`, place);
  }
}

type Values = { readonly [name: string]: unknown };

/** The wire forms of the values of a location, names of headers in any case. Throws an EncodeError. */
export function valuesToWire(
  parameters: readonly ParameterDescriptor[],
  location: "path" | "query" | "header" | "cookie",
  values: Values = {},
): Values {
  const coded = parameters.filter(
    (one) =>
      one.codec !== undefined && (one.in === location || (one.in === "querystring" && location === "query")),
  );
  if (coded.length === 0) return values;
  const same = (name: string, other: string): boolean =>
    name === other || (location === "header" && name.toLowerCase() === other.toLowerCase());
  const written: [name: string, value: unknown][] = [];
  for (const [name, value] of Object.entries(values)) {
    const parameter = coded.find((one) => same(one.name, name));
    written.push([name, toWire(parameter?.codec, value, { in: parameter?.in ?? location, name })]);
  }
  return Object.fromEntries(written);
}

/** The wire form of a body; of a sequence, that of each item. Throws an EncodeError. */
export function bodyToWire(content: ContentDescriptor, body: unknown): unknown {
  const { codec } = content;
  if (codec === undefined || !isSequence(content)) return toWire(codec, body, { in: "body" });
  const each = (item: unknown): unknown => toWire(codec, item, { in: "body" });
  if (Array.isArray(body)) return body.map(each);
  if (typeof body !== "object" || body === null || body instanceof ReadableStream) return body;
  if (Symbol.asyncIterator in body || Symbol.iterator in body)
    // The check above is all that an iterable shows of itself.
    return mapped(body as AsyncIterable<unknown> | Iterable<unknown>, each);
  return body;
}

/** The value of a body, or `undefined` after noting what is wrong with it. */
export function bodyFromWire(content: ContentDescriptor, wire: unknown, problems: WireProblem[]): unknown {
  const { codec, json } = content;
  if (codec === undefined) return wire;
  if (isSequence(content) && Array.isArray(wire))
    return wire.map((item: unknown) => fromWire(codec, item, { in: "body" }, problems));
  const value = fromWire(codec, wire, { in: "body" }, problems);
  return json === undefined ? value : json.settled(value);
}

function isSequence({ kind }: ContentDescriptor): boolean {
  return kind === "json-lines" || kind === "event-stream";
}

async function* mapped(
  items: AsyncIterable<unknown> | Iterable<unknown>,
  each: (item: unknown) => unknown,
): AsyncGenerator<unknown> {
  for await (const item of items) yield each(item);
}

/** The value of a wire form, or `undefined` after noting what is wrong with it. */
export function fromWire(
  codec: Codec | undefined,
  wire: unknown,
  place: Place,
  problems: WireProblem[],
): unknown {
  if (codec === undefined || wire === undefined) return wire;
  try {
    return codec.decode(wire);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { pointer, message } = error;
    problems.push({ ...place, pointer, keyword: "format", message });
    return undefined;
  }
}

/** The wire form of a value as validators judge it, who know no bigint: with the nearest numbers. */
export function judged(codec: Codec | undefined, wire: unknown, json?: JsonCodec): unknown {
  if (json !== undefined) return json.rounded(wire);
  return codec === undefined ? wire : rounded(wire);
}

function rounded(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (
    typeof value !== "object" ||
    value === null ||
    value instanceof Blob ||
    value instanceof Date ||
    Symbol.iterator in value
  )
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, rounded(member)]));
}
