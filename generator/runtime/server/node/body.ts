import type { IncomingMessage } from "node:http";
import { GoneAway } from "../gone.js";
import { joined } from "../incoming.js";
import { proceed } from "./continue.js";

/** A body as somebody before us has left it: a framework's parser may have read it already. */
export type ParsedBody = { readonly body?: unknown };

/** Reads a whole body. Rejects with what `tooLong` makes as soon as there is too much, and when the client goes away. */
export function readBytes(
  incoming: IncomingMessage & ParsedBody,
  limit: number,
  tooLong: () => Error,
): Promise<Uint8Array<ArrayBuffer>> {
  if (incoming.readableDidRead) return Promise.resolve().then(() => bytesOf(incoming, limit, tooLong));
  return new Promise((resolve, reject) => {
    // Nobody stops listening, which costs more than to hear what does not matter any more.
    let chunks: Uint8Array[] | undefined = [];
    let size = 0;
    const take = (chunk: Uint8Array): void => {
      if (chunks === undefined) return;
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size <= limit) return;
      chunks = undefined;
      incoming.pause();
      reject(tooLong());
    };
    const whole = (): void => {
      if (chunks !== undefined) resolve(oneOf(chunks, size));
      chunks = undefined;
    };
    const gone = (): void => {
      if (chunks !== undefined) reject(new GoneAway());
      chunks = undefined;
    };
    if (incoming.destroyed) return gone();
    proceed(incoming);
    incoming.on("data", take).on("end", whole).on("error", gone).on("close", gone);
  });
}

// Most bodies arrive in one piece, which nobody else holds.
function oneOf(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined && only.buffer instanceof ArrayBuffer
    ? new Uint8Array(only.buffer, only.byteOffset, only.byteLength)
    : joined(chunks, size);
}

/** What a parser before us has made of a body, written again. Throws an Error where nobody can tell what was sent. */
function bytesOf(
  { body, headers }: IncomingMessage & ParsedBody,
  limit: number,
  tooLong: () => Error,
): Uint8Array<ArrayBuffer> {
  const isJson = /^application\/(?:[^;]*\+)?json\b/i.test(headers["content-type"] ?? "");
  const bytes =
    body instanceof Uint8Array
      ? new Uint8Array(body)
      : typeof body === "string" && !isJson
        ? new TextEncoder().encode(body)
        : isJson && body !== undefined
          ? new TextEncoder().encode(JSON.stringify(body))
          : undefined;
  if (bytes === undefined)
    throw new Error(
      "The body has been read before the router got it: mount the router before the parser of bodies.",
    );
  if (bytes.byteLength > limit) throw tooLong();
  return bytes;
}

/** A body as it arrives, at the pace of its reader. What is left of it when the answer has gone is passed over. */
export function streamOf(
  incoming: IncomingMessage,
  answered: (then: () => void) => void,
): ReadableStream<Uint8Array> {
  // Not Readable.toWeb: to cancel its stream is to hang up, before anything is answered. Nothing is asked of a body that nobody reads.
  let state: "untouched" | "open" | "done" = "untouched";
  const drop = (): void => {
    if (state === "open") incoming.resume();
    state = "done";
  };
  answered(drop);
  const open = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const finish = (end: () => void) => (): void => {
      if (state === "open") end();
      state = "done";
    };
    const gone = finish(() => controller.error(new GoneAway()));
    state = "open";
    if (incoming.destroyed) return gone();
    incoming.on("data", (chunk: Uint8Array) => {
      if (state !== "open") return;
      controller.enqueue(chunk);
      incoming.pause();
    });
    const end = finish(() => controller.close());
    incoming.once("end", end).once("error", gone).once("close", gone);
  };
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (state === "untouched") {
          proceed(incoming);
          open(controller);
        }
        incoming.resume();
      },
      cancel: drop,
    },
    { highWaterMark: 0 },
  );
}
