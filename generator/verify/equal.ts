/** Where two values differ first, and what stands there, as JSON that is cut where it is long. */
export interface Difference {
  /** JSON Pointer into the value. */
  readonly pointer: string;
  readonly sent: string;
  readonly arrived: string;
}

/** Where two values differ first, or undefined when they are equal. Blobs are equal when their bytes are, Dates when their times are. */
export async function difference(sent: unknown, arrived: unknown, pointer = ""): Promise<Difference | undefined> {
  if (Object.is(sent, arrived) || (sent === 0 && arrived === 0)) return undefined;
  if (sent instanceof Date && arrived instanceof Date && sent.getTime() === arrived.getTime()) return undefined;
  if (sent instanceof Uint8Array && arrived instanceof Uint8Array && Buffer.from(sent).equals(Buffer.from(arrived)))
    return undefined;
  if (sent instanceof Blob && arrived instanceof Blob) return blobDifference(sent, arrived, pointer);
  if (Array.isArray(sent) && isStream(arrived)) return difference(sent, await itemsOf(arrived), pointer);
  if (Array.isArray(sent) && Array.isArray(arrived)) {
    if (sent.length !== arrived.length) return { pointer, sent: `${sent.length} items`, arrived: `${arrived.length} items` };
    for (const [index, item] of sent.entries()) {
      const found = await difference(item, arrived[index], `${pointer}/${index}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isPlain(sent) && isPlain(arrived)) {
    for (const key of new Set([...Object.keys(sent), ...Object.keys(arrived)])) {
      const found = await difference(own(sent, key), own(arrived, key), `${pointer}/${escaped(key)}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return { pointer, sent: show(sent), arrived: show(arrived) };
}

/** A key as a token of a JSON Pointer (RFC 6901, §3). */
function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

async function itemsOf(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

async function blobDifference(sent: Blob, arrived: Blob, pointer: string): Promise<Difference | undefined> {
  const [before, after] = await Promise.all([sent.arrayBuffer(), arrived.arrayBuffer()]);
  const same = before.byteLength === after.byteLength && Buffer.from(before).equals(Buffer.from(after));
  return same ? undefined : { pointer, sent: `${before.byteLength} bytes`, arrived: `${after.byteLength} bytes that differ` };
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(value instanceof Blob || value instanceof Date || value instanceof Uint8Array);
}

// A property called `constructor` or `__proto__` is data like any other; one that is inherited is not.
function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A value for people: JSON, cut where it is long. */
export function show(value: unknown): string {
  const text = value === undefined ? "nothing" : jsonOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A value as JSON, for people: a bigint is no reason to fail. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (typeof member === "bigint" ? `${member}n` : member)) ?? String(value);
}
