import { AbortError, TimeoutError, type SentSoFar } from "./errors.js";

/** The end that a call must not outlive: its time, or its caller's patience. */
export interface Deadline {
  /** Aborted with a TimeoutError or an AbortError. */
  readonly signal: AbortSignal;
  /**
   * Settles as the work does, or rejects with the signal's reason as soon as there is one, even if the work ignores the signal. What is
   * raced is known until the deadline is: for what a stream does again and again there is `raceSignal`.
   */
  race<T>(work: Promise<T>): Promise<T>;
  /** The milliseconds that are left. */
  left(): number;
  /** Stops the clock; the caller's signal still counts. */
  stop(): void;
  /** Stops the clock and forgets the caller's signal. */
  release(): void;
}

/** The longest time that timers keep: above it they would ring at once. */
const longestTimeout = 2 ** 31 - 1;

/** Starts the clock. `timeout` is in milliseconds; `undefined` and `Infinity` are no limit. `name` is who the messages speak of; `sent` tells how far the call is. */
export function startDeadline(
  name: string,
  signal: AbortSignal | undefined,
  timeout: number = Infinity,
  sent?: () => SentSoFar,
): Deadline {
  const controller = new AbortController();
  const { signal: own } = controller;
  const end = performance.now() + timeout;
  // The first to hear of it, so that nothing else wins the race.
  const over = new Promise<never>((_, reject) => {
    own.addEventListener("abort", () => reject(own.reason));
  });
  over.catch(() => undefined);
  const onAbort = (): void =>
    controller.abort(new AbortError(`${name} was aborted.`, { cause: signal?.reason, ...sent?.() }));
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort);
  const timer =
    timeout <= longestTimeout
      ? setTimeout(
          () => controller.abort(new TimeoutError(`${name} took longer than ${timeout} ms.`, sent?.())),
          timeout,
        )
      : undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    signal: own,
    // Not Promise.race, whose types cost every program that compiles this twice as much as the call.
    race: (work) =>
      new Promise((resolve, reject) => {
        over.catch(reject);
        work.then(resolve, reject);
      }),
    left: () => end - performance.now(),
    stop,
    release() {
      stop();
      signal?.removeEventListener("abort", onAbort);
    },
  };
}
