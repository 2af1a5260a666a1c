import { renew, type OutgoingCall, type Sent } from "./attempts.js";
import { startDeadline } from "./deadline.js";
import { ApiError, ConnectionError } from "./errors.js";
import {
  hooksOf,
  type CallContext,
  type Hooks,
  type RequestContext,
  type ResponseContext,
  type RetryContext,
} from "./hooks.js";
import { idempotencyKey, type IdempotencyKey } from "./idempotency.js";
import { secretNames } from "./redact.js";
import type { PreparedRequest } from "./request.js";
import { retryAfter, sleep } from "./wait.js";

/**
 * Tries a request again where that is safe and may help: see `maxRetries` of CoreConfig. Asks the hooks on the way. Each attempt is
 * encoded and authenticated anew, with one idempotency key for all of them.
 */
export async function withRetries(call: OutgoingCall): Promise<Sent> {
  const { config, operation, options } = call;
  const { id: operationId, method, path } = operation;
  const run: Run = {
    call,
    hooks: hooksOf(config.hooks, options.hooks),
    key: idempotencyKey(operation, options),
    retries: options.maxRetries ?? config.maxRetries ?? 2,
    attemptTimeout: options.attemptTimeout ?? config.attemptTimeout,
  };
  const start = performance.now();
  // With other credentials, once, in the place of those that were refused.
  let renewed: PreparedRequest | undefined;
  let renewals = 0;
  for (let attempt = 1; ; attempt++) {
    const known: Known = { operationId, method, path, attempt };
    const failed = (error: unknown): void => {
      // What a poll is told by a status is a state, and no failure.
      if (call.parts.polls === true && error instanceof ApiError) return;
      const context = Object.assign(known, { error, duration: performance.now() - start });
      for (const { onError } of run.hooks) onError?.(context);
    };
    try {
      const tried = await tryOnce(run, known, renewed ?? (await call.prepare()));
      const { response } = tried.context;
      renewed = renewals === 0 && response ? await renew(call, tried.request, response) : undefined;
      if (renewed !== undefined) renewals += 1;
      const delay = renewed === undefined ? delayAfter(run, tried, attempt - renewals) : 0;
      // It is endless where there is to be no other attempt.
      if (delay < call.deadline.left()) await pause(run, tried, delay);
      else if (tried.context.response === undefined) throw tried.context.error;
      else return { response: tried.context.response, attempts: attempt, failed };
    } catch (error) {
      discard(known.response);
      failed(error);
      throw error;
    }
  }
}

interface Run {
  readonly call: OutgoingCall;
  readonly hooks: readonly Hooks[];
  readonly key: IdempotencyKey;
  readonly retries: number;
  readonly attemptTimeout: number | undefined;
}

/** What the hooks of an attempt are given: one object, to which members are added as they get known. */
type Known = CallContext & { readonly response?: Response };

/** An attempt that is over, with an answer or an error. */
interface Tried {
  readonly context: Omit<RetryContext, "delay">;
  readonly request: PreparedRequest;
  /** Whether another attempt would do no harm. */
  readonly safe: boolean;
}

async function tryOnce(
  { call, hooks, key, attemptTimeout }: Run,
  known: Known,
  prepared: PreparedRequest,
): Promise<Tried> {
  const { deadline, config } = call;
  const { url, init } = prepared;
  const safe = key.addTo(init.headers);
  const limit =
    attemptTimeout === undefined
      ? undefined
      : startDeadline(`Attempt ${known.attempt} of ${call.name}`, deadline.signal, attemptTimeout, call.sent);
  const { signal, race } = limit ?? deadline;
  const secrets = secretNames(config.securitySchemes);
  const body = init.body ?? undefined;
  const request: RequestContext = Object.assign(known, { url, headers: init.headers, body, signal, secrets });
  const start = performance.now();
  const duration = (): number => performance.now() - start;
  let response: Response;
  try {
    const own = await firstAnswer(hooks, request, race);
    response = own ?? (await call.send({ ...prepared, url: request.url }, limit));
    limit?.stop();
  } catch (error) {
    limit?.release();
    deadline.signal.throwIfAborted();
    if (!(error instanceof ConnectionError) && !signal.aborted) throw error;
    return { context: Object.assign(request, { error, duration: duration() }), request: prepared, safe };
  }
  const context: ResponseContext = Object.assign(request, { response, duration: duration() });
  for (const { onResponse } of hooks) {
    const other = await deadline.race(Promise.resolve(onResponse?.(context)));
    if (other !== undefined) Object.assign(context, { response: other });
  }
  return { context, request: prepared, safe };
}

type Race = <T>(work: Promise<T>) => Promise<T>;

async function firstAnswer(
  hooks: readonly Hooks[],
  request: RequestContext,
  race: Race,
): Promise<Response | undefined> {
  for (const { onRequest } of hooks) {
    const answer = await race(Promise.resolve(onRequest?.(request)));
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Milliseconds until the next attempt, after some; `Infinity`: there is to be none. */
function delayAfter({ call, retries }: Run, { context, safe }: Tried, attempts: number): number {
  const { body, response } = context;
  const again = response === undefined ? safe : call.parts.polls !== true && wanted(response, safe);
  // A stream is gone once it is sent. What is no number is no limit to rely on.
  if (!again || !(attempts <= retries) || body instanceof ReadableStream) return Infinity;
  const asked = response && retryAfter(response.headers);
  // Full jitter, so that those who failed together do not come back together.
  return Math.min(asked ?? Math.random() * Math.min(500 * 2 ** (attempts - 1), 8000), 60_000);
}

// `x-should-retry` is the word of who knows.
function wanted({ status, headers }: Response, safe: boolean): boolean {
  const told = headers.get("x-should-retry");
  if (told === "true" || told === "false") return told === "true";
  return safe && (status === 408 || status === 409 || status === 429 || status >= 500);
}

async function pause({ call, hooks }: Run, { context }: Tried, delay: number): Promise<void> {
  const { deadline } = call;
  const told: RetryContext = Object.assign(context, { delay });
  for (const { onRetry } of hooks) await deadline.race(Promise.resolve(onRetry?.(told)));
  discard(context.response);
  await sleep(delay, deadline.signal);
  deadline.signal.throwIfAborted();
}

/** Frees the connection of an answer that nobody will read. */
function discard(response: Response | undefined): void {
  response?.body?.cancel().catch(() => undefined);
}
