import type { Fetch } from "../client/options.js";

/** What is about to be sent, as it stands before it is signed. */
export interface Unsigned {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
}

/**
 * Signs what is sent: takes the bytes of the body, none where there is no body, and gives the headers to add, such as `webhook-id`,
 * `webhook-timestamp` and `webhook-signature` of Standard Webhooks. Called anew for each attempt.
 */
export type Sign = (body: Uint8Array, request: Unsigned) => HeadersInit | Promise<HeadersInit>;

/** A `fetch` that signs. Bodies are held in memory, since a signature is over all of it. Rejects with what `sign` throws. */
export function signing(sign: Sign, fetch: Fetch | undefined): Fetch {
  return async (url, init) => {
    // A request knows the bytes and the boundary that a form would only get on its way.
    const request = new Request(url, init.body instanceof ReadableStream ? halfDuplex(init) : init);
    const { method, headers } = request;
    const body = new Uint8Array(await request.arrayBuffer());
    new Headers(await sign(body, { url, method, headers })).forEach((value, name) =>
      headers.set(name, value),
    );
    const whole = init.body === undefined || init.body === null ? {} : { body };
    return (fetch ?? globalThis.fetch)(url, { ...init, ...whole, headers });
  };
}

function halfDuplex(init: RequestInit): RequestInit {
  return Object.assign({ duplex: "half" }, init);
}
