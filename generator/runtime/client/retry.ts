import type { OutgoingCall, Sent } from "./attempts.js";
import { startDeadline } from "./deadline.js";
import { ConnectionError } from "./errors.js";
import { isIdempotent, keyHeader } from "./idempotency.js";
import type { PreparedRequest } from "./request.js";
import { retryAfter } from "./wait.js";

/**
 * Tries a request again where that is safe and may help: see `maxRetries` of CoreConfig. Asks the hooks on the way. Each attempt is
 * encoded and authenticated anew, with one idempotency key for all of them.
 */
export async function withRetries(call: OutgoingCall): Promise<Sent> {
  const { config, deadline, name, operation, options, parts, wire } = call;
  const retries = options.maxRetries ?? config.maxRetries ?? 2;
  const attemptTimeout = options.attemptTimeout ?? config.attemptTimeout;
  const declared = wire.idempotency?.(operation);
  const header = declared?.name ?? keyHeader;
  const watching = wire.watch?.(call);
  let key = options.idempotencyKey;
  // With other credentials, once, in the place of those that were refused.
  let renewed: PreparedRequest | undefined;
  let renewals = 0;
  for (let attempt = 1; ; attempt++) {
    let response: Response | undefined;
    let error: unknown;
    watching?.start(attempt);
    try {
      const request = renewed ?? (await call.prepare());
      const { headers } = request.init;
      key ??= headers.get(header) ?? declared?.make?.();
      if (key !== undefined) headers.set(header, key);
      const limit = startDeadline(
        `Attempt ${attempt} of ${name}`,
        deadline.signal,
        attemptTimeout,
        call.sent,
      );
      try {
        response = await (watching ?? call).send(request, limit);
        limit.stop();
      } catch (cause) {
        limit.release();
        deadline.signal.throwIfAborted();
        if (!(cause instanceof ConnectionError) && !limit.signal.aborted) throw cause;
        error = cause;
      }
      if (response !== undefined) response = (await watching?.answered(response)) ?? response;
      renewed = renewals === 0 && response ? await wire.renew?.(call, request, response) : undefined;
      if (renewed !== undefined) renewals += 1;
      const again =
        wanted(response, parts.polls, isIdempotent(operation.method) || key !== undefined) &&
        // What is no number is no limit to rely on. A stream is gone once it is sent.
        attempt - renewals <= retries &&
        !(request.init.body instanceof ReadableStream);
      // Full jitter, so that those who failed together do not come back together.
      const backoff = Math.random() * Math.min(500 * 2 ** (attempt - renewals - 1), 8000);
      const asked = response && retryAfter(response.headers);
      const delay = renewed ? 0 : again ? Math.min(asked ?? backoff, 60_000) : Infinity;
      if (delay < deadline.left()) {
        await watching?.again(delay, error);
        discard(response);
        await pause(call, delay);
      } else if (response === undefined) throw error;
      else return { response, attempts: attempt, failed: watching?.failed };
    } catch (cause) {
      discard(response);
      watching?.failed(cause);
      throw cause;
    }
  }
}

// `x-should-retry` is the word of who knows.
function wanted(response: Response | undefined, polls: true | undefined, safe: boolean): boolean {
  if (response === undefined) return safe;
  const told = response.headers.get("x-should-retry");
  return (
    !polls &&
    (told === "true" || (told !== "false" && safe && /^(?:4(?:08|09|29)|5..)$/.test(String(response.status))))
  );
}

async function pause({ deadline }: OutgoingCall, delay: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await deadline.race(
      new Promise((resolve) => {
        timer = setTimeout(resolve, delay);
      }),
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Frees the connection of an answer that nobody will read. */
function discard(response: Response | undefined): void {
  response?.body?.cancel().catch(() => undefined);
}
