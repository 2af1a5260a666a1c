import type { BodyKind } from "../operation.js";
import { type FormLimits, LimitError } from "../wire/errors.js";
import type { Incoming } from "./incoming.js";

/** How much a request may hold, and how long its handler may take. More is answered 413, 431 for its header, and 503. */
export interface Limits {
  /**
   * Bytes of a body. Default: 1 MiB, 1,048,576; of multipart and binary bodies, which carry files, 16 MiB. A `Content-Length` that says
   * more is refused before anything is read.
   */
  readonly bodySize?: number;
  /** Fields of a form, urlencoded or multipart. Default: 1,000. */
  readonly fields?: number;
  /** Files of a multipart form. Default: 100. */
  readonly files?: number;
  /** Bytes of one field of a multipart form. Default: 1 MiB. */
  readonly fieldSize?: number;
  /** Bytes of one file of a multipart form. Default: as many as the body may have. */
  readonly fileSize?: number;
  /** Bytes of the names and values of the header. Default: what the platform allows; Node refuses more than 16 KiB with 431 itself. */
  readonly headerSize?: number;
  /**
   * Milliseconds in which a handler has to answer; a stream only has to begin. After it the `signal` of the handler aborts, `onError` is
   * told a HandlerTimeout, and the caller 503, or 504 where the operation declares that alone. Default: as long as it likes.
   */
  readonly handlerTime?: number;
}

/** The limits of every operation, and those of some. */
export interface LimitOptions<Name extends string = string> extends Limits {
  /** By the names of the handlers; each takes the place of the limit above. */
  readonly operations?: { readonly [N in Name]?: Limits };
}

/** The limits of one operation. */
export function limitsOf(options: LimitOptions | undefined, name: string): Limits {
  const { operations = {}, ...common } = options ?? {};
  return { ...common, ...(Object.hasOwn(operations, name) ? operations[name] : {}) };
}

const mebibyte = 1_048_576;

/** How many bytes a body of a kind may have. */
export function bodyLimit({ bodySize }: Limits, kind: BodyKind): number {
  return bodySize ?? (kind === "multipart" || kind === "binary" ? 16 * mebibyte : mebibyte);
}

/** Every limit of a form. */
export function formLimits(limits: Limits): FormLimits {
  const { fields = 1000, files = 100, fieldSize = mebibyte, fileSize = Infinity } = limits;
  return { fields, files, fieldSize, fileSize };
}

/** Whether the header is larger than it may be. */
export function isHeaderTooLarge(incoming: Incoming, { headerSize }: Limits): boolean {
  return headerSize !== undefined && incoming.headerSize() > headerSize;
}

/** A whole body. Throws a LimitError at once where its `Content-Length` is more than it may have, and rejects with one when it is longer. */
export function boundedBytes(incoming: Incoming, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  checkLength(incoming, limit);
  return incoming.bytes(limit, () => tooLong(limit));
}

/** The same as a stream, which errors where the body goes on for too long. */
export function boundedStream(incoming: Incoming, limit: number): ReadableStream<Uint8Array> {
  checkLength(incoming, limit);
  let size = 0;
  return incoming.stream().pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > limit) throw tooLong(limit);
        controller.enqueue(chunk);
      },
    }),
  );
}

// What is said is looked at first, and what is sent is counted all the same.
function checkLength(incoming: Incoming, limit: number): void {
  if (Number(incoming.header("content-length") ?? 0) > limit) throw tooLong(limit);
}

function tooLong(limit: number): LimitError {
  return new LimitError(`The body has more than ${limit} bytes.`);
}
