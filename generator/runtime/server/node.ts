import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dispatchOf, type Router } from "./dispatch.js";
import { type Patience, timeoutsOf, watchConnections } from "./node/connections.js";
import { continueWhenRead } from "./node/continue.js";
import { exchange } from "./node/exchange.js";

/** A listener of `node:http`, which Express and Connect take as middleware too. */
export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** Where a server listens, and how patient it is. */
export interface ServeOptions extends Patience {
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
  const { maxHeaderSize } = options;
  const server = createServer(
    { ...(maxHeaderSize === undefined ? {} : { maxHeaderSize }), ...timeoutsOf(options) },
    toNodeHandler(router),
  );
  const hangUp = watchConnections(server, options);
  continueWhenRead(server);
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

/**
 * Makes a `node:http` listener of a router. Neither a Request nor a Response is made, unless something asks for the request. Bodies
 * stream both ways; the request's signal aborts when the client goes away.
 */
export function toNodeHandler(router: Router): NodeHandler {
  const dispatch = dispatchOf(router);
  const breakOff = (outgoing: ServerResponse): void => void outgoing.destroy();
  return (incoming, outgoing) => {
    try {
      const answered = exchange(dispatch, { incoming, outgoing });
      if (answered instanceof Promise) answered.catch(() => breakOff(outgoing));
    } catch {
      breakOff(outgoing);
    }
  };
}
