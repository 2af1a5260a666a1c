import { core, type Caller } from "./caller.js";
import { startDeadline, type Deadline } from "./deadline.js";
import { ApiError } from "./errors.js";
import { LongRunningError, LongRunningExpiredError } from "./long-running-errors.js";
import {
  followUpParts,
  nameOf,
  partsOf,
  valueAt,
  type FollowOptions,
  type LongRunningPlan,
} from "./long-running-plan.js";
import type { CallOptions, CallParts } from "./options.js";
import { retryAfter, sleep } from "./wait.js";

/**
 * Starts an operation and follows it to its end. `given` is its argument and its path parameters, `options` are FollowOptions,
 * CallOptions and members of the body. Throws a LongRunningError when it fails, a LongRunningExpiredError when nobody knows it
 * any more, an AbortError or a TimeoutError after it was told to cancel, and whatever else a call throws.
 */
export async function runToEnd<Result>(
  caller: Caller,
  plan: LongRunningPlan,
  given: Pick<CallParts, "path"> & { readonly argument: unknown },
  options: object = {},
): Promise<Result> {
  const run = startRun(caller, plan, given, options);
  try {
    const first = await begin(run);
    if (first.response.status !== 202) return first.data as Result; // What the types say of it is what the document says.
    if (plan.stale !== undefined && valueAt(first.data, plan.stale) !== undefined) run.onStale?.(first.data);
    return (await follow(run, first.data)) as Result; // See above.
  } finally {
    run.deadline.release();
  }
}

interface Run extends Pick<FollowOptions<unknown, unknown>, "pollInterval" | "onProgress" | "onStale"> {
  readonly caller: Caller;
  readonly plan: LongRunningPlan;
  readonly deadline: Deadline;
  readonly parts: CallParts;
  /** What is the same for all requests. */
  readonly options: CallOptions;
}

/** What is used of a call here, whose types do not matter. */
interface Sent {
  withResponse(): Promise<Answer>;
}

interface Answer {
  readonly data: unknown;
  readonly response: Response;
}

function startRun(
  caller: Caller,
  plan: LongRunningPlan,
  { path, argument }: Pick<CallParts, "path"> & { readonly argument: unknown },
  all: FollowOptions<unknown, unknown> & CallOptions,
): Run {
  const { signal, timeout, pollInterval, onProgress, onStale, ...rest } = all;
  const entries = Object.entries(rest);
  const members = entries.filter(([name, value]) => plan.members.includes(name) && value !== undefined);
  const options = Object.fromEntries(entries.filter(([name]) => !plan.members.includes(name)));
  const own = plan.argument === undefined ? argument : { [plan.argument]: argument };
  const body = { ...plan.start, ...Object.fromEntries(members), ...(own as object) }; // A JSON object, by the plan.
  const deadline = startDeadline(nameOf(plan.operation), signal, timeout);
  return {
    caller,
    plan,
    deadline,
    options,
    pollInterval,
    onProgress,
    onStale,
    parts: partsOf({ path, body }),
  };
}

/** How long a start that nobody waits for any more, and a cancellation, may take: in milliseconds. */
const patience = 10_000;

// An aborted start is still waited for in silence, where it can be cancelled: only its answer tells what is to be cancelled.
async function begin(run: Run): Promise<Answer> {
  const { caller, plan, deadline, parts, options } = run;
  deadline.signal.throwIfAborted();
  const controller = new AbortController();
  const call = caller[core]<Sent>(
    plan.operation,
    parts,
    { ...options, signal: controller.signal },
    ...(plan.wire ?? []),
  );
  const started = call.withResponse();
  try {
    return await deadline.race(started);
  } catch (error) {
    if (deadline.signal.aborted) {
      const timer = setTimeout(() => controller.abort(), plan.cancel === undefined ? 0 : patience);
      started
        .finally(() => clearTimeout(timer))
        .then(({ response, data }) => (response.status === 202 ? cancel(run, data) : undefined))
        .catch(() => undefined);
    }
    throw error;
  }
}

async function follow(run: Run, first: unknown): Promise<unknown> {
  const { plan, deadline, pollInterval, onProgress } = run;
  const parts = followUpParts(run, plan.status, first);
  try {
    let wait = 0;
    for (let pause = 250; ; pause = Math.min(pause * 1.5, 5000)) {
      await deadline.race(sleep(Math.max(pollInterval ?? pause, wait), deadline.signal));
      const answer = await ask(run, parts);
      if (answer.end !== undefined) return answer.end.result;
      const progress = plan.status.progress && valueAt(answer.data, plan.status.progress);
      if (progress !== undefined && progress !== null) onProgress?.(progress);
      wait = answer.wait;
    }
  } catch (error) {
    if (!deadline.signal.aborted) throw error;
    cancel(run, first);
    throw deadline.signal.reason;
  }
}

interface State {
  readonly data: unknown;
  /** Milliseconds that the server asks to wait. */
  readonly wait: number;
  readonly end?: { readonly result: unknown };
}

async function ask({ caller, plan, deadline, options }: Run, parts: CallParts): Promise<State> {
  const { operation, complete, error, result } = plan.status;
  try {
    const own = { ...options, signal: deadline.signal, idempotencyKey: undefined };
    const call = caller[core]<Sent>(operation, { ...parts, polls: true }, own, ...(plan.status.wire ?? []));
    const { data, response } = await call.withResponse();
    if (error !== undefined && valueAt(data, error) === true)
      throw failed(plan, { status: response.status, body: data });
    return {
      data,
      wait: 0,
      ...(valueAt(data, complete) === true ? { end: { result: valueAt(data, result) } } : {}),
    };
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    const { status, body } = cause;
    // A failure may be told by the status code of the answer too; its body is still the state.
    if (valueAt(body, error ?? complete) === true) throw failed(plan, { status, body }, { cause });
    if (status === 404 || status === 410) throw expired(plan, { status, body }, { cause });
    if (status !== 429 && status !== 503) throw cause;
    return { data: undefined, wait: retryAfter(cause.response.headers) ?? 0 };
  }
}

function failed(
  plan: LongRunningPlan,
  { status, body }: { status: number; body: unknown },
  options?: ErrorOptions,
): LongRunningError {
  const why = plan.status.errorMessage && valueAt(body, plan.status.errorMessage);
  const message = `${nameOf(plan.operation)} failed${typeof why === "string" && why !== "" ? `: ${why}` : "."}`;
  return new LongRunningError({ operation: plan.operation, status, body }, message, options);
}

function expired(
  plan: LongRunningPlan,
  { status, body }: { status: number; body: unknown },
  options: ErrorOptions,
): LongRunningExpiredError {
  const message = `${nameOf(plan.operation)} was started, and is not known any more: ${nameOf(plan.status.operation)} answered ${status}.`;
  return new LongRunningExpiredError({ operation: plan.operation, status, body }, message, options);
}

// Nobody waits for it: it is sent, and whatever comes of it is no news to the caller.
function cancel(run: Run, first: unknown): void {
  const { caller, plan, options } = run;
  if (plan.cancel === undefined) return;
  try {
    const parts = followUpParts(run, plan.cancel, first);
    const own = {
      ...options,
      timeout: patience,
      idempotencyKey: undefined,
    };
    const call = caller[core]<Sent>(plan.cancel.operation, parts, own, ...(plan.cancel.wire ?? []));
    call.withResponse().catch(() => undefined);
  } catch {
    // The answer did not say what to cancel.
  }
}
