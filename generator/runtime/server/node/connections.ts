import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** How long a server bears with a caller that is slow on purpose. 0 is for ever. */
export interface Patience {
  /** Milliseconds that a header may take, from the connection or the first byte after an answer; then 408. Default: 15,000. */
  readonly headersTimeout?: number;
  /**
   * Milliseconds that a body may keep the server waiting, and a second more for each 1,000 bytes that have come; then 408. Time in which
   * the server does not read counts for nothing. What is left of a body after its answer has these milliseconds alone. Default: 20,000.
   */
  readonly bodyTimeout?: number;
  /** Milliseconds in which a caller may take nothing of an answer that is ready; then the connection ends. Default: 30,000. */
  readonly sendTimeout?: number;
}

/** What Node is told when the server is made. */
export function timeoutsOf({ headersTimeout = 15_000 }: Patience): {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly connectionsCheckingInterval: number;
} {
  // The time of a whole request would end honest uploads too; bodies are watched below.
  const connectionsCheckingInterval = Math.min(Math.max(headersTimeout / 4, 50), 5000);
  return { headersTimeout, requestTimeout: 0, connectionsCheckingInterval };
}

/** Watches the connections of a server; what it gives hangs up on those that rest, and on the others after their answer. */
export function watchConnections(server: Server, patience: Patience): () => void {
  // `closeIdleConnections` spares those that were opened in advance and have not asked yet, and `close` waits for those that are
  // kept alive after their answer; both would hold a server open for seconds.
  // So each connection has the answer that it is waiting for, or had last.
  const answers = new Map<Socket, ServerResponse | undefined>();
  const isResting = (socket: Socket): boolean => answers.get(socket)?.closed ?? true;
  const sending = watchBodies(server, patience);
  let closing = false;
  server.on("connection", (socket) => {
    answers.set(socket, undefined);
    socket.once("close", () => {
      answers.delete(socket);
      sending.delete(socket);
    });
  });
  server.on("request", (incoming, outgoing) => {
    const { socket } = incoming;
    answers.set(socket, outgoing);
    if (isSent(incoming)) sending.set(socket, { incoming, outgoing, start: socket.bytesRead, waited: 0 });
    else sending.delete(socket);
    if (closing) outgoing.once("close", () => socket.destroySoon());
  });
  // A connection on which nothing has moved: one that rests has been kept alive for long enough; on one that does not, either the
  // handler takes its time or the caller takes nothing.
  server.timeout = patience.sendTimeout ?? 30_000;
  server.on("timeout", (socket) => {
    if (isResting(socket) || socket.writableLength > 0) socket.destroy();
  });
  return () => {
    closing = true;
    for (const [socket, answer] of answers) {
      if (isResting(socket)) socket.destroySoon();
      else answer?.once("close", () => socket.destroySoon());
    }
  };
}

interface Body {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** How many bytes the connection had brought before. */
  readonly start: number;
  /** Milliseconds for which the server has waited for it. */
  waited: number;
}

function isSent({ headers }: IncomingMessage): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}

const leastRate = 1000;

/** The bodies that are under way. One clock looks after all: most have come before it ticks, and cost nothing. */
function watchBodies(server: Server, { bodyTimeout = 20_000 }: Patience): Map<Socket, Body> {
  const bodies = new Map<Socket, Body>();
  if (bodyTimeout === 0) return bodies;
  const interval = Math.min(1000, bodyTimeout / 4);
  const clock = setInterval(() => {
    for (const [socket, body] of bodies) {
      const { incoming, outgoing, start } = body;
      if (incoming.complete || socket.destroyed) {
        bodies.delete(socket);
        continue;
      }
      const answered = outgoing.writableEnded;
      // What nobody reads, or what has come and is not taken, waits for the server.
      if (!answered && (incoming.readableFlowing !== true || incoming.readableLength > 0)) continue;
      body.waited += interval;
      const more = answered ? 0 : ((socket.bytesRead - start) / leastRate) * 1000;
      if (body.waited <= bodyTimeout + more) continue;
      bodies.delete(socket);
      if (!outgoing.headersSent) outgoing.writeHead(408, { Connection: "close" }).end();
      // Node does not tell a request whose answer has gone that its connection has ended; somebody may be waiting for its body.
      socket.once("close", () => incoming.destroy());
      socket.destroySoon();
    }
  }, interval);
  clock.unref();
  server.once("close", () => clearInterval(clock));
  return bodies;
}
