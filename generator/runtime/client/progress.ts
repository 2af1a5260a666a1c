/** How far a body is. */
export interface Progress {
  /** Bytes that have passed. */
  readonly loaded: number;
  /** Bytes in all; absent when nobody knows. */
  readonly total?: number;
}

/**
 * The bytes of a download or an upload as a stream that tells how far it is, after each chunk and once at the end. Nothing is read
 * before it is asked for, and nothing is kept. To be given as the body of a request, or read from `await call.asResponse()`.
 */
export function withProgress(
  source: Response | Blob | ReadableStream<Uint8Array>,
  onProgress: (progress: Progress) => void,
): ReadableStream<Uint8Array> {
  const total = totalOf(source);
  let loaded = 0;
  const tell = (): void => onProgress({ loaded, ...(total === undefined ? {} : { total }) });
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      controller.enqueue(chunk);
      tell();
    },
    flush: tell,
  });
  return streamOf(source).pipeThrough(counting);
}

function streamOf(source: Response | Blob | ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  if (source instanceof Blob) return source.stream();
  if (source instanceof Response) return source.body ?? new Blob().stream();
  return source;
}

// The length of what travels compressed is not that of what is read.
function totalOf(source: Response | Blob | ReadableStream<Uint8Array>): number | undefined {
  if (source instanceof Blob) return source.size;
  if (!(source instanceof Response) || source.headers.has("Content-Encoding")) return undefined;
  const length = source.headers.get("Content-Length");
  return length === null ? undefined : Number(length);
}
