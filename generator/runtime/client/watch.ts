import { discard, type OutgoingCall } from "./attempts.js";
import { ApiError } from "./errors.js";
import {
  hooksOf,
  type CallContext,
  type HookAnswer,
  type Hooks,
  type RequestContext,
  type ResponseContext,
  type RetryContext,
} from "./hooks.js";
import { secretNames } from "./redact.js";

/** Watches a call: gives one to try in its place. */
export type Watch = (call: OutgoingCall) => OutgoingCall;

/** Asks hooks, by default those of the client and of the call. What they are given is one object for each attempt. */
export function watch(
  call: OutgoingCall,
  hooks: readonly Hooks[] = hooksOf(call.config.hooks, call.options.hooks),
): OutgoingCall {
  const { config, deadline, operation, parts } = call;
  const { id: operationId, method, path } = operation;
  const begun = performance.now();
  let started = begun;
  let known: CallContext = { operationId, method, path, attempt: 1 };
  const took = (): number => performance.now() - started;
  let thrown: unknown;
  const asked = async (ask: () => HookAnswer): Promise<Response | void> => {
    try {
      return await ask();
    } catch (error) {
      thrown = error;
      throw error;
    }
  };
  // Not with the limit of the attempt, which ends with the head of its answer.
  const told = async (response: Response): Promise<Response> => {
    // It was sent, so all of it is known.
    const context = Object.assign(known, { response, duration: took() }) as ResponseContext;
    try {
      for (const { onResponse } of hooks) {
        const other = await deadline.race(asked(() => onResponse?.(context)));
        if (other !== undefined) Object.assign(context, { response: other });
      }
    } catch (error) {
      discard(context.response);
      throw error;
    }
    return context.response;
  };
  return {
    ...call,
    async send(prepared, limit) {
      const { init, url } = prepared;
      const { headers, body } = init;
      const { signal, race } = limit ?? deadline;
      const secrets = secretNames(config.securitySchemes);
      const request: RequestContext = Object.assign(known, {
        url,
        headers,
        body: body ?? undefined,
        signal,
        secrets,
      });
      started = performance.now();
      let response: Response | void = undefined;
      for (const { onRequest } of hooks) response ??= await race(asked(() => onRequest?.(request)));
      response ??= await call.send({ ...prepared, url: request.url }, limit);
      limit?.stop();
      return told(response);
    },
    async again(delay, error) {
      // What a hook throws, the call throws, be it a ConnectionError.
      if (error !== undefined && error === thrown) throw error;
      const context = Object.assign(known, { delay }, error && { error, duration: took() }) as RetryContext;
      for (const { onRetry } of hooks) await deadline.race(Promise.resolve(onRetry?.(context)));
      known = { operationId, method, path, attempt: context.attempt + 1 };
    },
    failed(error) {
      // What a poll is told by a status is a state, and no failure.
      if (parts.polls === true && error instanceof ApiError) return;
      const context = Object.assign(known, { error, duration: performance.now() - begun });
      for (const { onError } of hooks) onError?.(context);
    },
  };
}
