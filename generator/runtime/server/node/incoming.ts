import type { IncomingMessage, ServerResponse } from "node:http";
import { type Incoming, incomingOf, pathAfter } from "../incoming.js";
import { type ParsedBody, readBytes, streamOf } from "./body.js";

/** A request of `node:http`, as it comes, and what a framework may have put on it. */
export type NodeRequest = IncomingMessage & ParsedBody & { readonly originalUrl?: string };

/** The path and query of a request target, or the status that a request without any is answered. */
type Target = { readonly pathname: string; readonly search: string } | { readonly refused: 400 | 501 };

/** What the router sees of a request of `node:http`, without some segments of its path; or the status of one that no router is asked about. */
export function nodeIncoming(
  request: NodeRequest,
  outgoing: ServerResponse,
  skipped: number = 0,
): NodeIncoming | { readonly refused: 400 | 501 } {
  const target = targetOf(request, skipped);
  return "refused" in target ? target : new NodeIncoming(request, outgoing, target.pathname, target.search);
}

export class NodeIncoming implements Incoming {
  readonly method: string;
  readonly pathname: string;
  readonly search: string;
  private readonly message: NodeRequest;
  private readonly outgoing: ServerResponse;
  private abort: AbortController | undefined;
  private made: Request | undefined;
  private wasRead = false;
  private whenAnswered: (() => void) | undefined;

  constructor(message: NodeRequest, outgoing: ServerResponse, pathname: string, search: string) {
    this.method = message.method ?? "GET";
    this.pathname = pathname;
    this.search = search;
    this.message = message;
    this.outgoing = outgoing;
  }

  // Not `headers`, which has the first of several, and no names of its own: `constructor` would be found there.
  header(name: string): string | null {
    const { rawHeaders } = this.message;
    const wanted = name.toLowerCase();
    let found: string | null = null;
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      const raw = rawHeaders[index] ?? "";
      if (raw.length !== wanted.length || raw.toLowerCase() !== wanted) continue;
      const value = rawHeaders[index + 1] ?? "";
      found = found === null ? value : `${found}${wanted === "cookie" ? "; " : ", "}${value}`;
    }
    return found;
  }

  headerSize(): number {
    const { rawHeaders } = this.message;
    return rawHeaders.reduce((size, each) => size + each.length, 2 * rawHeaders.length);
  }

  get hasBody(): boolean {
    if (this.method === "GET" || this.method === "HEAD") return false;
    const { headers } = this.message;
    return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  }

  get isReread(): boolean {
    return this.made === undefined && !this.wasRead && this.message.readableDidRead;
  }

  bytes(limit: number, tooLong: () => Error): Promise<Uint8Array<ArrayBuffer>> {
    if (this.made !== undefined) return incomingOf(this.made).bytes(limit, tooLong);
    this.wasRead = true;
    return readBytes(this.message, limit, tooLong);
  }

  stream(): ReadableStream<Uint8Array> {
    if (this.made !== undefined) return this.made.body ?? new Blob([]).stream();
    this.wasRead = true;
    return this.open();
  }

  get signal(): AbortSignal {
    if (this.abort === undefined) {
      const abort = new AbortController();
      const look = (): void => {
        if (!this.outgoing.writableFinished) abort.abort();
      };
      if (this.outgoing.closed) look();
      else this.outgoing.once("close", look);
      this.abort = abort;
    }
    return this.abort.signal;
  }

  get request(): Request {
    return (this.made ??= this.make());
  }

  /** Lets go of what is left of the body, which would block the next request of the connection. */
  answered(): void {
    this.whenAnswered?.();
  }

  private open(): ReadableStream<Uint8Array> {
    return streamOf(this.message, (then) => {
      this.whenAnswered = then;
    });
  }

  private make(): Request {
    const { method, message, signal } = this;
    const headers = new Headers();
    for (let index = 0; index + 1 < message.rawHeaders.length; index += 2)
      headers.append(message.rawHeaders[index] ?? "", message.rawHeaders[index + 1] ?? "");
    const target = message.originalUrl ?? message.url ?? "/";
    const url = absolute(message, message.headers.host ?? "localhost", target);
    if (!this.hasBody) return new Request(url, { method, headers, signal });
    const body = this.wasRead || message.readableDidRead ? "" : this.open();
    // `duplex` is asked for by the Fetch standard and unknown to the types of the DOM.
    const request = new Request(url, { method, headers, signal, body, duplex: "half" } as RequestInit);
    // What has been read cannot be read again.
    if (body === "") void request.body?.cancel();
    return request;
  }
}

const unknownToFetch: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);

// What the URL standard would change, or read as something else: dot segments, backslashes, fragments, and what it encodes.
const changed = /[^\x21-\x7E]|["#'<>\\^`{|}]|\/\.|%2e/i;

// What most targets are made of, which is told faster.
const plain = /^[\w/?&=,:;~!$()*+@-]*$/;

function targetOf(request: NodeRequest, skipped: number): Target {
  const { method = "GET", url = "/" } = request;
  // RFC 9110, §15.6.2: what the Fetch standard forbids, no router is asked about.
  if (unknownToFetch.has(method)) return { refused: 501 };
  const host = hostOf(request);
  if (host === undefined) return { refused: 400 };
  let pathname = url;
  let search = "";
  if (url.startsWith("/") && (plain.test(url) || !changed.test(url))) {
    const question = url.indexOf("?");
    if (question !== -1) {
      pathname = url.slice(0, question);
      if (question + 1 < url.length) search = url.slice(question);
    }
  } else {
    try {
      ({ pathname, search } = new URL(absolute(request, host, url)));
    } catch {
      return { refused: 400 };
    }
  }
  return { pathname: skipped === 0 ? pathname : pathAfter(pathname, skipped), search };
}

let known = "localhost";

// RFC 9112, §3.2: a host that is none is 400, and so are two. Most requests have that of the one before.
function hostOf({ headers: { host = "localhost" }, rawHeaders }: IncomingMessage): string | undefined {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === "host") hosts += 1;
  if (hosts > 1) return undefined;
  if (host === known) return host;
  try {
    if (host === "" || /[\s/?#@\\]/.test(host) || new URL(`http://${host}/`).host === "") return undefined;
  } catch {
    return undefined;
  }
  known = host;
  return host;
}

function absolute({ socket }: IncomingMessage, host: string, target: string): string {
  return target.startsWith("/") ? `${"encrypted" in socket ? "https" : "http"}://${host}${target}` : target;
}
