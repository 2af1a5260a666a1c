/** A client for HTTP/1.1 over sockets of its own, which costs as little as it can: it counts answers and looks at their statuses. */
import { connect, type Socket } from "node:net";
import type { Call } from "./document.ts";

/** Sends a request over and over on several connections. Gives the statuses of all answers, by how often they came. */
export async function load(port: number, call: Call, count: number, connections = 32): Promise<ReadonlyMap<number, number>> {
  const statuses = new Map<number, number>();
  const request = textOf(call);
  let left = count;
  await Promise.all(
    Array.from({ length: Math.min(connections, count) }, () =>
      converse(
        port,
        request,
        (status) => {
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          return left-- > 0;
        },
        () => left-- > 0,
      ),
    ),
  );
  return statuses;
}

function textOf({ method, path, body }: Call): string {
  const entity = body === undefined ? "" : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n${entity}\r\n${body ?? ""}`;
}

function converse(port: number, request: string, more: (status: number) => boolean, first: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!first()) return resolve();
    const socket: Socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    let text = "";
    socket.on("connect", () => socket.write(request));
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`The server hung up after ${text}`)));
    // Latin-1, so that a character is a byte.
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      text += String(chunk);
      const end = endOf(text);
      if (end === -1) return;
      const status = Number(text.slice(9, 12));
      text = text.slice(end);
      if (more(status)) return void socket.write(request);
      socket.removeAllListeners("close");
      socket.end();
      resolve();
    });
  });
}

/** Where the first answer of a text ends; -1 when it has not ended. */
function endOf(text: string): number {
  const head = text.indexOf("\r\n\r\n");
  if (head === -1) return -1;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head + 2))?.[1];
  if (length !== undefined) return text.length >= head + 4 + Number(length) ? head + 4 + Number(length) : -1;
  if (!/\r\ntransfer-encoding: *chunked/i.test(text.slice(0, head + 2))) return head + 4;
  const last = text.indexOf("\r\n0\r\n\r\n", head);
  return last === -1 ? -1 : last + 7;
}
