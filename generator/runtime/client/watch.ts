import type { OutgoingCall } from "./attempts.js";
import type { Deadline } from "./deadline.js";
import { ApiError } from "./errors.js";
import {
  hooksOf,
  type CallContext,
  type Hooks,
  type RequestContext,
  type ResponseContext,
  type RetryContext,
} from "./hooks.js";
import { secretNames } from "./redact.js";
import type { PreparedRequest } from "./request.js";

/** What the attempts of a call tell as they go on, and what that changes. */
export interface Watching {
  /** Another attempt. */
  start(attempt: number): void;
  /** Sends in the place of the call, or answers itself. */
  send(request: PreparedRequest, limit: Deadline | undefined): Promise<Response>;
  /** The head of an answer; an answer that is given takes its place. */
  answered(response: Response): Promise<Response>;
  /** A wait, and another attempt after it. */
  again(delay: number, error: unknown): Promise<void>;
  /** The call fails. */
  readonly failed: (error: unknown) => void;
}

/** Watches a call. */
export type Watch = (call: OutgoingCall) => Watching;

/** Asks hooks, by default those of the client and of the call. What they are given is one object for each attempt. */
export function watch(
  call: OutgoingCall,
  hooks: readonly Hooks[] = hooksOf(call.config.hooks, call.options.hooks),
): Watching {
  const { config, deadline, operation, parts } = call;
  const { id: operationId, method, path } = operation;
  const begun = performance.now();
  let started = begun;
  let known: CallContext = { operationId, method, path, attempt: 0 };
  const took = (): number => performance.now() - started;
  return {
    start(attempt) {
      known = { operationId, method, path, attempt };
    },
    async send({ init, ...prepared }, limit) {
      const { signal, race } = limit ?? deadline;
      const secrets = secretNames(config.securitySchemes);
      const { headers, body } = init;
      const request: RequestContext = Object.assign(known, {
        url: prepared.url,
        headers,
        body: body ?? undefined,
        signal,
        secrets,
      });
      started = performance.now();
      for (const { onRequest } of hooks) {
        const answer = await race(Promise.resolve(onRequest?.(request)));
        if (answer !== undefined) return answer;
      }
      return call.send({ ...prepared, init, url: request.url }, limit);
    },
    async answered(response) {
      // It was sent, so all of it is known.
      const context = Object.assign(known, { response, duration: took() }) as ResponseContext;
      for (const { onResponse } of hooks) {
        const other = await deadline.race(Promise.resolve(onResponse?.(context)));
        if (other !== undefined) Object.assign(context, { response: other });
      }
      return context.response;
    },
    async again(delay, error) {
      const context = Object.assign(known, { delay }, error && { error, duration: took() }) as RetryContext;
      for (const { onRetry } of hooks) await deadline.race(Promise.resolve(onRetry?.(context)));
    },
    failed(error) {
      // What a poll is told by a status is a state, and no failure.
      if (parts.polls === true && error instanceof ApiError) return;
      const context = Object.assign(known, { error, duration: performance.now() - begun });
      for (const { onError } of hooks) onError?.(context);
    },
  };
}
