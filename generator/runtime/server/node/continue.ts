import type { IncomingMessage, Server, ServerResponse } from "node:http";

const waiting = new WeakMap<IncomingMessage, ServerResponse>();

/**
 * Lets a caller that expects it wait for the word to send its body (RFC 9110, §10.1.1) until somebody reads the body. Who is refused
 * before has sent nothing in vain; Node ends the connection then, since nobody knows whether a body follows.
 */
export function continueWhenRead(server: Server): void {
  server.on("checkContinue", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    waiting.set(incoming, outgoing);
    server.emit("request", incoming, outgoing);
  });
}

/** Says the word, if the caller waits for it. */
export function proceed(incoming: IncomingMessage): void {
  if (incoming.headers.expect === undefined) return;
  const outgoing = waiting.get(incoming);
  if (outgoing === undefined || outgoing.headersSent) return;
  waiting.delete(incoming);
  outgoing.writeContinue();
}
