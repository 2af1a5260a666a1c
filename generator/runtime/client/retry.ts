import { discard, type OutgoingCall } from "./attempts.js";
import { startDeadline } from "./deadline.js";
import { ConnectionError } from "./errors.js";
import { keyHeader } from "./idempotency.js";
import type { PreparedRequest } from "./request.js";
import { retryAfter } from "./wait.js";

/**
 * Tries a request again where that is safe and may help: see `maxRetries` of CoreConfig. Each attempt is encoded and authenticated
 * anew, with one idempotency key for all of them.
 */
export async function withRetries(call: OutgoingCall): Promise<Response> {
  const { config, deadline, operation, options, parts, wire } = call;
  const { name = keyHeader, make } = wire.idempotency?.(operation) ?? {};
  let key = options.idempotencyKey;
  let left = options.maxRetries ?? config.maxRetries ?? 2;
  let backoff = 500;
  // With other credentials, once, in the place of those that were refused.
  let { renew } = wire;
  let renewed: PreparedRequest | undefined;
  for (;;) {
    let response: Response | undefined;
    let error: unknown;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const request = renewed ?? (await call.prepare());
      const { body, headers } = request.init;
      key ??= headers.get(name) ?? make?.();
      if (key !== undefined) headers.set(name, key);
      const limit = startDeadline(
        `An attempt of ${call.name}`,
        deadline.signal,
        options.attemptTimeout ?? config.attemptTimeout,
        call.sent,
      );
      try {
        response = await call.send(request, limit);
        limit.stop();
      } catch (cause) {
        limit.release();
        deadline.signal.throwIfAborted();
        if (!(cause instanceof ConnectionError) && !limit.signal.aborted) throw cause;
        error = cause;
      }
      renewed = response && (await renew?.(call, request, response));
      const safe = operation.method === "GET" || wire.isIdempotent?.(operation.method) || key !== undefined;
      // The word of who knows.
      const told = response?.headers.get("x-should-retry");
      let delay = Infinity;
      if (renewed) {
        renew = undefined;
        delay = 0;
      } else if (
        (response && told !== "true"
          ? told !== "false" && safe && /^(?:4(?:0[89]|29)|5)/.test(`${response.status}`)
          : safe || told) &&
        !(response && parts.polls) &&
        // A stream is gone once it is sent.
        !(body instanceof ReadableStream) &&
        // What is no number is no limit to rely on.
        left-- > 0
      ) {
        // Full jitter, so that those who failed together do not come back together.
        delay = Math.min((response && retryAfter(response.headers)) ?? Math.random() * backoff, 60_000);
        backoff = Math.min(backoff * 2, 8000);
      }
      if (delay < deadline.left()) {
        await call.again?.(delay, error);
        discard(response);
        await deadline.race(
          new Promise((resolve) => {
            timer = setTimeout(resolve, delay);
          }),
        );
      } else if (response) return response;
      else throw error;
    } catch (cause) {
      clearTimeout(timer);
      discard(response);
      throw cause;
    }
  }
}
