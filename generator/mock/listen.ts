import type { Router } from "../runtime/server/dispatch.ts";
import { serve, type RunningServer } from "../runtime/server/node.ts";

/** Where a mock listens. */
export interface ListenOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
}

/** Why a mock cannot listen: a sentence for whoever started it. */
export class CannotListen extends Error {
  override readonly name = "CannotListen";
}

/** Puts a router on a port. Throws CannotListen when the port cannot be had. */
export async function listen(router: Router, { port, host }: ListenOptions): Promise<RunningServer> {
  try {
    return await serve(router, { port, hostname: host });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = reasons[code];
    if (reason === undefined) throw error;
    throw new CannotListen(reason(port, host));
  }
}

const reasons: { readonly [code: string]: ((port: number, host: string) => string) | undefined } = {
  EADDRINUSE: (port, host) =>
    `Port ${port} of ${host} is taken by another program. Choose another with --port, or --port 0 for any that is free.`,
  EACCES: (port) => `Port ${port} may not be listened on. Choose one above 1023 with --port.`,
  EADDRNOTAVAIL: (_, host) => `${host} is no address of this machine. Leave --host out to listen on 127.0.0.1.`,
  ENOTFOUND: (_, host) => `${host} is no address that is known. Leave --host out to listen on 127.0.0.1.`,
};

/** Whether only this machine can reach a host. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.(?:\d{1,3}\.){2}\d{1,3}$/.test(host);
}
