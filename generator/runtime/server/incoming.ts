/**
 * A request as the router sees it, whoever carries it. What few requests need is made when it is asked for: with `node:http` neither a
 * Request nor its Headers and signal are made for a request whose handler does not look at them.
 */
export interface Incoming {
  readonly method: string;
  /** The path of the URL, still percent-encoded, without dot segments: `/pets/7`. */
  readonly pathname: string;
  /** The query of the URL with its `?`; an empty text without one. */
  readonly search: string;
  /** A field value by its name in any case; several are joined as the Fetch standard does it. */
  header(name: string): string | null;
  /** Bytes of the names and values of the header, with their colons, spaces and line breaks. */
  headerSize(): number;
  /** Whether a body follows, be it of no bytes. */
  readonly hasBody: boolean;
  /** Whether somebody has read the body before, and undone its codings. */
  readonly isReread: boolean;
  /** The whole body, once. Stops at the first byte above the limit and throws what `tooLong` makes. */
  bytes(limit: number, tooLong: () => Error): Promise<Uint8Array<ArrayBuffer>>;
  /** The body as it arrives, once. */
  stream(): ReadableStream<Uint8Array>;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  /** The same by the Fetch standard. */
  readonly request: Request;
}

/** What a framework, or whoever had a request before, has done with it. */
export interface Handled {
  /** A path that is not that of the URL, where the request was found below something. */
  readonly pathname?: string | undefined;
  /** How many segments of the path stand before those of the router. Default: none. */
  readonly skipped?: number;
  /** Gives a body that has been read already. Default: nobody can. */
  readonly reread?: () => Promise<ArrayBuffer>;
}

/** A request of the Fetch standard. */
export function incomingOf(request: Request, handled: Handled = {}): Incoming {
  return new FetchIncoming(request, handled);
}

class FetchIncoming implements Incoming {
  readonly request: Request;
  readonly method: string;
  readonly pathname: string;
  readonly search: string;

  private readonly reread: Handled["reread"];

  constructor(request: Request, { pathname: path, skipped = 0, reread }: Handled) {
    this.request = request;
    this.reread = reread;
    this.method = request.method;
    const { pathname, search } = partsOf(request.url);
    this.pathname = path ?? (skipped === 0 ? pathname : pathAfter(pathname, skipped));
    this.search = search;
  }

  header(name: string): string | null {
    return this.request.headers.get(name);
  }

  headerSize(): number {
    let size = 0;
    this.request.headers.forEach((value, name) => {
      size += name.length + value.length + 4;
    });
    return size;
  }

  get hasBody(): boolean {
    return this.request.body !== null;
  }

  get isReread(): boolean {
    return this.request.bodyUsed && this.reread !== undefined;
  }

  async bytes(limit: number, tooLong: () => Error): Promise<Uint8Array<ArrayBuffer>> {
    if (this.isReread && this.reread !== undefined) {
      const bytes = new Uint8Array(await this.reread());
      if (bytes.byteLength > limit) throw tooLong();
      return bytes;
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    const reader = this.request.body?.getReader();
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      chunks.push(next.value);
      size += next.value.byteLength;
      if (size <= limit) continue;
      // What is still under way is nobody's business any more; not even whether it can be stopped.
      reader?.cancel().catch(() => undefined);
      throw tooLong();
    }
    return joined(chunks, size);
  }

  stream(): ReadableStream<Uint8Array> {
    return this.request.body ?? new Blob([]).stream();
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }
}

/** Pieces as one. */
export function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** A path without its first segments. */
export function pathAfter(pathname: string, segments: number): string {
  let start = 0;
  for (let index = 0; index < segments && start !== -1; index++) start = pathname.indexOf("/", start + 1);
  return start === -1 ? "/" : pathname.slice(start);
}

/** What a router looks at of an absolute URL as the standard writes one: a URL need not be made of it. */
function partsOf(url: string): { readonly pathname: string; readonly search: string } {
  const authority = url.indexOf("://");
  const start = authority === -1 ? -1 : url.indexOf("/", authority + 3);
  if (start === -1) return new URL(url);
  const hash = url.indexOf("#", start);
  const end = hash === -1 ? url.length : hash;
  const question = url.indexOf("?", start);
  if (question === -1 || question > end) return { pathname: url.slice(start, end), search: "" };
  const search = url.slice(question, end);
  // As URL.search has it: a query without anything in it is none.
  return { pathname: url.slice(start, question), search: search === "?" ? "" : search };
}
