import type { OutgoingCall } from "./attempts.js";
import type { Authentication } from "./auth.js";

/** What of a request is neither its URL nor common to all requests. */
export interface Rest {
  /** What `fetch` is told. */
  readonly init: Pick<RequestInit, "body">;
  /** Adds parameters, the type of the body, and cookies to the headers that are there. */
  addTo(headers: Headers, authentication: Authentication | undefined, address: string): void;
}

/** Encodes the body, header parameters and cookies of a call. Throws an EncodeError for what cannot be sent. */
export async function restOf(call: OutgoingCall): Promise<Rest> {
  const { operation, parts, wire } = call;
  const body = wire.body?.(operation, parts);
  if (body !== undefined) await wire.judge?.request(call, body);
  return {
    init: body === undefined ? {} : { body: body.body },
    addTo(headers, authentication, address) {
      for (const [name, value] of wire.headers?.(operation, parts.header) ?? []) headers.set(name, value);
      if (body?.contentType !== undefined) headers.set("Content-Type", body.contentType);
      const cookies = wire.cookies?.(operation, parts.cookie);
      wire.sendCookies?.(headers, [cookies], authentication?.cookies ?? [], address);
    },
  };
}
