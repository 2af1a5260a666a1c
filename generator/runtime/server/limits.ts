import type { BodyKind } from "../operation.js";
import type { BodyBearer } from "../wire/decode-body.js";
import { type FormLimits, LimitError } from "../wire/errors.js";

/** How much a request may hold. More is answered 413, and 431 for its header. */
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
export function isHeaderTooLarge(headers: Headers, { headerSize }: Limits): boolean {
  if (headerSize === undefined) return false;
  let size = 0;
  // Each field has a colon, a space and a line break.
  headers.forEach((value, name) => {
    size += name.length + value.length + 4;
  });
  return size > headerSize;
}

/** A body that throws a LimitError when it is longer than it may be: at once where its `Content-Length` says so, else when it is. */
export function boundedBody(request: Request, limit: number): BodyBearer {
  const { headers } = request;
  return {
    headers,
    arrayBuffer: async () => (await readBounded(request, limit)).buffer,
    blob: async () =>
      new Blob([await readBounded(request, limit)], { type: headers.get("content-type") ?? "" }),
  };
}

/** The same as a stream, which errors where the body goes on for too long. */
export function boundedStream(request: Request, limit: number): ReadableStream<Uint8Array> {
  checkLength(request, limit);
  let size = 0;
  return (request.body ?? new Blob([]).stream()).pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > limit) throw tooLong(limit);
        controller.enqueue(chunk);
      },
    }),
  );
}

async function readBounded(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  checkLength(request, limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    chunks.push(next.value);
    size += next.value.byteLength;
    if (size <= limit) continue;
    // What is still under way is nobody's business any more; not even whether it can be stopped.
    reader?.cancel().catch(() => undefined);
    throw tooLong(limit);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

// What is said is looked at first, and what is sent is counted all the same.
function checkLength({ headers }: Request, limit: number): void {
  if (Number(headers.get("content-length") ?? 0) > limit) throw tooLong(limit);
}

function tooLong(limit: number): LimitError {
  return new LimitError(`The body has more than ${limit} bytes.`);
}
