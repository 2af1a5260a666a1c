import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Router } from "./router.js";

/** A listener of `node:http`, which Express and Connect take as middleware too. */
export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** Where a server listens. */
export interface ServeOptions {
  /** Bytes of the header of a request; one with more is answered 431. Default: 16 KiB, or what Node is told. */
  readonly maxHeaderSize?: number;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Default: `127.0.0.1`; `0.0.0.0` is every interface. */
  readonly hostname?: string;
}

/** A server that listens. */
export interface RunningServer {
  /** Without a slash at the end: `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly port: number;
  /** Takes no new requests and resolves when those under way have been answered. */
  close(): Promise<void>;
}

/** Serves a router with `node:http`. Rejects when the port cannot be had. */
export async function serve(
  router: Router,
  { port, hostname = "127.0.0.1", ...options }: ServeOptions,
): Promise<RunningServer> {
  const server = createServer(options, toNodeHandler(router));
  const hangUp = watchConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      resolve();
    });
  });
  // A server that listens on a port has an address with one.
  const address = server.address() as AddressInfo;
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        hangUp();
      }),
  };
}

// `closeIdleConnections` spares those that were opened in advance and have not asked yet, and `close` waits for those that are
// kept alive after their answer; both would hold a server open for seconds.
function watchConnections(server: Server): () => void {
  const resting = new Set<Socket>();
  let closing = false;
  server.on("connection", (socket) => {
    resting.add(socket);
    socket.once("close", () => resting.delete(socket));
  });
  server.on("request", ({ socket }, outgoing) => {
    resting.delete(socket);
    outgoing.once("close", () => {
      if (closing) socket.destroySoon();
      else if (!socket.destroyed) resting.add(socket);
    });
  });
  return () => {
    closing = true;
    for (const socket of resting) socket.destroySoon();
  };
}

/** Makes a `node:http` listener of a router. Bodies stream both ways; the request's signal aborts when the client goes away. */
export function toNodeHandler(router: Router): NodeHandler {
  return (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once("close", () => {
      if (!outgoing.writableFinished) gone.abort();
    });
    answer(router, incoming, outgoing, gone.signal).catch(() => outgoing.destroy());
  };
}

async function answer(
  router: Router,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  let finished = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    finished = resolve;
  });
  const request = requestOf(incoming, signal, answered);
  if (request === undefined) {
    // RFC 9110, §15.6.2: what the Fetch standard forbids, no router is asked about.
    outgoing.writeHead(unknownToFetch.has(incoming.method ?? "") ? 501 : 400).end();
    return;
  }
  const response = await router(request);
  // A body that is too long is not waited for: the connection ends with the answer (RFC 9110, §15.5.14).
  const cut = response.status === 413 && !incoming.complete;
  if (cut) outgoing.setHeader("Connection", "close");
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of response.headers) if (name !== "set-cookie") headers[name] = value;
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  outgoing.writeHead(response.status, headers);
  if (response.body === null) {
    outgoing.end();
  } else {
    // The stream of the DOM's types and that of Node's are one class at run time.
    await pipeline(Readable.fromWeb(response.body as NodeReadableStream<Uint8Array>), outgoing);
  }
  // What a handler did not read would block the next request of this connection.
  finished();
  // A client that is still sending reads the answer first, if it is given the time.
  if (cut) setTimeout(() => incoming.destroy(), 1000).unref();
}

const unknownToFetch: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);

// Not Readable.toWeb: to cancel its stream is to hang up, before anything is answered. Nothing is asked of a body that nobody reads.
function bodyOf(incoming: IncomingMessage, answered: Promise<void>): ReadableStream<Uint8Array> {
  let state: "untouched" | "open" | "done" = "untouched";
  const drop = (): void => {
    if (state === "open") incoming.resume();
    state = "done";
  };
  void answered.then(drop);
  const open = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const finish = (end: () => void) => (): void => {
      if (state === "open") end();
      state = "done";
    };
    const gone = finish(() => controller.error(new Error("The client has gone away.")));
    state = "open";
    if (incoming.destroyed) return gone();
    incoming.on("data", (chunk: Uint8Array) => {
      if (state !== "open") return;
      controller.enqueue(chunk);
      incoming.pause();
    });
    incoming
      .once(
        "end",
        finish(() => controller.close()),
      )
      .once("error", gone)
      .once("close", gone);
  };
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (state === "untouched") open(controller);
        incoming.resume();
      },
      cancel: drop,
    },
    { highWaterMark: 0 },
  );
}

/** The request by the Fetch standard; `undefined` for one that it does not know, such as TRACE or a malformed host. */
function requestOf(
  incoming: IncomingMessage,
  signal: AbortSignal,
  answered: Promise<void>,
): Request | undefined {
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] ?? "", incoming.rawHeaders[index + 1] ?? "");
  }
  const hasBody =
    incoming.headers["transfer-encoding"] !== undefined ||
    Number(incoming.headers["content-length"] ?? 0) > 0;
  const method = incoming.method ?? "GET";
  try {
    const target = incoming.url ?? "/";
    const url = target.startsWith("/") ? `http://${incoming.headers.host ?? "localhost"}${target}` : target;
    if (!hasBody || method === "GET" || method === "HEAD")
      return new Request(url, { method, headers, signal });
    const body = bodyOf(incoming, answered);
    // `duplex` is asked for by the Fetch standard and unknown to the types of the DOM.
    return new Request(url, { method, headers, signal, body, duplex: "half" } as RequestInit);
  } catch {
    return undefined;
  }
}
