import type { ServerResponse } from "node:http";
import { json, serve, type Loopback, type Received } from "../runtime/client/server.ts";

/** What a server does with a request. */
export type Behaviour = (response: ServerResponse, request: Received) => void;

/** A server on loopback that answers its first request by the first behaviour, the second by the second, and all others by the last. */
export function misbehave(...behaviours: readonly [Behaviour, ...Behaviour[]]): Promise<Loopback> {
  let count = 0;
  return serve((response, request) => {
    const behaviour = behaviours[Math.min(count, behaviours.length - 1)] ?? behaviours[0];
    count += 1;
    behaviour(response, request);
  });
}

/** Closes the connection without a word. */
export const dropBeforeHead: Behaviour = (response) => {
  response.socket?.destroy();
};

/** Promises more than it sends, and closes the connection. */
export const dropMidBody: Behaviour = (response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
  response.write('{"name":"c', () => response.socket?.destroy());
};

/** 429, and when to come back. */
export function tooMany(headers: { readonly [name: string]: string } = {}): Behaviour {
  return json(429, {}, headers);
}

/** One server-sent event, and half of another. */
export const halfEvent: Behaviour = (response) => {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.write('data: {"n":1}\n\ndata: {"n":', () => response.socket?.destroy());
};

/** An HTML page, as a proxy has for all that it does not know. */
export const wrongContentType: Behaviour = (response) => {
  response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Welcome</h1>");
};

/** A success that says it has JSON, and has nothing. */
export const emptySuccess: Behaviour = (response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "0" }).end();
};

/** JSON that stops in the middle, of the length that was promised. */
export const truncatedJson: Behaviour = (response) => {
  response.writeHead(200, { "Content-Type": "application/json" }).end('{"name":"cu');
};

/** As many bytes as asked for, as fast as they are read; `onClose` is told how many were handed over. */
export function huge(bytes: number, { status = 200, onClose = (_: number): void => {} } = {}): Behaviour {
  const chunk = Buffer.alloc(1 << 20);
  return (response) => {
    let sent = 0;
    response.writeHead(status, { "Content-Type": "application/octet-stream" });
    response.on("close", () => onClose(sent));
    const more = (): void => {
      while (sent < bytes && !response.destroyed) {
        sent += chunk.length;
        if (!response.write(chunk)) return void response.once("drain", more);
      }
      response.end();
    };
    more();
  };
}

/** Sends everyone back to where they came from. */
export const redirectLoop: Behaviour = (response, { url }) => {
  response.writeHead(307, { Location: url }).end();
};

/** Never answers. */
export const silent: Behaviour = () => {};

/** A head that comes line by line, and has no end. */
export const slowHead: Behaviour = headOf(Infinity);

/** A head of so many lines, one every few milliseconds, and then a body of JSON. */
export function headOf(lines: number): Behaviour {
  return ({ socket }) => {
    let sent = 0;
    socket?.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n");
    const timer = setInterval(() => {
      sent += 1;
      if (sent <= lines) return void socket?.write(`X-Line-${sent}: and another\r\n`);
      clearInterval(timer);
      socket?.write('\r\n{"name":"cup"}');
    }, 20);
    socket?.once("close", () => clearInterval(timer));
  };
}

/** A head at once, some of the body, and then nothing. */
export const slowBody: Behaviour = (response) => {
  response.writeHead(200, { "Content-Type": "application/json" });
  response.write('{"name":');
};
