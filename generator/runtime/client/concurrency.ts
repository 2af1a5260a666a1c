import type { Fetch } from "./options.js";

/**
 * A `fetch` that lets at most `limit` requests be under way at once; others wait for their turn, in the order they came, and can be
 * aborted while they wait. A request is under way until the head of its answer: the body is not counted, nor the wait before
 * another attempt. Give the same one to several clients to limit them together. `fetch`: by default `globalThis.fetch`, looked up
 * at each request. Throws a RangeError when `limit` is no positive integer.
 */
export function limitConcurrency(limit: number, fetch?: Fetch): Fetch {
  if (!(Number.isInteger(limit) && limit > 0)) throw new RangeError(`No limit of requests: ${limit}.`);
  let running = 0;
  const waiting = new Set<() => void>();
  return async (url, init) => {
    if (running < limit) running += 1;
    else await turn(waiting, init.signal ?? undefined);
    try {
      return await (fetch ?? globalThis.fetch)(url, init);
    } finally {
      // The place goes to who waits longest.
      const [next] = waiting;
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

function turn(waiting: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      waiting.delete(next);
      signal?.removeEventListener("abort", abort);
    };
    const next = (): void => {
      leave();
      resolve();
    };
    const abort = (): void => {
      leave();
      reject(signal?.reason);
    };
    if (signal?.aborted === true) return reject(signal.reason);
    waiting.add(next);
    signal?.addEventListener("abort", abort);
  });
}
