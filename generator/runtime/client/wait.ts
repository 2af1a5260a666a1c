/** Waits, or ends early when the signal is aborted. Never rejects; the longest wait is 24 days, which is what timers keep. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(milliseconds, 2 ** 31 - 1));
    if (signal.aborted) end();
    signal.addEventListener("abort", end);
  });
}

/** Settles as the work does, or rejects with the signal's reason as soon as there is one, even if the work ignores the signal. */
export function raceSignal<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort);
    work
      .finally(() => signal.removeEventListener("abort", onAbort))
      .then(resolve, (error: unknown) => reject(signal.aborted ? signal.reason : error));
  });
}

/**
 * The milliseconds that a server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date (RFC 9110, §10.2.3).
 * `undefined` when it asks for nothing, for a time that is over, or for what is no time.
 */
export function retryAfter(headers: Headers): number | undefined {
  const text = headers.get("Retry-After") ?? "";
  return [
    Number(headers.get("retry-after-ms") || NaN),
    // `Date.parse` takes a bare number, and one with a sign, for a year.
    /[a-z]/i.test(text) ? Date.parse(text) - Date.now() : Number(text || NaN) * 1000,
  ].find((wait) => wait >= 0 && wait < Infinity);
}
