import { DecodeError, LimitError } from "./errors.js";
import { headText, parseHead, type RawPart } from "./parse-multipart.js";

/** A part of a multipart document as it arrives. */
export interface ArrivingPart {
  readonly head: Omit<RawPart, "bytes">;
  /** Good until the next part is asked for; what is left of it then is passed over. */
  readonly body: ReadableStream<Uint8Array>;
}

// A head is a few lines; whoever sends more sends no form.
const longestHead = 16_384;

/**
 * The parts of a multipart document (RFC 2046, §5.1), one after the other, while it arrives. No more of it is held than what has come
 * with one piece. Throws a DecodeError when it is none, or breaks off.
 */
export async function* arrivingParts(
  stream: ReadableStream<Uint8Array>,
  boundary: string,
): AsyncGenerator<ArrivingPart, void, undefined> {
  const source = openSource(stream);
  const delimiter = encoder.encode(`\r\n--${boundary}`);
  try {
    if (boundary === "") throw broken();
    // What stands before the first boundary is no part.
    await skipTo(source, delimiter);
    for (;;) {
      source.take(delimiter.length);
      await source.atLeast(2);
      if (startsWith(source.rest(), dashes)) return;
      source.take(await source.find(lineBreak, longestHead));
      const headless = (await source.atLeast(4), startsWith(source.rest(), emptyLine));
      const blank = headless ? 0 : await source.find(emptyLine, longestHead);
      const head = headText(source.take(blank))?.replace(/^\r\n/, "");
      if (head === undefined) throw broken();
      source.take(emptyLine.length);
      const body = partBody(source, delimiter);
      yield { head: parseHead(head), body: body.stream };
      await body.finish();
    }
  } finally {
    await source.close();
  }
}

interface Source {
  rest(): Uint8Array;
  /** Takes so many bytes off the front. */
  take(count: number): Uint8Array;
  /** Reads on; throws a DecodeError at the end. */
  more(): Promise<void>;
  atLeast(count: number): Promise<void>;
  /** Where the bytes stand first, as far as they are read for it. */
  find(wanted: Uint8Array, within: number): Promise<number>;
  close(): Promise<void>;
}

function openSource(stream: ReadableStream<Uint8Array>): Source {
  const reader = stream.getReader();
  // The first boundary needs no line break before it.
  let bytes: Uint8Array = lineBreak;
  const source: Source = {
    rest: () => bytes,
    take(count) {
      const taken = bytes.subarray(0, count);
      bytes = bytes.subarray(count);
      return taken;
    },
    async more() {
      const { done, value } = await reader.read();
      if (done) throw broken();
      const joined = new Uint8Array(bytes.length + value.length);
      joined.set(bytes);
      joined.set(value, bytes.length);
      bytes = joined;
    },
    async atLeast(count) {
      while (bytes.length < count) await source.more();
    },
    async find(wanted, within) {
      for (;;) {
        const at = indexOf(bytes, wanted);
        if (at !== -1) return at;
        if (bytes.length > within) throw new LimitError(`The head of a part has more than ${within} bytes.`);
        await source.more();
      }
    },
    close: () => reader.cancel().catch(() => undefined),
  };
  return source;
}

async function skipTo(source: Source, delimiter: Uint8Array): Promise<void> {
  for (;;) {
    const at = indexOf(source.rest(), delimiter);
    if (at !== -1) return void source.take(at);
    source.take(Math.max(0, source.rest().length - delimiter.length + 1));
    await source.more();
  }
}

function partBody(
  source: Source,
  delimiter: Uint8Array,
): { readonly stream: ReadableStream<Uint8Array>; finish(): Promise<void> } {
  let done = false;
  // The next piece of the part: as far as it cannot be the beginning of the delimiter.
  const next = async (): Promise<Uint8Array | undefined> => {
    while (!done) {
      const at = indexOf(source.rest(), delimiter);
      done = at !== -1;
      const sure = done ? at : Math.max(0, source.rest().length - delimiter.length + 1);
      if (sure > 0) return source.take(sure).slice();
      if (!done) await source.more();
    }
    return undefined;
  };
  // One at a time: what is passed over follows what is still being read.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (): Promise<Uint8Array | undefined> => {
    const result = turn.then(next);
    turn = result.catch(() => undefined);
    return result;
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await inTurn();
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  return {
    stream,
    async finish() {
      while ((await inTurn()) !== undefined);
    },
  };
}

const encoder = new TextEncoder();
const lineBreak = encoder.encode("\r\n");
const emptyLine = encoder.encode("\r\n\r\n");
const dashes = encoder.encode("--");

function broken(): DecodeError {
  const message = "must be a multipart document with its boundary";
  return new DecodeError([{ in: "body", pointer: "", keyword: "contentMediaType", message }]);
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1))
    if (startsWith(bytes.subarray(at), wanted)) return at;
  return -1;
}

function startsWith(bytes: Uint8Array, wanted: Uint8Array): boolean {
  return wanted.every((byte, index) => bytes[index] === byte);
}
